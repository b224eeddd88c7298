import type { graph as english } from '../en/graph';
import type { Translation } from '../translation';

export const graph: Translation<typeof english> = {
};
