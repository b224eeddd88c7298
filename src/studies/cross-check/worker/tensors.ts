import { isValueDType, type DType } from '../../../tensor/dtype';
import { bytesPerElement } from '../../../tensor/values';
import { isConstant, type Model } from '../../../tflite/format/model';
import type { CheckedTensor, TensorPlan } from '../shared/protocol';

/** What a session may hold beside the model: every tensor that is looked at keeps memory of its own. */
const partBytes = 48 * 2 ** 20;
/** What all runtimes give out. */
const exposable: ReadonlySet<DType> = new Set<DType>(['float32', 'float16', 'int8', 'uint8', 'int16', 'int32', 'int64', 'bool']);

/**
 * The tensors to look at in a model's first subgraph. What is computed from constants alone is left out: runtimes fold
 * it, and to ask for it would change what they run.
 * @param wholeBytes for tests: how many bytes go into one part
 */
export function tensorsToCheck(model: Model, wholeBytes = partBytes): TensorPlan {
  const [graph] = model.subgraphs;
  const parts: { tensors: CheckedTensor[]; read: Set<number> }[] = [];
  const planned = new Set<number>();
  if (graph === undefined) return { parts: [], left: {}, elsewhere: 0 };
  const fixed = new Set(graph.tensors.filter((tensor) => isConstant(model, tensor)).map(({ index }) => index));
  const left: Record<string, number> = {};
  let room = 0;
  for (const { index: op, code, inputs, outputs } of graph.operators) {
    const given = inputs.filter((input) => input >= 0);
    if (given.length > 0 && given.every((input) => fixed.has(input))) {
      for (const output of outputs) fixed.add(output);
      continue;
    }
    for (const output of outputs) {
      const tensor = graph.tensors[output];
      if (tensor === undefined || tensor.isVariable || !isValueDType(tensor.dtype) || !exposable.has(tensor.dtype)) {
        const why = tensor === undefined || tensor.isVariable ? 'state' : tensor.dtype;
        left[why] = (left[why] ?? 0) + 1;
        continue;
      }
      const bytes = tensor.shape.reduce((product, size) => product * Math.max(1, size), bytesPerElement(tensor.dtype));
      if (bytes > room || parts.length === 0) {
        parts.push({ tensors: [], read: new Set() });
        room = wholeBytes;
      }
      room -= bytes;
      const part = parts.at(-1);
      part?.tensors.push({ tensor: output, name: tensor.name, op, kind: code.name });
      for (const input of given) if (planned.has(input)) part?.read.add(input);
      planned.add(output);
    }
  }
  return { parts: parts.map(({ tensors, read }) => ({ tensors, read: without(read, tensors) })), left, elsewhere: model.subgraphs.slice(1).reduce((sum, { operators }) => sum + operators.length, 0) };
}

/** What a part computes itself is no input from before. */
function without(read: ReadonlySet<number>, own: readonly CheckedTensor[]): readonly number[] {
  const computed = new Set(own.map(({ tensor }) => tensor));
  return [...read].filter((tensor) => !computed.has(tensor));
}
