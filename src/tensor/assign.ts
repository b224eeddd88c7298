import { LitescopeError } from '../errors';
import { formatReal } from '../messages/format';
import { tensor as text } from '../messages/tensor';
import { elementCount, type ValueDType } from './dtype';
import { encodeReals, integerRanges, roundHalfAway } from './encode';
import { fromFloat16Bits, toFloat16Bits } from './float16';
import type { NpyArray } from './npy';
import type { Quantization } from './quantization';
import { affineQuantization, bytesPerElement, quantizedRuns, realValues, viewOf, type TensorView } from './values';

/** The tensor that values are put into; `view` shows its elements, as many as `shape` holds. */
export interface AssignmentTarget {
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
}

/**
 * Puts an array from a `.npy` file into a tensor. The number of elements must agree, the dimensions need not.
 * Equal types are copied as they are stored. Floats are quantized where the tensor is (saturating). Everything else
 * must keep its value: whole numbers within the type's range, 0 and 1 for bool; integers for a quantized
 * tensor of another integer type count as stored values. Floats may be rounded to a narrower float.
 *
 * @param view the tensor's elements as `viewOf` shows them
 * @throws LitescopeError INVALID_INPUT with both shapes, or with the first element that does not fit (those before it
 *   are written by then); INVALID_QUANTIZATION
 */
export function assignNpy(target: AssignmentTarget, view: TensorView, array: NpyArray): void {
  if (elementCount(array.shape) !== elementCount(target.shape)) {
    throw new LitescopeError('INVALID_INPUT', text.otherForm(describe(array), describe(target)));
  }
  if (array.dtype === target.dtype) {
    bytesOf(view).set(new Uint8Array(array.data));
    return;
  }
  const fromFloat = array.dtype === 'float32' || array.dtype === 'float16' || array.dtype === 'float64';
  if (fromFloat && affineQuantization(target.dtype, target.quantization) !== undefined) {
    const reals = realValues(array);
    encodeReals(view, target.dtype, target.quantization, target.shape, (index) => reals[index] ?? NaN);
    return;
  }
  const source = array.dtype === 'int64' || array.dtype === 'uint64' ? viewOf(array.dtype, array.data) : realValues(array);
  for (let index = 0; index < source.length; index++) {
    const value = source[index] ?? 0;
    if (!store(view, target.dtype, index, value, fromFloat)) {
      throw new LitescopeError('INVALID_INPUT', text.cannotHold(index, String(value), target.dtype));
    }
  }
}

/**
 * Puts raw little-endian elements of the tensor's own type into it.
 *
 * @param view the tensor's elements as `viewOf` shows them
 * @throws LitescopeError INVALID_INPUT when there are not exactly as many bytes as the tensor has
 */
export function assignRaw(target: AssignmentTarget, view: TensorView, bytes: ArrayBuffer): void {
  const expected = elementCount(target.shape) * bytesPerElement(target.dtype);
  if (bytes.byteLength !== expected) {
    throw new LitescopeError('INVALID_INPUT', text.otherSize(bytes.byteLength, describe(target), expected));
  }
  bytesOf(view).set(new Uint8Array(bytes));
  if (target.dtype === 'bool') for (let index = 0; index < view.length; index++) view[index] = view[index] === 0 ? 0 : 1;
}

/**
 * Puts real numbers into a tensor: quantized by its scale and zero point where it has them, rounded to floats of its type.
 * Nothing saturates: what a person types is to arrive as it was typed, to half a step.
 *
 * @param view the tensor's elements as `viewOf` shows them
 * @throws LitescopeError WRONG_VALUE_COUNT, VALUE_OUT_OF_RANGE with the first value that the tensor cannot hold, INVALID_QUANTIZATION
 */
export function assignValues(target: AssignmentTarget, view: TensorView, values: readonly number[]): void {
  const expected = elementCount(target.shape);
  if (values.length !== expected) throw new LitescopeError('WRONG_VALUE_COUNT', text.otherCount(values.length, describe(target), expected));
  const affine = affineQuantization(target.dtype, target.quantization);
  if (affine === undefined) {
    values.forEach((value, index) => {
      if (!store(view, target.dtype, index, value, true)) throw new LitescopeError('VALUE_OUT_OF_RANGE', text.typeCannotHold(index + 1, String(value), target.dtype));
    });
    return;
  }
  const { min, max } = integerRanges[target.dtype] ?? { min: 0n, max: 0n };
  for (const { start, length, scale, zeroPoint } of quantizedRuns(target.shape, affine)) {
    const [lowest, highest] = [(Number(min) - zeroPoint) * scale, (Number(max) - zeroPoint) * scale];
    for (let index = start; index < start + length; index++) {
      const value = values[index] ?? NaN;
      const stored = roundHalfAway(value / scale) + zeroPoint;
      if (!(stored >= Number(min) && stored <= Number(max))) throw new LitescopeError('VALUE_OUT_OF_RANGE', text.beyond(index + 1, String(value), formatReal(lowest), formatReal(highest)));
    }
  }
  encodeReals(view, target.dtype, target.quantization, target.shape, (index) => values[index] ?? NaN);
}

/** Stores a value unless that would change it; says whether it did. */
function store(view: TensorView, dtype: ValueDType, index: number, value: number | bigint, mayRound: boolean): boolean {
  const range = integerRanges[dtype];
  if (range !== undefined) {
    // Comparing a number with a bigint is exact, whatever their sizes.
    if ((typeof value === 'number' && !Number.isInteger(value)) || value < range.min || value > range.max) return false;
    if (view instanceof BigInt64Array || view instanceof BigUint64Array) view[index] = BigInt(value);
    else view[index] = Number(value);
    return true;
  }
  if (view instanceof BigInt64Array || view instanceof BigUint64Array) return false;
  const real = Number(value);
  if (dtype === 'bool') {
    view[index] = real;
    return real === 0 || real === 1;
  }
  view[index] = dtype === 'float16' ? toFloat16Bits(real) : real;
  const stored = dtype === 'float16' ? fromFloat16Bits(view[index] ?? 0) : (view[index] ?? NaN);
  if (mayRound) return Number.isFinite(stored) || !Number.isFinite(real);
  return typeof value === 'bigint' ? Number.isFinite(stored) && BigInt(stored) === value : stored === value;
}

function bytesOf(view: TensorView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function describe({ dtype, shape }: { readonly dtype: ValueDType; readonly shape: readonly number[] }): string {
  return `${dtype}[${shape.join(', ')}]`;
}
