import type { graphView as english } from '../en/graph-view';
import type { Translation } from '../translation';

export const graphView: Translation<typeof english> = {
};
