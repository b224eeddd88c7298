import { LitescopeError } from '../errors';
import { tensor as text } from '../messages/tensor';
import { mulberry32 } from '../stats/random';
import type { ValueDType } from './dtype';
import { encodeReals } from './encode';
import type { Quantization } from './quantization';
import type { TensorView } from './values';

export interface RandomFill {
  /** Same seed, same values, on every device; used modulo 2³². */
  readonly seed: number;
  /** Real values are uniform from `min` to `max`, before quantization. */
  readonly min: number;
  readonly max: number;
}

/**
 * Fills a tensor with reproducible random values: quantized with the tensor's own scale and zero point when it has
 * them, rounded for plain integers, true above the middle of the range for bool. What the type cannot hold saturates.
 *
 * @param view the tensor's elements as `viewOf` shows them
 * @param shape needed only when scales run along a dimension
 * @throws LitescopeError INVALID_INPUT when the range is not finite or upside down, INVALID_QUANTIZATION
 */
export function fillRandom(view: TensorView, dtype: ValueDType, quantization: Quantization | undefined, { seed, min, max }: RandomFill, shape: readonly number[] = [view.length]): void {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) throw new LitescopeError('INVALID_INPUT', text.noRange(min, max));
  const random = mulberry32(seed);
  const value = (): number => {
    const fraction = random();
    return min * (1 - fraction) + max * fraction;
  };
  const middle = min / 2 + max / 2;
  encodeReals(view, dtype, quantization, shape, dtype === 'bool' ? () => (value() > middle ? 1 : 0) : value);
}

/**
 * Fills a tensor with the real value 0, which is the zero point where it is quantized.
 *
 * @param shape needed only when zero points run along a dimension
 * @throws LitescopeError INVALID_QUANTIZATION
 */
export function fillZeros(view: TensorView, dtype: ValueDType, quantization: Quantization | undefined, shape: readonly number[] = [view.length]): void {
  encodeReals(view, dtype, quantization, shape, () => 0);
}
