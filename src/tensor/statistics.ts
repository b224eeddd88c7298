import { realValues, type ValueTensor } from './values';

export interface TensorStatistics {
  /** Over finite, dequantised values; null when there are none. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly notFinite: number;
}

/**
 * Range and mean of a tensor's real values, and how many are infinite or not numbers (those count for nothing else).
 *
 * @throws LitescopeError INVALID_INPUT when the data are not as long as the shape says, INVALID_QUANTIZATION
 */
export function tensorStatistics(tensor: ValueTensor): TensorStatistics {
  const values = realValues(tensor);
  let min = Infinity;
  let max = -Infinity;
  let mean = 0;
  let finite = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    finite++;
    if (value < min) min = value;
    if (value > max) max = value;
    // A running mean, because the sum of large values can overflow where their mean does not.
    mean += value / finite - mean / finite;
  }
  const notFinite = values.length - finite;
  return finite === 0 ? { min: null, max: null, mean: null, notFinite } : { min, max, mean, notFinite };
}
