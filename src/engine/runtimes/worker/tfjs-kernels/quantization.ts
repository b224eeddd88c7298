import * as tf from '@tensorflow/tfjs-core';
import { affineQuantization } from '../../../../tensor/values';
import { integerRanges } from '../../../../tensor/encode';
import { isValueDType } from '../../../../tensor/dtype';
import { scaleDimension, type Quantization } from '../../../../tensor/quantization';
import type { Tensor } from '../../../../tflite/format/model';

/** The quantization that a tensor's values follow; undefined for floats, bools and plain integers. */
export function quantizationOf(tensor: Pick<Tensor, 'dtype' | 'quantization'>): Quantization | undefined {
  return isValueDType(tensor.dtype) ? affineQuantization(tensor.dtype, tensor.quantization ?? undefined) : undefined;
}

/** Whether two tensors store the same real numbers as the same integers. */
export function sameQuantization(one: Pick<Tensor, 'dtype' | 'quantization'>, other: Pick<Tensor, 'dtype' | 'quantization'>): boolean {
  const [first, second] = [quantizationOf(one), quantizationOf(other)];
  if (first === undefined || second === undefined) return first === second;
  return one.dtype === other.dtype && first.scale.length === 1 && second.scale.length === 1
    && first.scale[0] === second.scale[0] && (first.zeroPoint[0] ?? 0) === (second.zeroPoint[0] ?? 0);
}

/**
 * The nearest real numbers that a quantized tensor can hold: halves to the even integer, as XNNPACK's kernels round,
 * and saturated at the ends of the type. This is where an op's result loses what its integers cannot hold.
 *
 * @param real float32, of any shape that the quantized dimension fits
 */
export function toGrid(real: tf.Tensor, tensor: Pick<Tensor, 'dtype' | 'quantization'>): tf.Tensor {
  const quantization = quantizationOf(tensor);
  const range = isValueDType(tensor.dtype) ? integerRanges[tensor.dtype] : undefined;
  if (quantization === undefined || range === undefined) return real;
  const [low, high] = [Number(range.min), Number(range.max)];
  if (quantization.scale.length === 1) {
    const [scale = 1] = quantization.scale;
    const [zeroPoint = 0] = quantization.zeroPoint;
    return tf.mul(tf.clipByValue(tf.round(tf.div(real, scale)), low - zeroPoint, high - zeroPoint), scale);
  }
  const along = real.shape.map((_, dimension) => (dimension === scaleDimension(quantization, real.shape) ? -1 : 1));
  const scale = tf.reshape(tf.tensor1d(Float32Array.from(quantization.scale)), along);
  const zeroPoints = quantization.scale.map((_, channel) => quantization.zeroPoint[quantization.zeroPoint.length === 1 ? 0 : channel] ?? 0);
  const zeroPoint = tf.reshape(tf.tensor1d(Float32Array.from(zeroPoints)), along);
  const steps = tf.clipByValue(tf.add(tf.round(tf.div(real, scale)), zeroPoint), low, high);
  return tf.mul(tf.sub(steps, zeroPoint), scale);
}
