import type { openedModel as english } from '../en/opened-model';
import type { Translation } from '../translation';

export const openedModel: Translation<typeof english> = {
};
