import type { inspect as english } from '../en/inspect';
import type { Translation } from '../translation';

export const inspect: Translation<typeof english> = {
};
