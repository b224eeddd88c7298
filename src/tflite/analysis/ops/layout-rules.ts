import { elementCount } from '../../../tensor/dtype';
import { type Shape, type ShapeRule, optionsAs } from './context';

/** Rules for ops that rearrange, join, cut or reduce. */

/** An axis counted from 0, from what may be counted from the end; null where there is none. */
function axisIn(axis: number | undefined, rank: number): number | null {
  if (axis === undefined) return null;
  const counted = axis < 0 ? axis + rank : axis;
  return Number.isInteger(counted) && counted >= 0 && counted < rank ? counted : null;
}

export const reshape: ShapeRule = ({ inputs: [input], options, values }) => {
  const wanted = values(1) ?? optionsAs(options, 'ReshapeOptions')?.new_shape ?? null;
  if (!input || wanted === null) return null;
  const elements = elementCount(input);
  const rest = wanted.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const free = wanted.length - wanted.filter((size) => size !== -1).length;
  if (free > 1 || (free === 0 && rest !== elements) || (free === 1 && (rest === 0 || elements % rest !== 0))) return null;
  return [wanted.map((size) => (size === -1 ? elements / rest : size))];
};

export const concatenate: ShapeRule = ({ inputs, options }) => {
  const shapes = inputs.filter((input) => input !== null);
  const [first] = shapes;
  const axis = axisIn(optionsAs(options, 'ConcatenationOptions')?.axis, first?.length ?? 0);
  if (first === undefined || axis === null || shapes.some(({ length }) => length !== first.length)) return null;
  const sum = shapes.reduce((total, shape) => total + (shape[axis] ?? 0), 0);
  return [first.map((size, dimension) => (dimension === axis ? sum : size))];
};

export const pad: ShapeRule = ({ inputs: [input], values }) => {
  const edges = values(1);
  if (!input || edges?.length !== 2 * input.length) return null;
  return [input.map((size, dimension) => size + (edges[2 * dimension] ?? 0) + (edges[2 * dimension + 1] ?? 0))];
};

export const transpose: ShapeRule = ({ inputs: [input], values }) => {
  const order = values(1);
  if (!input || order?.length !== input.length) return null;
  const shape = order.map((dimension) => input[axisIn(dimension, input.length) ?? -1]);
  return shape.every((size) => size !== undefined) ? [shape] : null;
};

export const reduce: ShapeRule = ({ inputs: [input], options, values }) => {
  const axes = values(1);
  if (!input || axes === null) return null;
  const reduced = new Set(axes.map((axis) => axisIn(axis, input.length)));
  const keep = optionsAs(options, 'ReducerOptions')?.keep_dims === true;
  return [input.flatMap((size, dimension) => (!reduced.has(dimension) ? [size] : keep ? [1] : []))];
};

/** The axis is the second input and disappears. */
export const reduceAxis: ShapeRule = ({ inputs: [input], values }) => {
  const axis = axisIn(values(1)?.[0], input?.length ?? 0);
  return !input || axis === null ? null : [input.filter((_, dimension) => dimension !== axis)];
};

export const squeeze: ShapeRule = ({ inputs: [input], options }) => {
  if (!input) return null;
  const axes = optionsAs(options, 'SqueezeOptions')?.squeeze_dims ?? [];
  const squeezed = new Set(axes.map((axis) => axisIn(axis, input.length)));
  return [input.filter((size, dimension) => (axes.length === 0 ? size !== 1 : !squeezed.has(dimension)))];
};

export const expandDimensions: ShapeRule = ({ inputs: [input], values }) => {
  const axis = axisIn(values(1)?.[0], (input?.length ?? 0) + 1);
  return !input || axis === null ? null : [input.toSpliced(axis, 0, 1)];
};

export const pack: ShapeRule = ({ inputs, options }) => {
  const [input] = inputs;
  const axis = axisIn(optionsAs(options, 'PackOptions')?.axis, (input?.length ?? 0) + 1);
  return !input || axis === null ? null : [input.toSpliced(axis, 0, inputs.length)];
};

export const unpack: ShapeRule = ({ inputs: [input], options, stated }) => {
  const axis = axisIn(optionsAs(options, 'UnpackOptions')?.axis, input?.length ?? 0);
  return !input || axis === null ? null : stated.map(() => input.toSpliced(axis, 1));
};

export const split: ShapeRule = ({ inputs: [, input], values, stated }) => {
  const axis = axisIn(values(0)?.[0], input?.length ?? 0);
  if (!input || axis === null) return null;
  const size = (input[axis] ?? 0) / stated.length;
  return Number.isInteger(size) ? stated.map(() => input.with(axis, size)) : null;
};

export const splitSizes: ShapeRule = ({ inputs: [input], values, stated }) => {
  const axis = axisIn(values(2)?.[0], input?.length ?? 0);
  const sizes = values(1);
  if (!input || axis === null || sizes?.length !== stated.length) return null;
  const rest = (input[axis] ?? 0) - sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
  return sizes.map((size) => input.with(axis, size === -1 ? rest : size));
};

export const slice: ShapeRule = ({ inputs: [input], values }) => {
  const begin = values(1);
  const size = values(2);
  if (!input || begin?.length !== input.length || size?.length !== input.length) return null;
  return [input.map((length, dimension) => {
    const wanted = size[dimension] ?? 0;
    return wanted === -1 ? length - (begin[dimension] ?? 0) : wanted;
  })];
};

/** Without ellipses and new axes, which converters resolve. */
export const stridedSlice: ShapeRule = ({ inputs: [input], options, values }) => {
  const settings = optionsAs(options, 'StridedSliceOptions');
  const [begin, end, strides] = [values(1), values(2), values(3)];
  if (!input || settings === null || settings.ellipsis_mask !== 0 || settings.new_axis_mask !== 0 || settings.offset) return null;
  if (begin === null || end === null || strides === null || strides.some((stride) => stride === 0)) return null;
  return [input.flatMap((size, dimension) => {
    const stride = strides[dimension];
    if (stride === undefined) return [size];
    if (isSet(settings.shrink_axis_mask, dimension)) return [];
    const [low, high] = stride > 0 ? [0, size] : [-1, size - 1];
    const from = isSet(settings.begin_mask, dimension) ? (stride > 0 ? low : high) : clamp(begin[dimension] ?? 0, size, low, high);
    const to = isSet(settings.end_mask, dimension) ? (stride > 0 ? high : low) : clamp(end[dimension] ?? 0, size, low, high);
    return [Math.max(0, Math.ceil((to - from) / stride))];
  })];
};

export function isSet(mask: number, bit: number): boolean {
  return ((mask >> bit) & 1) === 1;
}

function clamp(index: number, size: number, low: number, high: number): number {
  return Math.min(Math.max(index < 0 ? index + size : index, low), high);
}

export const gather: ShapeRule = ({ inputs: [input, indices], options }) => {
  const settings = optionsAs(options, 'GatherOptions');
  const axis = axisIn(settings?.axis ?? 0, input?.length ?? 0);
  return !input || !indices || axis === null ? null : [[...input.slice(0, axis), ...indices.slice(settings?.batch_dims ?? 0), ...input.slice(axis + 1)]];
};

export const gatherNd: ShapeRule = ({ inputs: [input, indices] }) => (!input || !indices ? null : [[...indices.slice(0, -1), ...input.slice(indices.at(-1) ?? 0)]]);

/** Rows of a table, by index; the indices come first. */
export const embedding: ShapeRule = ({ inputs: [indices, table] }) => (!indices || !table ? null : [[...indices, ...table.slice(1)]]);

export const tile: ShapeRule = ({ inputs: [input], values }) => {
  const times = values(1);
  return !input || times?.length !== input.length ? null : [input.map((size, dimension) => size * (times[dimension] ?? 1))];
};

export const oneHot: ShapeRule = ({ inputs: [indices], options, values }) => {
  const depth = values(1)?.[0];
  const axis = axisIn(optionsAs(options, 'OneHotOptions')?.axis, (indices?.length ?? 0) + 1);
  return !indices || depth === undefined || axis === null ? null : [indices.toSpliced(axis, 0, depth)];
};

export const topK: ShapeRule = ({ inputs: [input], values }) => {
  const count = values(1)?.[0];
  if (!input || input.length === 0 || count === undefined) return null;
  const shape: Shape = input.with(-1, count);
  return [shape, shape];
};

export const shapeOf: ShapeRule = ({ inputs: [input] }) => (!input ? null : [[input.length]]);
export const rankOf: ShapeRule = () => [[]];

/** From a start up to a limit, in steps; of whole numbers alone, others are no small values. */
export const range: ShapeRule = ({ values }) => {
  const [start, limit, step] = [values(0)?.[0], values(1)?.[0], values(2)?.[0]];
  return start === undefined || limit === undefined || step === undefined || step === 0 ? null : [[Math.max(0, Math.ceil((limit - start) / step))]];
};

/** Rows become square matrices. */
export const diagonal: ShapeRule = ({ inputs: [input] }) => {
  const last = input?.at(-1);
  return !input || last === undefined ? null : [[...input, last]];
};

/** Two shapes as lists give the longer one's length. */
export const broadcastLengths: ShapeRule = ({ inputs: [one, other] }) => (!one || !other ? null : [[Math.max(one[0] ?? 0, other[0] ?? 0)]]);

/** So many segments as the third input says, of what the ids do not index. */
export const segments: ShapeRule = ({ inputs: [input, ids], values }) => {
  const count = values(2)?.[0];
  return !input || !ids || count === undefined ? null : [[count, ...input.slice(ids.length)]];
};
