import type { studies as english } from '../en/studies';
import type { Translation } from '../translation';

export const studies: Translation<typeof english> = {
};
