import type { crossCheck as english } from '../en/cross-check';
import type { Translation } from '../translation';

export const crossCheck: Translation<typeof english> = {
};
