import { describe, expect, it } from 'vitest';
import { outputDifferences } from './difference';

const output = (values: readonly number[], shape: readonly number[] = [values.length]) => ({ name: 'y', dtype: 'float32' as const, shape, data: Float32Array.from(values).buffer });

describe('outputDifferences', () => {
  it('tells what is the same bit by bit, values that are no numbers too', () => {
    expect(outputDifferences([output([1, NaN, -0])], [output([1, NaN, -0])])).toEqual([{ name: 'y', forms: null, equal: true, elements: 3, differing: 0, greatest: 0, mean: 0, relative: 0, first: null }]);
  });

  it('tells how far outputs are apart, as a share of their range with 0, and where first', () => {
    const [difference] = outputDifferences([output([1, 2, 3, -1], [2, 2])], [output([1, 2.5, 2, -1], [2, 2])]);
    expect(difference).toEqual({ name: 'y', forms: null, equal: false, elements: 4, differing: 2, greatest: 1, mean: 1.5 / 4, relative: 0.25, first: [0, 1] });
  });

  it('takes 0 and −0 for different bits of the same number', () => {
    expect(outputDifferences([output([0])], [output([-0])])[0]).toMatchObject({ equal: false, differing: 1, greatest: 0, relative: 0, first: [0] });
  });

  it('compares quantized outputs by what they stand for', () => {
    const stored = (value: number) => ({ name: 'y', dtype: 'int8' as const, shape: [1], quantization: { scale: [0.5], zeroPoint: [0], dimension: 0 }, data: Int8Array.of(value).buffer });
    expect(outputDifferences([stored(4)], [stored(5)])[0]).toMatchObject({ greatest: 0.5, relative: 0.2 });
  });

  it('knows no distance to what is no number', () => {
    expect(outputDifferences([output([1])], [output([NaN])])[0]).toMatchObject({ greatest: Infinity, differing: 1 });
  });

  it('names other forms, and outputs that are not there', () => {
    expect(outputDifferences([output([1, 2])], [output([1, 2], [1, 2])])[0]?.forms).toEqual({ saved: 'float32[2]', now: 'float32[1, 2]' });
    expect(outputDifferences([output([1, 2])], [])[0]?.forms).toEqual({ saved: 'float32[2]', now: null });
  });
});
