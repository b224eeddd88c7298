import type { result as english } from '../en/result';
import type { Translation } from '../translation';

export const result: Translation<typeof english> = {
};
