import type { ModelSummary, SignatureTensor } from '../../tflite/analysis/summary';
import type { ModelMetadata } from '../../tflite/metadata/model-metadata';
import type { RecognitionSubject } from '../types';

type Described = readonly [name: string, shape: readonly number[], dtype?: SignatureTensor['dtype'], quantization?: SignatureTensor['quantization']];

/** A model as its file would describe it, for tests. */
export function subjectOf(inputs: readonly Described[], outputs: readonly Described[], more: { readonly ops?: readonly string[]; readonly metadata?: Partial<ModelMetadata>; readonly description?: string; readonly fileName?: string } = {}): RecognitionSubject {
  const tensors = (list: readonly Described[]): SignatureTensor[] => list.map(([name, shape, dtype = 'float32', quantization], tensorIndex) => ({ name, tensorName: name, tensorIndex, dtype, shape, quantization }));
  const subject = subjectWith(tensors(inputs), tensors(outputs), {
    description: more.description ?? '',
    ops: (more.ops ?? ['CONV_2D']).map((name) => ({ name, custom: false, count: 1, version: 1, firstPlace: '' })),
    metadata: more.metadata === undefined ? null : { name: '', description: '', version: '', author: '', license: '', inputs: [], outputs: [], ...more.metadata },
  });
  return { ...subject, fileName: more.fileName };
}

/** A tensor at a model's edge. */
export function edge(name: string, shape: readonly number[], more: Partial<SignatureTensor> = {}): SignatureTensor {
  return { name, tensorName: name, tensorIndex: 0, dtype: 'float32', shape, ...more };
}

/** A model with these edges, of which nothing else is known but what is given. */
export function subjectWith(inputs: readonly SignatureTensor[], outputs: readonly SignatureTensor[], more: Partial<ModelSummary> = {}): RecognitionSubject {
  const summary: ModelSummary = {
    description: '', schemaVersion: 3, subgraphs: 1, tensors: inputs.length + outputs.length, opCount: 1, ops: [], weights: [], metadata: null,
    signatures: [{ key: '', subgraph: 0, inputs, outputs }],
    ...more,
  };
  return { summary, inputs, outputs };
}
