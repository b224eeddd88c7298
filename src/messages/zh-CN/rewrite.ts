import type { rewrite as english } from '../en/rewrite';
import type { Translation } from '../translation';

export const rewrite: Translation<typeof english> = {
};
