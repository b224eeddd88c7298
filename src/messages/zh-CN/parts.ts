import type { parts as english } from '../en/parts';
import type { Translation } from '../translation';

export const parts: Translation<typeof english> = {
};
