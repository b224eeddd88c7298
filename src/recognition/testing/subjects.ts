import type { ModelSummary, SignatureTensor } from '../../tflite/analysis/summary';
import type { RecognitionSubject } from '../types';

/** A tensor at a model's edge. */
export function edge(name: string, shape: readonly number[], more: Partial<SignatureTensor> = {}): SignatureTensor {
  return { name, tensorName: name, tensorIndex: 0, dtype: 'float32', shape, ...more };
}

/** A model with these edges, of which nothing else is known but what is given. */
export function subjectOf(inputs: readonly SignatureTensor[], outputs: readonly SignatureTensor[], more: Partial<ModelSummary> = {}): RecognitionSubject {
  const summary: ModelSummary = {
    description: '', schemaVersion: 3, subgraphs: 1, tensors: inputs.length + outputs.length, opCount: 1, ops: [], weights: [], metadata: null,
    signatures: [{ key: '', subgraph: 0, inputs, outputs }],
    ...more,
  };
  return { summary, inputs, outputs };
}
