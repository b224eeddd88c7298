import type { threadsView as english } from '../en/threads-view';
import type { Translation } from '../translation';

export const threadsView: Translation<typeof english> = {
};
