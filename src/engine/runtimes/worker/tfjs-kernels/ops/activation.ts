import * as tf from '@tensorflow/tfjs-core';
import type { OpCall } from '../op-call';
import { engine as text } from '../../../../../messages/engine';

/** The activation that a converter has folded into an op. */
export type FusedActivation = 'NONE' | 'RELU' | 'RELU_N1_TO_1' | 'RELU6' | 'TANH' | 'SIGN_BIT';

const functions: { readonly [Name in FusedActivation]?: (value: tf.Tensor) => tf.Tensor } = {
  NONE: (value) => value,
  RELU: (value) => tf.relu(value),
  RELU6: (value) => tf.clipByValue(value, 0, 6),
  RELU_N1_TO_1: (value) => tf.clipByValue(value, -1, 1),
  TANH: (value) => tf.tanh(value),
};

/** Applies a fused activation. @throws LitescopeError MODEL_REFUSED for SIGN_BIT, which runtimes refuse too */
export function activate(call: OpCall, value: tf.Tensor, activation: FusedActivation = 'NONE'): tf.Tensor {
  const apply = functions[activation];
  return apply === undefined ? call.refuse(text.kernels.unknownActivation(activation)) : apply(value);
}

/** What TensorFlow.js' fused kernels do themselves; the rest is applied to their result. */
export function fusedPart(activation: FusedActivation): 'relu' | 'relu6' | undefined {
  return activation === 'RELU' ? 'relu' : activation === 'RELU6' ? 'relu6' : undefined;
}
