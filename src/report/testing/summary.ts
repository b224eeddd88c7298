import type { ModelSummary } from '../../tflite/analysis/summary';

/** A model of nothing, for what a test puts on it. */
export const emptySummary: ModelSummary = { description: '', schemaVersion: 3, subgraphs: 1, tensors: 0, opCount: 0, ops: [], signatures: [], weights: [], metadata: null };
