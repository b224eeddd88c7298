import * as tf from '@tensorflow/tfjs-core';
import type { KernelEntry } from '../op-call';

type Reduction = (value: tf.Tensor, axes: number[], keepDimensions: boolean) => tf.Tensor;

/** Over the axes in the second operand; of all for a scalar's. */
function reduce(apply: Reduction): KernelEntry {
  return {
    run(call) {
      const value = call.input(0);
      const { keep_dims } = call.options('ReducerOptions');
      const axes = [...new Set(call.integers(1).map((axis) => (axis < 0 ? axis + value.rank : axis)))];
      return axes.length === 0 ? tf.clone(value) : apply(value, axes, keep_dims);
    },
  };
}

function index(apply: (value: tf.Tensor, axis: number) => tf.Tensor): KernelEntry {
  return { run: (call) => apply(call.input(0), call.integer(1)) };
}

export const reductions = {
  MEAN: reduce((value, axes, keep) => (value.dtype === 'int32' ? tf.cast(tf.mean(value, axes, keep), 'int32') : tf.mean(value, axes, keep))),
  SUM: reduce((value, axes, keep) => tf.sum(value, axes, keep)),
  REDUCE_PROD: reduce((value, axes, keep) => tf.prod(value, axes, keep)),
  REDUCE_MAX: reduce((value, axes, keep) => tf.max(value, axes, keep)),
  REDUCE_MIN: reduce((value, axes, keep) => tf.min(value, axes, keep)),
  REDUCE_ANY: reduce((value, axes, keep) => tf.any(value, axes, keep)),
  REDUCE_ALL: reduce((value, axes, keep) => tf.all(value, axes, keep)),
  ARG_MAX: index((value, axis) => tf.argMax(value, axis)),
  ARG_MIN: index((value, axis) => tf.argMin(value, axis)),
  TOPK_V2: {
    run(call) {
      const { values, indices } = tf.topk(call.input(0), call.integer(1), true);
      return [values, indices];
    },
  },
  CUMSUM: {
    run(call) {
      const { exclusive = false, reverse = false } = call.optionalOptions('CumsumOptions');
      return tf.cumsum(call.input(0), call.integer(1), exclusive, reverse);
    },
  },
} as const satisfies Readonly<Record<string, KernelEntry>>;
