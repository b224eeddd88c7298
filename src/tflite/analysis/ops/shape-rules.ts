import { elementCount } from '../../../tensor/dtype';
import { readFlexBuffer } from '../../format/read/flexbuffer';
import { type Shape, type ShapeQuery, type ShapeRule, optionsAs } from './context';

/** Rules for ops that compute on every element, on windows of a picture, or on matrices. */

export const same: ShapeRule = ({ inputs: [input] }) => (input === null || input === undefined ? null : [input]);

/** NumPy's rule over all inputs: sizes are counted from the last dimension, and 1 stretches. */
export const broadcast: ShapeRule = ({ inputs }) => {
  const shape = broadcastShapes(inputs.filter((input) => input !== null));
  return shape === null ? null : [shape];
};

export function broadcastShapes(shapes: readonly Shape[]): Shape | null {
  const rank = Math.max(0, ...shapes.map(({ length }) => length));
  const result: number[] = [];
  for (let fromEnd = rank; fromEnd >= 1; fromEnd -= 1) {
    let size = 1;
    for (const shape of shapes) {
      const other = shape.at(-fromEnd) ?? 1;
      if (fromEnd > shape.length || other === 1 || other === size) continue;
      if (size !== 1) return null;
      size = other;
    }
    result.push(size);
  }
  return result;
}

type Padding = 'SAME' | 'VALID';

function windowed(size: number, window: number, stride: number, padding: Padding, dilation = 1): number {
  const covered = padding === 'SAME' ? size : size - (window - 1) * dilation;
  return Math.ceil(covered / stride);
}

function picture(input: Shape | null | undefined, filterHeight: number, filterWidth: number, channels: number, options: {
  readonly padding: Padding; readonly stride_w: number; readonly stride_h: number; readonly dilation_w_factor?: number; readonly dilation_h_factor?: number;
}): readonly Shape[] | null {
  const [batch, height, width] = input ?? [];
  if (input?.length !== 4 || batch === undefined || height === undefined || width === undefined || options.stride_h < 1 || options.stride_w < 1) return null;
  const rows = windowed(height, filterHeight, options.stride_h, options.padding, options.dilation_h_factor);
  const columns = windowed(width, filterWidth, options.stride_w, options.padding, options.dilation_w_factor);
  return rows < 1 || columns < 1 ? null : [[batch, rows, columns, channels]];
}

export const convolution: ShapeRule = ({ inputs: [input, filter], options }) => {
  const settings = optionsAs(options, 'Conv2DOptions');
  const [channels, height, width] = filter ?? [];
  if (settings === null || channels === undefined || height === undefined || width === undefined) return null;
  return picture(input, height, width, channels, settings);
};

export const depthwiseConvolution: ShapeRule = ({ inputs: [input, filter], options }) => {
  const settings = optionsAs(options, 'DepthwiseConv2DOptions');
  const [, height, width, channels] = filter ?? [];
  if (settings === null || channels === undefined || height === undefined || width === undefined) return null;
  return picture(input, height, width, channels, settings);
};

/** Pictures through time: depth, height and width, with the filter's output channels last. */
export const convolution3D: ShapeRule = ({ inputs: [input, filter], options }) => {
  const settings = optionsAs(options, 'Conv3DOptions');
  const channels = filter?.[4];
  const [batch] = input ?? [];
  if (settings === null || input?.length !== 5 || filter?.length !== 5 || batch === undefined || channels === undefined) return null;
  const strides = [settings.stride_d, settings.stride_h, settings.stride_w];
  const dilations = [settings.dilation_d_factor, settings.dilation_h_factor, settings.dilation_w_factor];
  if (strides.some((stride) => stride < 1)) return null;
  const room = strides.map((stride, axis) => windowed(input[axis + 1] ?? 0, filter[axis] ?? 0, stride, settings.padding, dilations[axis]));
  return room.some((size) => size < 1) ? null : [[batch, ...room, channels]];
};

export const pooling: ShapeRule = ({ inputs: [input], options }) => {
  const settings = optionsAs(options, 'Pool2DOptions');
  return settings === null ? null : picture(input, settings.filter_height, settings.filter_width, input?.[3] ?? 0, settings);
};

/** The first input is the output's shape. */
export const shapeFromFirst: ShapeRule = ({ values }) => {
  const shape = values(0);
  return shape === null ? null : [shape];
};

/** The second input is the output's shape. */
export const shapeFromSecond: ShapeRule = ({ values }) => {
  const shape = values(1);
  return shape === null ? null : [shape];
};

/** The third input is the output's shape. */
export const shapeFromThird: ShapeRule = ({ values }) => {
  const shape = values(2);
  return shape === null ? null : [shape];
};

export const resize: ShapeRule = ({ inputs: [input], values }) => {
  const [height, width] = values(1) ?? [];
  const [batch, , , channels] = input ?? [];
  if (height === undefined || width === undefined || batch === undefined || channels === undefined) return null;
  return [[batch, height, width, channels]];
};

export const fullyConnected: ShapeRule = ({ inputs: [input, weights], options }) => {
  const [out, depth] = weights ?? [];
  if (input === null || input === undefined || out === undefined || depth === undefined || depth === 0) return null;
  if (optionsAs(options, 'FullyConnectedOptions')?.keep_num_dims === true) return [[...input.slice(0, -1), out]];
  const rows = elementCount(input) / depth;
  return Number.isInteger(rows) ? [[rows, out]] : null;
};

export const batchMatrixMultiplication: ShapeRule = ({ inputs: [one, other], options }) => {
  if (!one || !other || one.length < 2 || other.length < 2) return null;
  const settings = optionsAs(options, 'BatchMatMulOptions');
  const batch = broadcastShapes([one.slice(0, -2), other.slice(0, -2)]);
  const rows = one.at(settings?.adj_x === true ? -1 : -2);
  const columns = other.at(settings?.adj_y === true ? -2 : -1);
  return batch === null || rows === undefined || columns === undefined ? null : [[...batch, rows, columns]];
};

/** Batch and time come from the sequence, the number of units stays as the file states it. */
export const recurrent: ShapeRule = ({ inputs: [input], stated: [stated] }) => {
  const units = stated?.at(-1);
  return !input || units === undefined ? null : [[...input.slice(0, -1), units]];
};

export const spaceToDepth: ShapeRule = ({ inputs: [input], options }) => blocks(input, 1 / (optionsAs(options, 'SpaceToDepthOptions')?.block_size ?? 0));
export const depthToSpace: ShapeRule = ({ inputs: [input], options }) => blocks(input, optionsAs(options, 'DepthToSpaceOptions')?.block_size ?? 0);

function blocks(input: Shape | null | undefined, factor: number): readonly Shape[] | null {
  const [batch, height, width, channels] = input ?? [];
  if (batch === undefined || height === undefined || width === undefined || channels === undefined) return null;
  const shape = [batch, height * factor, width * factor, channels / factor ** 2].map((size) => Math.round(size * 1e6) / 1e6);
  return shape.every((size) => Number.isInteger(size) && size > 0) ? [shape] : null;
}

export const spaceToBatch: ShapeRule = (query) => batchBlocks(query, (size, block, before, after) => (size + before + after) / block, 1);
export const batchToSpace: ShapeRule = (query) => batchBlocks(query, (size, block, before, after) => size * block - before - after, -1);

function batchBlocks({ inputs: [input], values }: ShapeQuery, resized: (size: number, block: number, before: number, after: number) => number, power: 1 | -1): readonly Shape[] | null {
  const block = values(1);
  const edges = values(2);
  if (!input || block === null || edges === null || edges.length !== 2 * block.length || input.length <= block.length) return null;
  const [batch = 0, ...rest] = input;
  const shape = [
    batch * block.reduce((product, size) => product * size, 1) ** power,
    ...rest.map((size, dimension) => {
      const length = block[dimension];
      return length === undefined ? size : resized(size, length, edges[2 * dimension] ?? 0, edges[2 * dimension + 1] ?? 0);
    }),
  ];
  return shape.every((size) => Number.isInteger(size) && size >= 0) ? [shape] : null;
}

/** Indices of boxes that are kept, as many as the third input allows, and how many of them hold something. */
export const keptBoxes: ShapeRule = ({ values }) => {
  const most = values(2)?.[0];
  return most === undefined ? null : [[most], []];
};

/** Likewise, with scores behind the indices. */
export const keptBoxesAndScores: ShapeRule = ({ values }) => {
  const most = values(2)?.[0];
  return most === undefined ? null : [[most], [most], []];
};

/** Boxes, classes, scores and their count, of `TFLite_Detection_PostProcess`: its settings say of how many, and files mostly do not. */
export const detections: ShapeRule = ({ customOptions }) => {
  const settings = customOptions === null ? undefined : readFlexBuffer(customOptions);
  if (!(settings instanceof Map)) return null;
  const most = Number(settings.get('max_detections')) * Number(settings.get('max_classes_per_detection'));
  return Number.isSafeInteger(most) && most > 0 ? [[1, most, 4], [1, most], [1, most], [1]] : null;
};
