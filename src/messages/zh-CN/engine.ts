import type { engine as english } from '../en/engine';
import type { Translation } from '../translation';

export const engine: Translation<typeof english> = {
};
