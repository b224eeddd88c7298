import type { api as english } from '../en/api';
import type { Translation } from '../translation';

export const api: Translation<typeof english> = {
};
