import { LitescopeError } from '../errors';
import { tensor as text } from '../messages/tensor';
import { elementCount, type ValueDType } from './dtype';
import { toFloat16Bits } from './float16';
import type { Quantization } from './quantization';
import { affineQuantization, quantizedRuns, type TensorView } from './values';

/** Smallest and largest stored value of each integer type. */
export const integerRanges: { readonly [D in ValueDType]?: { readonly min: bigint; readonly max: bigint } } = {
  int8: { min: -(2n ** 7n), max: 2n ** 7n - 1n },
  uint8: { min: 0n, max: 2n ** 8n - 1n },
  int16: { min: -(2n ** 15n), max: 2n ** 15n - 1n },
  uint16: { min: 0n, max: 2n ** 16n - 1n },
  int32: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  uint32: { min: 0n, max: 2n ** 32n - 1n },
  int64: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
  uint64: { min: 0n, max: 2n ** 64n - 1n },
};

/**
 * Writes real numbers as the stored elements of a tensor: quantized where it has parameters, halves away from zero
 * as TFLite's own QUANTIZE rounds, and saturated at the ends of integer types. A bool is whether the number is not 0.
 *
 * @param view elements of `dtype`, as many as `shape` holds
 * @param realAt the real number for a flat index; called once for each index, in order
 * @throws LitescopeError INVALID_INPUT for a number that is NaN where an integer is stored, INVALID_QUANTIZATION
 */
export function encodeReals(view: TensorView, dtype: ValueDType, quantization: Quantization | undefined, shape: readonly number[], realAt: (index: number) => number): void {
  const affine = affineQuantization(dtype, quantization);
  const runs = affine === undefined ? [{ start: 0, length: elementCount(shape), scale: 1, zeroPoint: 0 }] : quantizedRuns(shape, affine);
  const store = storeOf(view, dtype);
  for (const { start, length, scale, zeroPoint } of runs) {
    for (let index = start; index < start + length; index++) {
      const real = realAt(index);
      store(index, integerRanges[dtype] === undefined ? real : roundHalfAway(real / scale) + zeroPoint);
    }
  }
}

function storeOf(view: TensorView, dtype: ValueDType): (index: number, value: number) => void {
  const range = integerRanges[dtype];
  if (view instanceof BigInt64Array || view instanceof BigUint64Array) {
    return (index, value) => {
      const { min, max } = range ?? { min: 0n, max: 0n };
      const number = checkedNumber(value, index);
      view[index] = number <= min ? min : number >= max ? max : BigInt(number);
    };
  }
  if (dtype === 'float16') return (index, value) => { view[index] = toFloat16Bits(value); };
  if (dtype === 'bool') return (index, value) => { view[index] = value === 0 ? 0 : 1; };
  if (range === undefined) return (index, value) => { view[index] = value; };
  const min = Number(range.min);
  const max = Number(range.max);
  return (index, value) => { view[index] = Math.min(Math.max(checkedNumber(value, index), min), max); };
}

function checkedNumber(value: number, index: number): number {
  if (Number.isNaN(value)) throw new LitescopeError('INVALID_INPUT', text.notANumber(index));
  return value;
}

/** The nearest whole number, halves away from zero, as TFLite rounds. */
export function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
