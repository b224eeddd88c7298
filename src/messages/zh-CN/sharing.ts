import type { sharing as english } from '../en/sharing';
import type { Translation } from '../translation';

export const sharing: Translation<typeof english> = {
};
