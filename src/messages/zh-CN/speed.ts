import type { speed as english } from '../en/speed';
import type { Translation } from '../translation';

export const speed: Translation<typeof english> = {
};
