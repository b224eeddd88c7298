import type { ModelSummary } from '../../tflite/analysis/summary';

/** A model's summary with nothing in it but what a test is about. */
export function summaryOf(changes: Partial<ModelSummary> = {}): ModelSummary {
  return { description: '', schemaVersion: 3, subgraphs: 1, tensors: 0, opCount: 0, ops: [], signatures: [{ key: '', subgraph: 0, inputs: [], outputs: [] }], weights: [], metadata: null, ...changes };
}
