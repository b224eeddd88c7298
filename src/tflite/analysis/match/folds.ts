import type { DType } from '../../../tensor/dtype';
import { type Model, type Operator, type SubGraph, isConstant } from '../../format/model';

/**
 * How an op that is only a matter of precision or of fusion belongs to the op that it is folded into: it unfolds that
 * op's constants, converts what the op reads or writes, clamps what it writes, or pads what it reads.
 */
export type FoldRole = 'weights' | 'before' | 'after' | 'activation' | 'padding';

export interface Fold {
  /** Index of the op that it is folded into. */
  readonly into: number;
  readonly role: FoldRole;
}

const converting: ReadonlySet<string> = new Set(['QUANTIZE', 'DEQUANTIZE', 'DENSIFY', 'FAKE_QUANT']);
const floats: ReadonlySet<DType> = new Set<DType>(['float16', 'bfloat16', 'float32', 'float64']);
/** What the setting `fused_activation_function` can stand for. */
const fusable: ReadonlySet<string> = new Set(['RELU', 'RELU6', 'RELU_N1_TO_1', 'TANH', 'SIGN_BIT']);
const padded: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);

/** Whether an op gives the values that it takes, in another type or at another precision. */
function isConversion({ tensors }: SubGraph, { code, inputs: [input], outputs }: Operator): boolean {
  if (code.custom || input === undefined || outputs.length !== 1) return false;
  const [from, to] = [tensors[input]?.dtype, tensors[outputs[0] ?? -1]?.dtype];
  return converting.has(code.name) || (code.name === 'CAST' && from !== undefined && to !== undefined && floats.has(from) && floats.has(to));
}

/**
 * The conversions of a subgraph, by index of op, each with the op that it belongs to: one of a constant to its reader,
 * one to floats (DEQUANTIZE) to the reader that computes in them, one from floats (QUANTIZE) to the op that computed
 * them; at the subgraph's edge to the only neighbour. One without a neighbour belongs to none. Linear in time.
 */
export function conversionsOf(model: Model, subgraph: SubGraph): Map<number, Fold> {
  const { operators, tensors } = subgraph;
  const conversions = operators.filter((operator) => isConversion(subgraph, operator));
  const converts = new Set(conversions);
  const constants = new Set(tensors.filter((tensor) => isConstant(model, tensor)).map(({ index }) => index));
  // The nearest op that is no conversion, before and behind each tensor.
  const writers = new Map<number, number>();
  const readers = new Map<number, number>();
  for (const operator of operators) {
    const { inputs: [input = -1], outputs: [output = -1] } = operator;
    if (!converts.has(operator)) {
      for (const each of operator.outputs) writers.set(each, operator.index);
    } else if (constants.has(input)) {
      constants.add(output);
    } else {
      const writer = writers.get(input);
      if (writer !== undefined) writers.set(output, writer);
    }
  }
  for (const operator of [...operators].reverse()) {
    const { inputs, outputs: [output = -1] } = operator;
    const reader = converts.has(operator) ? readers.get(output) : operator.index;
    if (reader !== undefined) for (const each of inputs) readers.set(each, reader);
  }
  return new Map(conversions.flatMap(({ index, code, inputs: [input = -1], outputs: [output = -1] }): [number, Fold][] => {
    const [writer, reader] = [writers.get(input), readers.get(output)];
    if (constants.has(input)) return reader === undefined ? [] : [[index, { into: reader, role: 'weights' }]];
    const fromFloats = code.name === 'QUANTIZE' || code.name === 'FAKE_QUANT';
    if (reader !== undefined && (!fromFloats || writer === undefined)) return [[index, { into: reader, role: 'before' }]];
    return writer === undefined ? [] : [[index, { into: writer, role: 'after' }]];
  }));
}

/**
 * Ops that another model may have as a setting of the op that they belong to: an activation that alone reads what an op
 * without one writes, and a PAD of height and width that a convolution without padding alone reads. By index of op.
 * @param conversions as `conversionsOf` gives them; they may stand between
 */
export function fusionsOf({ operators, tensors, inputs: starts, outputs: ends }: SubGraph, conversions: ReadonlyMap<number, Fold>): Map<number, Fold> {
  const writers = new Map<number, Operator>();
  const readers = new Map<number, Operator[]>();
  for (const operator of operators) {
    for (const output of operator.outputs) writers.set(output, operator);
    for (const input of new Set(operator.inputs)) {
      const list = readers.get(input);
      if (list === undefined) readers.set(input, [operator]);
      else list.push(operator);
    }
  }
  const edges = new Set([...starts, ...ends]);
  const isPrivate = (tensor: number): boolean => !edges.has(tensor) && readers.get(tensor)?.length === 1;

  /** The op that wrote a tensor for one reader alone, past conversions. */
  function writerOf(tensor: number): Operator | null {
    for (let at = tensor, steps = 0; steps <= operators.length && isPrivate(at); steps += 1) {
      const writer = writers.get(at);
      if (writer === undefined) return null;
      if (!conversions.has(writer.index)) return writer.outputs.length === 1 ? writer : null;
      at = writer.inputs[0] ?? -1;
    }
    return null;
  }

  return new Map(operators.flatMap((operator): [number, Fold][] => {
    const { index, code, inputs: [input = -1], outputs } = operator;
    if (code.custom || outputs.length !== 1) return [];
    if (fusable.has(code.name)) {
      const writer = writerOf(input);
      return writer !== null && activationOf(writer) === 'NONE' ? [[index, { into: writer.index, role: 'activation' }]] : [];
    }
    const source = padded.has(code.name) && paddingOf(operator) === 'VALID' ? writerOf(input) : null;
    return source?.code.name === 'PAD' && padsPictures(source) ? [[source.index, { into: index, role: 'padding' }]] : [];
  }));

  function padsPictures({ inputs: [from = -1], outputs: [to = -1] }: Operator): boolean {
    const [before, after] = [tensors[from]?.shape ?? [], tensors[to]?.shape ?? []];
    return before.length === 4 && after.length === 4 && before[0] === after[0] && before[3] === after[3];
  }
}

/** The activation in an op's settings, `NONE` included; null for an op without such a setting. */
export function activationOf({ options }: Operator): string | null {
  return options !== null && options.table !== 'unknown' && 'fused_activation_function' in options.values ? String(options.values.fused_activation_function) : null;
}

/** The padding in an op's settings; null for an op without such a setting. */
export function paddingOf({ options }: Operator): string | null {
  return options !== null && options.table !== 'unknown' && 'padding' in options.values ? String(options.values.padding) : null;
}
