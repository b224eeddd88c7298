import type { threads as english } from '../en/threads';
import type { Translation } from '../translation';

export const threads: Translation<typeof english> = {
};
