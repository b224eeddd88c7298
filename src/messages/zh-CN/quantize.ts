import type { quantize as english } from '../en/quantize';
import type { Translation } from '../translation';

export const quantize: Translation<typeof english> = {
};
