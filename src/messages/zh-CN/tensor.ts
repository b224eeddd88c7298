import type { tensor as english } from '../en/tensor';
import type { Translation } from '../translation';

export const tensor: Translation<typeof english> = {
};
