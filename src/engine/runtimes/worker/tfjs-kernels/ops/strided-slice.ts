import * as tf from '@tensorflow/tfjs-core';
import type { OpCall } from '../op-call';
import { engine as text } from '../../../../../messages/engine';

interface Cut {
  /** First element taken, the step to the next one, and how many there are. */
  readonly begin: number;
  readonly stride: number;
  readonly count: number;
}

const isSet = (mask: number, bit: number): boolean => (mask & (1 << bit)) !== 0;

/**
 * What TFLite means by begins, ends, strides and masks, worked out here: TensorFlow.js reads a negative place of a dimension
 * that is dropped as one before the first.
 */
export function stridedSlice(call: OpCall): tf.Tensor {
  const { begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask, offset } = call.options('StridedSliceOptions');
  const value = call.input(0);
  const [begins, ends, strides] = [call.integers(1), call.integers(2), call.integers(3)];
  const own = begins.filter((_, entry) => !isSet(new_axis_mask, entry) && !isSet(ellipsis_mask, entry)).length;
  const cuts: Cut[] = [];
  const shape: number[] = [];
  const whole = (size: number): void => {
    cuts.push({ begin: 0, stride: 1, count: size });
    shape.push(size);
  };
  begins.forEach((stated, entry) => {
    const size = value.shape[cuts.length] ?? 1;
    if (isSet(ellipsis_mask, entry)) {
      for (let left = value.rank - own; left > 0; left--) whole(value.shape[cuts.length] ?? 1);
    } else if (isSet(new_axis_mask, entry)) {
      shape.push(1);
    } else if (isSet(shrink_axis_mask, entry)) {
      const place = stated < 0 ? stated + size : stated;
      if (place < 0 || place >= size) call.refuse(text.kernels.element(stated, size));
      cuts.push({ begin: place, stride: 1, count: 1 });
    } else {
      const stride = strides[entry] ?? 1;
      if (stride === 0) call.refuse(text.kernels.strideOf0);
      const [low, high] = stride > 0 ? [0, size] : [-1, size - 1];
      const clamp = (place: number): number => Math.max(low, Math.min(high, place < 0 ? place + size : place));
      const begin = isSet(begin_mask, entry) ? (stride > 0 ? low : high) : clamp(stated);
      const end = isSet(end_mask, entry) ? (stride > 0 ? high : low) : clamp(offset ? stated + (ends[entry] ?? 0) : ends[entry] ?? 0);
      const count = Math.max(0, Math.ceil((end - begin) / stride));
      cuts.push({ begin, stride, count });
      shape.push(count);
    }
  });
  while (cuts.length < value.rank) whole(value.shape[cuts.length] ?? 1);
  const backwards = cuts.flatMap(({ stride }, axis) => (stride < 0 ? [axis] : []));
  const forwards = backwards.length === 0 ? value : tf.reverse(value, backwards);
  const first = cuts.map(({ begin, stride }, axis) => (stride < 0 ? (value.shape[axis] ?? 1) - 1 - begin : begin));
  if (cuts.some(({ count }) => count === 0)) return tf.tensor([], shape, value.dtype);
  const last = cuts.map(({ stride, count }, axis) => (first[axis] ?? 0) + (count - 1) * Math.abs(stride) + 1);
  return tf.reshape(tf.stridedSlice(forwards, first, last, cuts.map(({ stride }) => Math.abs(stride))), shape);
}
