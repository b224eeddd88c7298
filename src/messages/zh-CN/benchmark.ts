import type { benchmark as english } from '../en/benchmark';
import type { Translation } from '../translation';

export const benchmark: Translation<typeof english> = {
};
