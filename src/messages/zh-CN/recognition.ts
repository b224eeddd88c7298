import type { recognition as english } from '../en/recognition';
import type { Translation } from '../translation';

export const recognition: Translation<typeof english> = {
  families: {},
};
