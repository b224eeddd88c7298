import { innerElements } from '../rewrite/weights';
import type { QuantizedWeights } from './weights';

/**
 * The bias that takes out the mean error which rounded weights cause: in each output channel the weights' errors, times
 * what their inputs are on average, add up to a shift that every result has (Nagel et al. 2019, "Data-free quantization
 * through weight equalization and bias correction"; here with measured means). Borders count as if inputs went on.
 *
 * @param weights real values, output channels along the quantized dimension, input channels along the last one; of a
 *   depthwise convolution the last dimension is both
 * @param mean of each input channel
 */
export function correctedBias(bias: ArrayLike<number>, weights: ArrayLike<number>, quantized: QuantizedWeights, shape: readonly number[], mean: ArrayLike<number>): Float64Array {
  const { integers, scale, dimension } = quantized;
  const outputs = shape[dimension] ?? 1;
  const inner = innerElements(shape, dimension);
  const last = shape.at(-1) ?? 1;
  const depthwise = dimension === shape.length - 1 && shape.length > 1;
  const corrected = Float64Array.from(bias);
  for (let index = 0; index < integers.length; index++) {
    const output = Math.floor(index / inner) % outputs;
    // Each input channel of a depthwise convolution feeds as many output channels in a row.
    const input = depthwise ? Math.floor((output * mean.length) / outputs) : (index % last) % mean.length;
    const error = (integers[index] ?? 0) * (scale[scale.length === 1 ? 0 : output] ?? 1) - (weights[index] ?? 0);
    corrected[output] = (corrected[output] ?? 0) - error * (mean[input] ?? 0);
  }
  return corrected;
}
