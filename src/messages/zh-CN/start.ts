import type { start as english } from '../en/start';
import type { Translation } from '../translation';

export const start: Translation<typeof english> = {
};
