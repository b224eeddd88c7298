import type { wording as english } from '../en/wording';
import type { Translation } from '../translation';

export const wording: Translation<typeof english> = {
};
