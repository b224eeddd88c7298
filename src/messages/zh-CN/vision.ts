import type { vision as english } from '../en/vision';
import type { Translation } from '../translation';

export const vision: Translation<typeof english> = {
};
