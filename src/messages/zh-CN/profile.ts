import type { profile as english } from '../en/profile';
import type { Translation } from '../translation';

export const profile: Translation<typeof english> = {
};
