import type { comparing as english } from '../en/comparing';
import type { Translation } from '../translation';

export const comparing: Translation<typeof english> = {
};
