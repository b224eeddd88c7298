import { describe, expect, it } from 'vitest';
import type { OutputTensor } from '../../../vision/shared/types';
import { defaultTolerance, differenceOf, type Tolerance } from './differences';

const floats = (...values: number[]): OutputTensor => ({ name: 'x', dtype: 'float32', shape: [values.length], data: Float32Array.from(values).buffer });
const integers = (values: readonly number[], scale = 0.1): OutputTensor =>
  ({ name: 'q', dtype: 'int8', shape: [values.length], quantization: { scale: [scale], zeroPoint: [0], dimension: 0 }, data: Int8Array.from(values).buffer });

describe('differenceOf', () => {
  it('measures floats by the range that both have', () => {
    expect(differenceOf(floats(0, 4, 8), floats(0, 4, 8.5), defaultTolerance)).toEqual({ max_abs: 0.5, relative: 0.5 / 8.5, share_off: null, agrees: false });
    // One value has no range of its own, nor have values that are all alike but for rounding.
    expect(differenceOf(floats(0.5), floats(0.50001), defaultTolerance)).toMatchObject({ agrees: true });
    expect(differenceOf(floats(-8), floats(-7), defaultTolerance)).toMatchObject({ relative: 1 / 8, agrees: false });
    expect(differenceOf(floats(-1, 1), floats(-1, 1.001), defaultTolerance)).toMatchObject({ agrees: true });
    expect(differenceOf(floats(-1, 1), floats(-1, 1.003), defaultTolerance)).toMatchObject({ agrees: false });
  });

  it('calls the same values the same, constants too', () => {
    expect(differenceOf(floats(2, 2), floats(2, 2), defaultTolerance)).toEqual({ max_abs: 0, relative: 0, share_off: null, agrees: true });
    expect(differenceOf(floats(2, 2), floats(3, 3), defaultTolerance)).toMatchObject({ max_abs: 1, relative: 1 / 3, agrees: false });
    expect(differenceOf(floats(), floats(), defaultTolerance)).toMatchObject({ max_abs: 0, agrees: true });
  });

  it('never lets a value that is no number pass, unless both have it', () => {
    expect(differenceOf(floats(NaN, 1), floats(0, 1), defaultTolerance)).toMatchObject({ relative: Infinity, agrees: false });
    expect(differenceOf(floats(NaN, 1), floats(NaN, 1), defaultTolerance)).toMatchObject({ max_abs: 0, agrees: true });
    expect(differenceOf(floats(Infinity, 1), floats(0, 1), defaultTolerance)).toMatchObject({ max_abs: Infinity, agrees: false });
  });

  it('counts quantized values that are more than two steps apart', () => {
    const reference = new Array<number>(100).fill(0);
    const few: Tolerance = { relative: 1e-3, share_off: 0.01 };
    expect(differenceOf(integers(reference), integers(reference.with(0, 2)), defaultTolerance)).toMatchObject({ share_off: 0, agrees: true });
    expect(differenceOf(integers(reference), integers(reference.with(0, 3)), defaultTolerance)).toMatchObject({ share_off: 0.01, agrees: false });
    expect(differenceOf(integers(reference), integers(reference.with(0, 3)), few)).toMatchObject({ share_off: 0.01, agrees: true });
    expect(differenceOf(integers(reference), integers(reference.with(0, 3).with(5, -3)), few)).toMatchObject({ share_off: 0.02, agrees: false });
  });

  it('refuses tensors of different sizes', () => {
    expect(() => differenceOf(floats(1), floats(1, 2), defaultTolerance)).toThrow(RangeError);
  });
});
