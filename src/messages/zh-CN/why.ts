import type { why as english } from '../en/why';
import type { Translation } from '../translation';

export const why: Translation<typeof english> = {
};
