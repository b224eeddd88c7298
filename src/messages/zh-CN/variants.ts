import type { variants as english } from '../en/variants';
import type { Translation } from '../translation';

export const variants: Translation<typeof english> = {
};
