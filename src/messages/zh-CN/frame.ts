import type { frame as english } from '../en/frame';
import type { Translation } from '../translation';

export const frame: Translation<typeof english> = {
};
