/** Models with a fault that a test knows the place of. */
import { replaceBuffer } from '../../src/tflite/format/edit';
import { openModel } from '../../src/tflite/format/verify/verify';
import { writeModel } from '../../src/tflite/format/write/writer';

/** A copy in which the first weight of an op is another one, and what it was planted in. */
export function planted(bytes: Uint8Array, op: number, changed: Uint8Array): { file: Uint8Array<ArrayBuffer>; kind: string; tensor: number } {
  const model = openModel(bytes);
  const graph = model.subgraphs[0];
  const { code, inputs, outputs } = graph?.operators[op] ?? { code: { name: '' }, inputs: [], outputs: [] };
  const weights = inputs[1] ?? -1;
  // Float16 weights go through an op that unfolds them.
  const unfold = graph?.operators.find((operator) => operator.outputs.includes(weights));
  const buffer = graph?.tensors[unfold?.inputs[0] ?? weights]?.buffer ?? -1;
  const data = (model.buffers[buffer]?.data ?? new Uint8Array()).slice();
  data.set(changed);
  return { file: writeModel(replaceBuffer(model, buffer, data)), kind: code.name, tensor: outputs[0] ?? -1 };
}
