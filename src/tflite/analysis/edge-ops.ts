import { isConstant, type Model, type SubGraph } from '../format/model';

/** What changes the form or the type of values, and not what they mean. */
const passing: ReadonlySet<string> = new Set(['QUANTIZE', 'DEQUANTIZE', 'CAST', 'RESHAPE', 'SQUEEZE', 'EXPAND_DIMS']);
/** Longer ways than these lead through the model. */
const mostSteps = 4;

/** Whether an output is what SOFTMAX makes, up to its form and type. */
export function areProbabilities({ operators }: SubGraph, output: number): boolean {
  let at = output;
  for (let step = 0; step < mostSteps; step += 1) {
    const maker = operators.find(({ outputs }) => outputs.includes(at));
    if (maker === undefined || maker.code.custom) return false;
    if (maker.code.name === 'SOFTMAX') return true;
    if (!passing.has(maker.code.name)) return false;
    at = maker.inputs[0] ?? -1;
  }
  return false;
}

/**
 * How many rows a constant table has whose rows an input's whole numbers choose (GATHER, EMBEDDING_LOOKUP): the ids of words or
 * of categories. Null for any other input.
 */
export function tableRows(model: Model, { operators, tensors }: SubGraph, input: number): number | null {
  let at = input;
  for (let step = 0; step < mostSteps; step += 1) {
    const readers = operators.filter(({ inputs, code }) => inputs.includes(at) && code.name !== 'SHAPE');
    for (const { code, inputs } of readers) {
      const [first, second] = inputs;
      const [ids, table] = code.name === 'GATHER' ? [second, first] : code.name === 'EMBEDDING_LOOKUP' ? [first, second] : [];
      const tensor = ids === at ? tensors[table ?? -1] : undefined;
      const [rows = 0, ...values] = tensor?.shape ?? [];
      if (tensor !== undefined && values.length === 1 && isStored(model, operators, tensors, tensor.index)) return rows;
    }
    const next = readers.find(({ code }) => !code.custom && passing.has(code.name))?.outputs[0];
    if (next === undefined) return null;
    at = next;
  }
  return null;
}

/** Whether values are the file's own, also where an op unfolds them first. */
function isStored(model: Model, operators: SubGraph['operators'], tensors: SubGraph['tensors'], index: number): boolean {
  const tensor = tensors[index];
  if (tensor !== undefined && isConstant(model, tensor)) return true;
  const unfolding = operators.find(({ code, outputs }) => code.name === 'DEQUANTIZE' && outputs.includes(index));
  const source = tensors[unfolding?.inputs[0] ?? -1];
  return source !== undefined && isConstant(model, source);
}
