import * as tf from '@tensorflow/tfjs-core';
import type { KernelEntry, OpCall } from '../op-call';
import { activate } from './activation';
import { engine as text } from '../../../../../messages/engine';

type Unary = (value: tf.Tensor) => tf.Tensor;
type Binary = (one: tf.Tensor, other: tf.Tensor) => tf.Tensor;

const each = (apply: Unary): KernelEntry => ({ run: (call) => apply(call.input(0)) });
const pair = (apply: Binary): KernelEntry => ({ run: (call) => apply(call.input(0), call.input(1)) });

type Arithmetic = 'AddOptions' | 'SubOptions' | 'MulOptions' | 'DivOptions';
/** Two operands and a fused activation. */
function arithmetic(table: Arithmetic, apply: Binary): KernelEntry {
  return {
    run: (call) => activate(call, apply(call.input(0), call.input(1)), call.optionalOptions(table).fused_activation_function),
  };
}

/** A quotient; of integers, cut off towards zero as C does. */
function divide(one: tf.Tensor, other: tf.Tensor): tf.Tensor {
  if (one.dtype !== 'int32') return tf.div(one, other);
  return elementwiseOnHost(one, other, (a, b) => Math.trunc(a / b));
}

/** Integers that TensorFlow.js has no kernel for, computed here: their operands broadcast. */
function elementwiseOnHost(one: tf.Tensor, other: tf.Tensor, apply: (a: number, b: number) => number): tf.Tensor {
  const shape = broadcast(one.shape, other.shape);
  const [a, b] = [tf.broadcastTo(one, shape).dataSync(), tf.broadcastTo(other, shape).dataSync()];
  return tf.tensor(Int32Array.from(a, (value, index) => apply(value, b[index] ?? 0)), shape, 'int32');
}

function broadcast(one: readonly number[], other: readonly number[]): number[] {
  const rank = Math.max(one.length, other.length);
  const sizeOf = (shape: readonly number[], dimension: number): number => shape[dimension - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, dimension) => {
    const [first, second] = [sizeOf(one, dimension), sizeOf(other, dimension)];
    return first === 1 ? second : first;
  });
}

/** Gaussian error linear unit, by the error function or by the usual approximation with tanh. */
function gelu(value: tf.Tensor, approximate: boolean): tf.Tensor {
  const gate = approximate
    ? tf.tanh(tf.mul(tf.add(value, tf.mul(tf.mul(tf.square(value), value), 0.044715)), Math.sqrt(2 / Math.PI)))
    : tf.erf(tf.mul(value, Math.SQRT1_2));
  return tf.mul(tf.mul(value, 0.5), tf.add(gate, 1));
}

function hardSwish(value: tf.Tensor): tf.Tensor {
  return tf.mul(value, tf.div(tf.clipByValue(tf.add(value, 3), 0, 6), 6));
}

function logSoftmax(value: tf.Tensor): tf.Tensor {
  const shifted = tf.sub(value, tf.max(value, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
}

/** Over the last dimension, as TFLite normalises. */
function l2Normalise(value: tf.Tensor): tf.Tensor {
  return tf.div(value, tf.sqrt(tf.maximum(tf.sum(tf.square(value), -1, true), 1e-6)));
}

/** Quantizes to `num_bits` steps whose range is moved so that zero is one of them, as training does. */
function fakeQuantize(call: OpCall): tf.Tensor {
  const { min, max, num_bits, narrow_range } = call.options('FakeQuantOptions');
  const [low, high] = [narrow_range ? 1 : 0, 2 ** num_bits - 1];
  const scale = (max - min) / (high - low);
  if (!(scale > 0)) return call.refuse(text.kernels.range(min, max));
  const zeroPoint = Math.min(high, Math.max(low, Math.round(low - min / scale)));
  const [least, greatest] = [(low - zeroPoint) * scale, (high - zeroPoint) * scale];
  const shifted = tf.div(tf.sub(tf.clipByValue(call.input(0), least, greatest), least), scale);
  return tf.add(tf.mul(tf.floor(tf.add(shifted, 0.5)), scale), least);
}

const wholeRanges: { readonly [dtype: string]: readonly [least: number, steps: number] | undefined } = {
  int8: [-128, 256], uint8: [0, 256], int16: [-32768, 65536], uint16: [0, 65536],
};

/** Between element types: floats are cut off towards zero, integers wrap around where the new type is narrower. */
function cast(call: OpCall): tf.Tensor {
  const value = call.input(0);
  const held = call.outputType();
  if (held !== 'int32') return tf.cast(value, held);
  const whole = tf.cast(value, 'int32');
  const range = wholeRanges[call.output().dtype];
  if (range === undefined) return whole;
  const [least, steps] = range;
  return elementwiseOnHost(whole, tf.scalar(0, 'int32'), (number) => ((((number - least) % steps) + steps) % steps) + least);
}

function select(call: OpCall): tf.Tensor {
  const [condition, one, other] = [call.input(0), call.input(1), call.input(2)];
  // SELECT takes a condition for each row, too, where SELECT_V2 broadcasts from the last dimension on.
  const byRow = condition.rank === 1 && one.rank > 1 && condition.shape[0] === one.shape[0];
  return tf.where(byRow ? tf.reshape(condition, [condition.size, ...one.shape.slice(1).map(() => 1)]) : condition, one, other);
}

export const elementwise = {
  ADD: arithmetic('AddOptions', (a, b) => tf.add(a, b)),
  SUB: arithmetic('SubOptions', (a, b) => tf.sub(a, b)),
  MUL: arithmetic('MulOptions', (a, b) => tf.mul(a, b)),
  DIV: arithmetic('DivOptions', divide),
  ADD_N: { run: (call) => tf.addN(call.inputs()) },
  MAXIMUM: pair((a, b) => tf.maximum(a, b)),
  MINIMUM: pair((a, b) => tf.minimum(a, b)),
  POW: pair((a, b) => tf.pow(a, b)),
  ATAN2: pair((a, b) => tf.atan2(a, b)),
  SQUARED_DIFFERENCE: pair((a, b) => tf.squaredDifference(a, b)),
  FLOOR_DIV: pair((a, b) => (a.dtype === 'int32' ? elementwiseOnHost(a, b, (x, y) => Math.floor(x / y)) : tf.floor(tf.div(a, b)))),
  FLOOR_MOD: pair((a, b) => (a.dtype === 'int32' ? elementwiseOnHost(a, b, (x, y) => ((x % y) + y) % y) : tf.sub(a, tf.mul(tf.floor(tf.div(a, b)), b)))),
  BITWISE_XOR: pair((a, b) => elementwiseOnHost(a, b, (x, y) => x ^ y)),
  RIGHT_SHIFT: pair((a, b) => elementwiseOnHost(a, b, (x, y) => x >> y)),
  PRELU: pair((value, alpha) => tf.prelu(value, alpha)),

  EQUAL: pair((a, b) => tf.equal(a, b)),
  NOT_EQUAL: pair((a, b) => tf.notEqual(a, b)),
  LESS: pair((a, b) => tf.less(a, b)),
  LESS_EQUAL: pair((a, b) => tf.lessEqual(a, b)),
  GREATER: pair((a, b) => tf.greater(a, b)),
  GREATER_EQUAL: pair((a, b) => tf.greaterEqual(a, b)),
  LOGICAL_AND: pair((a, b) => tf.logicalAnd(a, b)),
  LOGICAL_OR: pair((a, b) => tf.logicalOr(a, b)),
  LOGICAL_NOT: each((value) => tf.logicalNot(value)),
  SELECT: { run: select },
  SELECT_V2: { run: (call) => tf.where(call.input(0), call.input(1), call.input(2)) },

  ABS: each((value) => tf.abs(value)),
  NEG: each((value) => tf.neg(value)),
  SIGN: each((value) => tf.sign(value)),
  CEIL: each((value) => tf.ceil(value)),
  FLOOR: each((value) => tf.floor(value)),
  ROUND: each((value) => tf.round(value)),
  EXP: each((value) => tf.exp(value)),
  LOG: each((value) => tf.log(value)),
  SQRT: each((value) => tf.sqrt(value)),
  RSQRT: each((value) => tf.rsqrt(value)),
  SQUARE: each((value) => tf.square(value)),
  SIN: each((value) => tf.sin(value)),
  COS: each((value) => tf.cos(value)),
  ZEROS_LIKE: each((value) => tf.zerosLike(value)),

  RELU: each((value) => tf.relu(value)),
  RELU6: each((value) => tf.clipByValue(value, 0, 6)),
  RELU_N1_TO_1: each((value) => tf.clipByValue(value, -1, 1)),
  RELU_0_TO_1: each((value) => tf.clipByValue(value, 0, 1)),
  LEAKY_RELU: { run: (call) => tf.leakyRelu(call.input(0), call.options('LeakyReluOptions').alpha) },
  ELU: each((value) => tf.elu(value)),
  GELU: { run: (call) => gelu(call.input(0), call.optionalOptions('GeluOptions').approximate ?? false) },
  HARD_SWISH: each(hardSwish),
  LOGISTIC: each((value) => tf.sigmoid(value)),
  TANH: each((value) => tf.tanh(value)),
  SOFTMAX: { run: (call) => tf.softmax(scaled(call.input(0), call.options('SoftmaxOptions').beta)) },
  LOG_SOFTMAX: each(logSoftmax),
  L2_NORMALIZATION: { run: (call) => activate(call, l2Normalise(call.input(0)), call.optionalOptions('L2NormOptions').fused_activation_function) },
  LOCAL_RESPONSE_NORMALIZATION: {
    run(call) {
      const { radius, bias, alpha, beta } = call.options('LocalResponseNormalizationOptions');
      return tf.localResponseNormalization(call.input(0) as tf.Tensor4D, radius, bias, alpha, beta);
    },
  },

  CAST: { run: cast },
  // Values are held dequantised: what remains is the caller's rounding to the result's own scale.
  QUANTIZE: each((value) => tf.clone(value)),
  DEQUANTIZE: each((value) => tf.clone(value)),
  DENSIFY: each((value) => tf.clone(value)),
  FAKE_QUANT: { run: fakeQuantize },
} as const satisfies Readonly<Record<string, KernelEntry>>;

function scaled(value: tf.Tensor, beta: number): tf.Tensor {
  return beta === 1 ? value : tf.mul(value, beta);
}
