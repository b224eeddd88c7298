import * as tf from '@tensorflow/tfjs-core';
import type { KernelEntry, OpCall } from '../op-call';
import { activate } from './activation';
import { stridedSlice } from './strided-slice';
import { engine as text } from '../../../../../messages/engine';

/** Negative axes count from the end. */
function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

function pairs(numbers: readonly number[]): [number, number][] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => [numbers[2 * index] ?? 0, numbers[2 * index + 1] ?? 0]);
}

function reshape(call: OpCall): tf.Tensor {
  const value = call.input(0);
  const shape = call.optional(1) === null ? [...call.options('ReshapeOptions').new_shape ?? []] : call.integers(1);
  return tf.reshape(value, shape);
}

function squeeze(call: OpCall): tf.Tensor {
  const value = call.input(0);
  const stated = call.optionalOptions('SqueezeOptions').squeeze_dims ?? [];
  const axes = stated.map((axis) => axisOf(axis, value.rank));
  const dropped = (size: number, axis: number): boolean => (axes.length === 0 ? size === 1 : axes.includes(axis));
  return tf.reshape(value, value.shape.filter((size, axis) => !dropped(size, axis)));
}

function concatenate(call: OpCall): tf.Tensor {
  const { axis, fused_activation_function } = call.options('ConcatenationOptions');
  const parts = call.inputs();
  const [first] = parts;
  if (first === undefined) return call.refuse(text.kernels.nothingToJoin);
  return activate(call, parts.length === 1 ? tf.clone(first) : tf.concat(parts, axisOf(axis, first.rank)), fused_activation_function);
}

function mirrorPad(call: OpCall): tf.Tensor {
  const { mode } = call.options('MirrorPadOptions');
  return tf.mirrorPad(call.input(0), pairs(call.integers(1)), mode === 'REFLECT' ? 'reflect' : 'symmetric');
}

function padWith(call: OpCall, fill: number): tf.Tensor {
  return tf.pad(call.input(0), pairs(call.integers(1)), fill);
}

function slice(call: OpCall): tf.Tensor {
  const value = call.input(0);
  const begin = call.integers(1);
  const size = call.integers(2).map((count, axis) => (count === -1 ? (value.shape[axis] ?? 0) - (begin[axis] ?? 0) : count));
  return tf.slice(value, begin, size);
}

/** Blocks of `size` by `size` pixels become channels. */
function spaceToDepth(call: OpCall): tf.Tensor {
  const { block_size: size } = call.options('SpaceToDepthOptions');
  const [batch = 0, height = 0, width = 0, channels = 0] = call.input(0).shape;
  const blocks = tf.reshape(call.input(0), [batch, height / size, size, width / size, size, channels]);
  return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height / size, width / size, size * size * channels]);
}


function splitSizes(call: OpCall): tf.Tensor[] {
  const value = call.input(0);
  const axis = axisOf(call.integer(2), value.rank);
  const stated = call.integers(1);
  const left = (value.shape[axis] ?? 0) - stated.filter((size) => size !== -1).reduce((sum, size) => sum + size, 0);
  return tf.split(value, stated.map((size) => (size === -1 ? left : size)), axis);
}

function gather(call: OpCall): tf.Tensor {
  const { axis = 0, batch_dims = 0 } = call.optionalOptions('GatherOptions');
  const value = call.input(0);
  return tf.gather(value, tf.cast(call.input(1), 'int32'), axisOf(axis, value.rank), batch_dims);
}

function reverseSequence(call: OpCall): tf.Tensor {
  const { seq_dim, batch_dim } = call.options('ReverseSequenceOptions');
  const value = call.input(0);
  const parts = tf.split(value, value.shape[batch_dim] ?? 1, batch_dim).map((part, batch) => {
    const length = call.integers(1)[batch] ?? 0;
    const [head, tail] = tf.split(part, [length, (part.shape[seq_dim] ?? 0) - length], seq_dim);
    return head === undefined || tail === undefined ? part : tf.concat([tf.reverse(head, seq_dim), tail], seq_dim);
  });
  return tf.concat(parts, batch_dim);
}

function oneHot(call: OpCall): tf.Tensor {
  const indices = call.input(0);
  const { axis } = call.options('OneHotOptions');
  const depth = call.integer(1);
  const hot = tf.cast(tf.oneHot(tf.cast(indices, 'int32'), depth), 'bool');
  const last = tf.where(hot, tf.broadcastTo(call.input(2), hot.shape), tf.broadcastTo(call.input(3), hot.shape));
  const target = axisOf(axis, hot.rank);
  if (target === hot.rank - 1) return last;
  const order = Array.from({ length: hot.rank - 1 }, (_, dimension) => dimension);
  order.splice(target, 0, hot.rank - 1);
  return tf.transpose(last, order);
}

/** The coordinates at which a condition holds. */
function where(call: OpCall): tf.Tensor {
  const condition = call.input(0);
  const found: number[] = [];
  condition.dataSync().forEach((value, flat) => {
    if (value === 0) return;
    let rest = flat;
    const coordinates = [...condition.shape].reverse().map((size) => {
      const coordinate = rest % size;
      rest = Math.floor(rest / size);
      return coordinate;
    });
    found.push(...coordinates.reverse());
  });
  return tf.tensor2d(Int32Array.from(found), [condition.rank === 0 ? 0 : found.length / condition.rank, condition.rank], 'int32');
}

/** Writes the update over a part of the operand that starts at the given place, moved so that it fits. */
function dynamicUpdateSlice(call: OpCall): tf.Tensor {
  const [value, update] = [call.input(0), call.input(1)];
  const starts = call.integers(2).map((start, axis) => Math.max(0, Math.min(start, (value.shape[axis] ?? 0) - (update.shape[axis] ?? 0))));
  const margins = value.shape.map((size, axis): [number, number] => [starts[axis] ?? 0, size - (starts[axis] ?? 0) - (update.shape[axis] ?? 0)]);
  const covered = tf.pad(tf.onesLike(tf.cast(update, 'float32')), margins);
  return tf.where(tf.cast(covered, 'bool'), tf.pad(update, margins), value);
}

function range(call: OpCall): tf.Tensor {
  const [start = 0, limit = 0, step = 0] = [0, 1, 2].map((position) => call.input(position).dataSync()[0]);
  return tf.range(start, limit, step, call.outputType() === 'int32' ? 'int32' : 'float32');
}

function resize(call: OpCall, apply: typeof tf.image.resizeBilinear, { align_corners = false, half_pixel_centers = false }): tf.Tensor {
  const [height = 0, width = 0] = call.integers(1);
  return apply(call.input(0) as tf.Tensor4D, [height, width], align_corners, half_pixel_centers);
}

export const layout = {
  RESHAPE: { run: reshape, moves: true },
  SQUEEZE: { run: squeeze, moves: true },
  EXPAND_DIMS: { run: (call) => tf.expandDims(call.input(0), call.integer(1)), moves: true },
  TRANSPOSE: { run: (call) => tf.transpose(call.input(0), call.integers(1)), moves: true },
  CONCATENATION: { run: concatenate },
  PACK: { run: (call) => tf.stack(call.inputs(), axisOf(call.options('PackOptions').axis, call.input(0).rank + 1)) },
  UNPACK: { run: (call) => tf.unstack(call.input(0), axisOf(call.options('UnpackOptions').axis, call.input(0).rank)), moves: true },
  SPLIT: { run: (call) => tf.split(call.input(1), call.options('SplitOptions').num_splits, axisOf(call.integer(0), call.input(1).rank)) },
  SPLIT_V: { run: splitSizes, moves: true },
  SLICE: { run: slice, moves: true },
  STRIDED_SLICE: { run: stridedSlice, moves: true },
  GATHER: { run: gather, moves: true },
  GATHER_ND: { run: (call) => tf.gatherND(call.input(0), tf.cast(call.input(1), 'int32')), moves: true },
  EMBEDDING_LOOKUP: { run: (call) => tf.gather(call.input(1), tf.cast(call.input(0), 'int32'), 0) },
  PAD: { run: (call) => padWith(call, 0) },
  PADV2: { run: (call) => padWith(call, call.input(2).dataSync()[0] ?? 0) },
  MIRROR_PAD: { run: mirrorPad, moves: true },
  TILE: { run: (call) => tf.tile(call.input(0), call.integers(1)), moves: true },
  BROADCAST_TO: { run: (call) => tf.broadcastTo(call.input(0), call.integers(1)), moves: true },
  FILL: { run: (call) => tf.fill(call.integers(0), call.input(1).dataSync()[0] ?? 0, call.outputType()) },
  RANGE: { run: range },
  SHAPE: { run: (call) => tf.tensor1d(Int32Array.from(call.input(0).shape), 'int32') },
  RANK: { run: (call) => tf.scalar(call.input(0).rank, 'int32') },
  ONE_HOT: { run: oneHot },
  WHERE: { run: where },
  REVERSE_V2: { run: (call) => tf.reverse(call.input(0), call.integers(1)), moves: true },
  REVERSE_SEQUENCE: { run: reverseSequence, moves: true },
  SCATTER_ND: { run: (call) => tf.scatterND(tf.cast(call.input(0), 'int32'), call.input(1), call.integers(2)) },
  DYNAMIC_UPDATE_SLICE: { run: dynamicUpdateSlice },
  SPACE_TO_DEPTH: { run: spaceToDepth, moves: true },
  DEPTH_TO_SPACE: { run: (call) => tf.depthToSpace(call.input(0) as tf.Tensor4D, call.options('DepthToSpaceOptions').block_size, 'NHWC'), moves: true },
  SPACE_TO_BATCH_ND: { run: (call) => tf.spaceToBatchND(call.input(0), call.integers(1), pairs(call.integers(2))) },
  BATCH_TO_SPACE_ND: { run: (call) => tf.batchToSpaceND(call.input(0), call.integers(1), pairs(call.integers(2))), moves: true },
  RESIZE_BILINEAR: { run: (call) => resize(call, tf.image.resizeBilinear, call.options('ResizeBilinearOptions')) },
  RESIZE_NEAREST_NEIGHBOR: { run: (call) => resize(call, tf.image.resizeNearestNeighbor, call.options('ResizeNearestNeighborOptions')) },
} as const satisfies Readonly<Record<string, KernelEntry>>;
