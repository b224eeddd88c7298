import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DifferenceCounter } from './difference-histogram';

const zeros = (values: readonly number[]): number[] => values.map(() => 0);

function counted(...runs: readonly (readonly number[])[]) {
  const counter = new DifferenceCounter();
  for (const values of runs) counter.add(zeros(values), values);
  return counter.result();
}

describe('DifferenceCounter', () => {
  it('puts differences beside zero into bins that are symmetric around it', () => {
    // The greatest difference, 40, sets the width of a bin to 1.
    const { from, to, counts } = counted([0, 0.4, -0.4, 1, 1.4, -2, 40]);
    expect([from, to]).toEqual([-40.5, 40.5]);
    expect(counts).toHaveLength(81);
    expect([counts[38], counts[39], counts[40], counts[41], counts[80]]).toEqual([1, 0, 3, 2, 1]);
  });

  it('makes one bin of three when a later difference lies beyond them', () => {
    // Bins of 1 become bins of 3: −1, 0, 1 are the middle one, 2 and 3 the next.
    const { from, to, counts } = counted([-1, 0, 1, 2, 3, 40], [100]);
    expect([from, to]).toEqual([-33.5 * 3, 33.5 * 3]);
    expect(counts).toHaveLength(67);
    expect([counts[33], counts[34], counts[33 + 13], counts[33 + 33]]).toEqual([3, 2, 1, 1]);
  });

  it('has one bin without width for values that are equal, and leaves out what is no number', () => {
    expect(counted([0, 0, 0])).toEqual({ from: -0, to: 0, counts: [3] });
    expect(counted([NaN, Infinity, 0])).toEqual({ from: -0, to: 0, counts: [1] });
    expect(() => { new DifferenceCounter().add([1], [1, 2]); }).toThrow(RangeError);
  });

  it('counts what a look at all differences at once counts in its bins, whatever order they came in', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    fc.assert(fc.property(fc.array(fc.array(value, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 }), (runs) => {
      const { from, to, counts } = counted(...runs);
      const all = runs.flat();
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      const width = (to - from) / counts.length;
      const slack = width * 1e-9;
      counts.forEach((count, bin) => {
        const [least, most] = [from + bin * width, from + (bin + 1) * width];
        const surely = all.filter((each) => each > least + slack && each < most - slack).length;
        const perhaps = all.filter((each) => each >= least - slack && each <= most + slack).length;
        expect(count).toBeGreaterThanOrEqual(surely);
        expect(count).toBeLessThanOrEqual(perhaps);
      });
    }));
  });
});
