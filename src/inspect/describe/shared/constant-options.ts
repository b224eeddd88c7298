/**
 * Settings that ops of this format take from constant inputs or from the shape of their weights: kernels, axes,
 * paddings, cuts. To a person they are options like the others.
 */
import { type InputRole, tfliteOps } from '../../../messages/tflite-ops';
import { opDescription } from '../../../tflite/analysis/op-table';
import { optionsAs } from '../../../tflite/analysis/ops/context';
import { SmallValues } from '../../../tflite/analysis/ops/small-values';
import type { Model, Operator, SubGraph } from '../../../tflite/format/model';
import type { OptionWord } from './descriptions';
import { listWord, numberWord, settingName, shapeWord } from './words';
import { inspect as text } from '../../../messages/inspect';

/** How the integers of one input read. */
type Reading = (values: readonly number[]) => string;

/** How inputs that are settings read, by their role; those of the op's own words below are not among them. */
const readings: Readonly<Partial<Record<InputRole, Reading>>> = {
  'output-shape': shapeWord, shape: shapeWord, 'new-size': shapeWord, block: shapeWord, pads: pairsWord, crops: pairsWord,
  permutation: listWord, axes: listWord, axis: listWord, begin: listWord, size: listWord, sizes: listWord, multiples: listWord, k: listWord, depth: listWord,
};

/** The settings that follow from an op's inputs, where those are known before the model runs. */
export function constantOptions(model: Model, subgraph: SubGraph, operator: Operator): OptionWord[] {
  const values = new SmallValues(model, subgraph);
  const valuesOf = (input: number): readonly number[] | null => values.of(operator.inputs[input]);
  const words: OptionWord[] = [];
  const { kernel, weights: [weights = -1] = [], roles = [] } = opDescription(operator.code) ?? {};
  const filter = subgraph.tensors[operator.inputs[weights] ?? -1];
  if (kernel !== undefined && filter !== undefined) words.push({ name: settingName('kernel'), value: shapeWord(filter.shape.slice(...kernel)) });
  if (operator.code.name === 'CONV_2D') words.push(...groups(subgraph, operator));
  if (operator.code.name === 'RESHAPE') words.push(...newShape(operator, valuesOf(1)));
  if (operator.code.name === 'STRIDED_SLICE') return [...words, ...slices(operator, valuesOf(1), valuesOf(2), valuesOf(3))];
  for (const [input, role] of roles.entries()) {
    const known = readings[role] === undefined ? null : valuesOf(input);
    if (known !== null) words.push({ name: tfliteOps.roles[role], value: readings[role]?.(known) ?? '' });
  }
  return words;
}

/** Weights for fewer channels than there are mean a grouped convolution. */
function groups({ tensors }: SubGraph, { inputs }: Operator): OptionWord[] {
  const channels = tensors[inputs[0] ?? -1]?.shape.at(-1) ?? 0;
  const each = tensors[inputs[1] ?? -1]?.shape.at(-1) ?? 0;
  return each > 0 && channels > each ? [{ name: settingName('groups'), value: numberWord(channels / each) }] : [];
}

/** The input wins over the settings, as in the runtimes. */
function newShape({ options }: Operator, given: readonly number[] | null): OptionWord[] {
  const shape = given ?? optionsAs(options, 'ReshapeOptions')?.new_shape ?? null;
  return shape === null ? [] : [{ name: settingName('new_shape'), value: shapeWord(shape) }];
}

/** `dimension 1: 1 before, 1 after`; dimensions that stay as they are go unsaid. */
function pairsWord(values: readonly number[]): string {
  const changed = Array.from({ length: Math.floor(values.length / 2) }, (_, dimension) => ({ dimension, before: values[2 * dimension] ?? 0, after: values[2 * dimension + 1] ?? 0 }))
    .filter(({ before, after }) => before !== 0 || after !== 0);
  if (changed.length === 0) return text.none;
  return text.pads(changed.map(({ dimension, before, after }) => ({ dimension, before: numberWord(before), after: numberWord(after) })));
}

/** One cut a dimension in NumPy's notation: `[0, 1:3, ::2]`. */
function slices({ options }: Operator, begin: readonly number[] | null, end: readonly number[] | null, strides: readonly number[] | null): OptionWord[] {
  const masks = optionsAs(options, 'StridedSliceOptions');
  if (begin === null || end === null || strides === null || masks === null) return [];
  const isSet = (mask: number, bit: number): boolean => (mask & (1 << bit)) !== 0;
  const cuts = begin.map((from, position) => {
    if (isSet(masks.ellipsis_mask, position)) return '…';
    if (isSet(masks.new_axis_mask, position)) return text.newAxis;
    if (isSet(masks.shrink_axis_mask, position)) return numberWord(from);
    const first = isSet(masks.begin_mask, position) ? '' : numberWord(from);
    const last = isSet(masks.end_mask, position) ? '' : `${masks.offset ? `${numberWord(from)}+` : ''}${numberWord(end[position] ?? 0)}`;
    const step = strides[position] ?? 1;
    return `${first}:${last}${step === 1 ? '' : `:${numberWord(step)}`}`;
  });
  return [{ name: settingName('slice'), value: `[${cuts.join(', ')}]` }];
}
