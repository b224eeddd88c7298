import { summaryOf } from '../../engine/testing/summary';
import type { SignatureTensor } from '../../tflite/analysis/summary';
import type { OpenModel } from '../types';

/** An open model of one signature with these inputs, by name. */
export function openModelOf(id: string, inputs: Readonly<Record<string, Pick<SignatureTensor, 'dtype' | 'shape' | 'tableRows'>>> = {}): OpenModel {
  const tensors = Object.entries(inputs).map(([name, form], tensorIndex): SignatureTensor => ({ name, tensorName: name, tensorIndex, ...form }));
  return {
    id, name: `model ${id}`, bytes: 0, sha256: id.padEnd(64, '0'), blob: new Blob([]), entry: null,
    summary: summaryOf({ signatures: [{ key: '', subgraph: 0, inputs: tensors, outputs: [] }] }),
  };
}
