import type { gallery as english } from '../en/gallery';
import type { Translation } from '../translation';

export const gallery: Translation<typeof english> = {
};
