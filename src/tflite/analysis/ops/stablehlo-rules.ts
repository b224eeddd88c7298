import { elementCount } from '../../../tensor/dtype';
import { type Shape, type ShapeRule, optionsAs } from './context';

/** Rules for StableHLO's ops as its specification states them: what other ops take from inputs, these have as settings. */

const sizes = (values: readonly (number | bigint)[] | null | undefined): readonly number[] => (values ?? []).map(Number);

/** The result's shape is the file's; it holds as long as there are as many elements. */
export const reshape: ShapeRule = ({ inputs: [input], stated: [stated] }) => (!input || stated === undefined || elementCount(input) !== elementCount(stated) ? null : [stated]);

export const transpose: ShapeRule = ({ inputs: [input], options }) => {
  const order = sizes(optionsAs(options, 'StablehloTransposeOptions')?.permutation);
  if (!input || order.length !== input.length || new Set(order).size !== order.length) return null;
  const shape = order.map((dimension) => input[dimension]);
  return shape.every((size) => size !== undefined) ? [shape] : null;
};

/** Every dimension of the input becomes one of the result, where 1 stretches; the result's other ones are the file's. */
export const broadcastInDimension: ShapeRule = ({ inputs: [input], options, stated: [stated] }) => {
  const places = sizes(optionsAs(options, 'StablehloBroadcastInDimOptions')?.broadcast_dimensions);
  if (!input || stated === undefined || places.length !== input.length || places.some((place) => stated[place] === undefined)) return null;
  return [stated.map((size, dimension) => {
    const own = input[places.indexOf(dimension)] ?? 1;
    return own === 1 ? size : own;
  })];
};

export const concatenate: ShapeRule = ({ inputs, options }) => {
  const dimension = Number(optionsAs(options, 'StablehloConcatenateOptions')?.dimension ?? -1);
  const [first, ...others] = inputs;
  if (!first || first[dimension] === undefined || others.some((other) => other?.length !== first.length)) return null;
  return [first.with(dimension, inputs.reduce((sum, shape) => sum + (shape?.[dimension] ?? 0), 0))];
};

/** Pads may be negative, and then cut; those between elements may not. */
export const pad: ShapeRule = ({ inputs: [input], options }) => {
  const settings = optionsAs(options, 'StablehloPadOptions');
  const [low, high, between] = [sizes(settings?.edge_padding_low), sizes(settings?.edge_padding_high), sizes(settings?.interior_padding)];
  if (!input || [low, high, between].some(({ length }) => length !== input.length)) return null;
  return [input.map((size, dimension) => (low[dimension] ?? 0) + size + Math.max(size - 1, 0) * (between[dimension] ?? 0) + (high[dimension] ?? 0))];
};

export const slice: ShapeRule = ({ inputs: [input], options }) => {
  const settings = optionsAs(options, 'StablehloSliceOptions');
  const [from, to, strides] = [sizes(settings?.start_indices), sizes(settings?.limit_indices), sizes(settings?.strides)];
  if (!input || [from, to, strides].some(({ length }) => length !== input.length) || strides.some((stride) => stride < 1)) return null;
  if (input.some((size, dimension) => (to[dimension] ?? 0) > size)) return null;
  return [input.map((_, dimension) => Math.ceil(((to[dimension] ?? 0) - (from[dimension] ?? 0)) / (strides[dimension] ?? 1)))];
};

export const dynamicSlice: ShapeRule = ({ inputs: [input], options }) => {
  const cut = sizes(optionsAs(options, 'StablehloDynamicSliceOptions')?.slice_sizes);
  return !input || cut.length !== input.length ? null : [cut];
};

/** Between a lower and an upper bound, which come before and after it. */
export const clamp: ShapeRule = ({ inputs: [, value] }) => (!value ? null : [value]);

/** Batches, then what is left of the first operand, then what is left of the second. */
export const generalDotProduct: ShapeRule = ({ inputs: [one, other], options }) => {
  const settings = optionsAs(options, 'StablehloDotGeneralOptions');
  if (!one || !other || settings === null) return null;
  const batches = sizes(settings.lhs_batching_dimensions);
  const left = (shape: Shape, ...taken: readonly (readonly number[])[]): Shape => shape.filter((_, dimension) => !taken.flat().includes(dimension));
  const batch = batches.map((dimension) => one[dimension]);
  if (!batch.every((size) => size !== undefined)) return null;
  return [[
    ...batch,
    ...left(one, batches, sizes(settings.lhs_contracting_dimensions)),
    ...left(other, sizes(settings.rhs_batching_dimensions), sizes(settings.rhs_contracting_dimensions)),
  ]];
};
