/**
 * Settings that ops of this format take from constant inputs or from the shape of their weights: kernels, axes,
 * paddings, cuts. To a person they are options like the others.
 */
import { optionsAs } from '../../../tflite/analysis/ops/context';
import { SmallValues } from '../../../tflite/analysis/ops/small-values';
import type { Model, Operator, SubGraph } from '../../../tflite/format/model';
import type { OptionWord } from './descriptions';
import { listWord, numberWord, shapeWord } from './words';

/** How the integers of one input read. */
type Reading = (values: readonly number[]) => string;

interface Rule {
  readonly input: number;
  readonly name: string;
  readonly as: Reading;
}

const list = (input: number, name: string): Rule => ({ input, name, as: listWord });
const sizes = (input: number, name: string): Rule => ({ input, name, as: shapeWord });
const pairs = (input: number, name: string): Rule => ({ input, name, as: pairsWord });
const reduction: readonly Rule[] = [list(1, 'axes')];

const rules: Readonly<Record<string, readonly Rule[] | undefined>> = {
  TRANSPOSE_CONV: [sizes(0, 'output shape')],
  CONV_3D_TRANSPOSE: [sizes(0, 'output shape')],
  PAD: [pairs(1, 'pads')],
  PADV2: [pairs(1, 'pads')],
  MIRROR_PAD: [pairs(1, 'pads')],
  TRANSPOSE: [list(1, 'permutation')],
  MEAN: reduction, SUM: reduction, REDUCE_MAX: reduction, REDUCE_MIN: reduction, REDUCE_PROD: reduction, REDUCE_ANY: reduction, REDUCE_ALL: reduction,
  ARG_MAX: [list(1, 'axis')],
  ARG_MIN: [list(1, 'axis')],
  CUMSUM: [list(1, 'axis')],
  REVERSE_V2: [list(1, 'axes')],
  EXPAND_DIMS: [list(1, 'axis')],
  RESIZE_BILINEAR: [sizes(1, 'new size')],
  RESIZE_NEAREST_NEIGHBOR: [sizes(1, 'new size')],
  SLICE: [list(1, 'begin'), list(2, 'size')],
  SPLIT: [list(0, 'axis')],
  SPLIT_V: [list(1, 'sizes'), list(2, 'axis')],
  TILE: [list(1, 'multiples')],
  SPACE_TO_BATCH_ND: [sizes(1, 'block'), pairs(2, 'pads')],
  BATCH_TO_SPACE_ND: [sizes(1, 'block'), pairs(2, 'crops')],
  TOPK_V2: [list(1, 'k')],
  FILL: [sizes(0, 'shape')],
  BROADCAST_TO: [sizes(1, 'shape')],
  ONE_HOT: [list(1, 'depth')],
};

/** Where the height and width of the kernel stand among the dimensions of the weights. */
const kernels: Readonly<Record<string, { readonly input: number; readonly from: number; readonly to: number } | undefined>> = {
  CONV_2D: { input: 1, from: 1, to: 3 },
  DEPTHWISE_CONV_2D: { input: 1, from: 1, to: 3 },
  TRANSPOSE_CONV: { input: 1, from: 1, to: 3 },
  Convolution2DTransposeBias: { input: 1, from: 1, to: 3 },
  CONV_3D: { input: 1, from: 0, to: 3 },
  CONV_3D_TRANSPOSE: { input: 1, from: 0, to: 3 },
};

/** The settings that follow from an op's inputs, where those are known before the model runs. */
export function constantOptions(model: Model, subgraph: SubGraph, operator: Operator): OptionWord[] {
  const values = new SmallValues(model, subgraph);
  const valuesOf = (input: number): readonly number[] | null => values.of(operator.inputs[input]);
  const words: OptionWord[] = [];
  const kernel = kernels[operator.code.name];
  const weights = kernel === undefined ? undefined : subgraph.tensors[operator.inputs[kernel.input] ?? -1];
  if (kernel !== undefined && weights !== undefined) words.push({ name: 'kernel', value: shapeWord(weights.shape.slice(kernel.from, kernel.to)) });
  if (operator.code.name === 'CONV_2D') words.push(...groups(subgraph, operator));
  if (operator.code.name === 'RESHAPE') words.push(...newShape(operator, valuesOf(1)));
  if (operator.code.name === 'STRIDED_SLICE') words.push(...slices(operator, valuesOf(1), valuesOf(2), valuesOf(3)));
  for (const { input, name, as } of rules[operator.code.name] ?? []) {
    const known = valuesOf(input);
    if (known !== null) words.push({ name, value: as(known) });
  }
  return words;
}

/** Weights for fewer channels than there are mean a grouped convolution. */
function groups({ tensors }: SubGraph, { inputs }: Operator): OptionWord[] {
  const channels = tensors[inputs[0] ?? -1]?.shape.at(-1) ?? 0;
  const each = tensors[inputs[1] ?? -1]?.shape.at(-1) ?? 0;
  return each > 0 && channels > each ? [{ name: 'groups', value: numberWord(channels / each) }] : [];
}

/** The input wins over the settings, as in the runtimes. */
function newShape({ options }: Operator, given: readonly number[] | null): OptionWord[] {
  const shape = given ?? optionsAs(options, 'ReshapeOptions')?.new_shape ?? null;
  return shape === null ? [] : [{ name: 'new shape', value: shapeWord(shape) }];
}

/** `dimension 1: 1 before, 1 after`; dimensions that stay as they are go unsaid. */
function pairsWord(values: readonly number[]): string {
  const changed = Array.from({ length: Math.floor(values.length / 2) }, (_, dimension) => ({ dimension, before: values[2 * dimension] ?? 0, after: values[2 * dimension + 1] ?? 0 }))
    .filter(({ before, after }) => before !== 0 || after !== 0);
  if (changed.length === 0) return 'none';
  return changed.map(({ dimension, before, after }) => `dimension ${dimension}: ${numberWord(before)} before, ${numberWord(after)} after`).join('; ');
}

/** One cut a dimension in NumPy's notation: `[0, 1:3, ::2]`. */
function slices({ options }: Operator, begin: readonly number[] | null, end: readonly number[] | null, strides: readonly number[] | null): OptionWord[] {
  const masks = optionsAs(options, 'StridedSliceOptions');
  if (begin === null || end === null || strides === null || masks === null) return [];
  const isSet = (mask: number, bit: number): boolean => (mask & (1 << bit)) !== 0;
  const cuts = begin.map((from, position) => {
    if (isSet(masks.ellipsis_mask, position)) return '…';
    if (isSet(masks.new_axis_mask, position)) return 'new axis';
    if (isSet(masks.shrink_axis_mask, position)) return numberWord(from);
    const first = isSet(masks.begin_mask, position) ? '' : numberWord(from);
    const last = isSet(masks.end_mask, position) ? '' : `${masks.offset ? `${numberWord(from)}+` : ''}${numberWord(end[position] ?? 0)}`;
    const step = strides[position] ?? 1;
    return `${first}:${last}${step === 1 ? '' : `:${numberWord(step)}`}`;
  });
  return [{ name: 'slice', value: `[${cuts.join(', ')}]` }];
}
