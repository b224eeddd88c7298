import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceHistogram, ErrorAccumulator, errorMetrics } from './metrics';

describe('errorMetrics', () => {
  it('gives the figures of a pair that is reckoned by hand', () => {
    // Differences 0, 1, −1, 2: squares 6.
    const metrics = errorMetrics([1, 2, 3, 4], [1, 3, 2, 6]);
    expect(metrics).toEqual({
      count: 4, notFinite: 0, mse: 1.5, rmse: Math.sqrt(1.5), max_abs: 2, mean_abs: 1, mean_error: 0.5,
      cosine: expect.closeTo(37 / Math.sqrt(30 * 50), 14), sqnr_db: expect.closeTo(10 * Math.log10(30 / 6), 12), psnr_db: expect.closeTo(10 * Math.log10(9 / 1.5), 12),
    });
  });

  it('agrees with sums taken one after the other in double precision', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });
    fc.assert(fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 200 }), (pairs) => {
      const reference = Float32Array.from(pairs, ([wanted]) => wanted);
      const values = Float32Array.from(pairs, ([, got]) => got);
      const differences = pairs.map(([wanted, got]) => got - wanted);
      const mse = differences.reduce((sum, d) => sum + d * d, 0) / pairs.length;
      const metrics = errorMetrics(reference, values);
      expect(metrics.mse).toBeCloseTo(mse, 6);
      expect(metrics.max_abs).toBe(Math.max(...differences.map(Math.abs)));
      expect(metrics.mean_abs).toBeCloseTo(differences.reduce((sum, d) => sum + Math.abs(d), 0) / pairs.length, 6);
      expect(metrics.cosine).toBeLessThanOrEqual(1);
      expect(metrics.cosine).toBeGreaterThanOrEqual(-1);
    }));
  });

  it('adds pairs up as if they were one', () => {
    const accumulator = new ErrorAccumulator();
    accumulator.add([1, 2], [1.5, 2]);
    accumulator.add([3], [2]);
    expect(accumulator.metrics()).toEqual(errorMetrics([1, 2, 3], [1.5, 2, 2]));
  });

  it('has an answer where there is no error, no signal or nothing', () => {
    expect(errorMetrics([1, 2], [1, 2])).toMatchObject({ mse: 0, sqnr_db: Infinity, psnr_db: Infinity, cosine: 1 });
    expect(errorMetrics([0, 0], [0, 0])).toMatchObject({ mse: 0, cosine: 1, sqnr_db: Infinity });
    expect(errorMetrics([0, 0], [1, 0])).toMatchObject({ cosine: 0, sqnr_db: -Infinity });
    expect(errorMetrics([], [])).toMatchObject({ count: 0, mse: NaN, cosine: NaN, max_abs: NaN });
  });

  it('counts what is not finite and keeps it out of the sums', () => {
    expect(errorMetrics([1, NaN, Infinity, Infinity], [1, 1, Infinity, 3])).toMatchObject({ count: 1, notFinite: 2, mse: 0 });
  });

  it('refuses lengths that differ', () => {
    expect(() => errorMetrics([1], [1, 2])).toThrow(RangeError);
  });
});

describe('differenceHistogram', () => {
  it('puts equal values into the middle and the greatest differences at the ends', () => {
    expect(differenceHistogram([0, 0, 0, 0], [0, -1, 1, 0.1], 5)).toEqual({ from: -1, to: 1, counts: [1, 0, 2, 0, 1] });
    expect(differenceHistogram([1, 1], [1, 1], 3)).toEqual({ from: -0, to: 0, counts: [0, 2, 0] });
  });

  it('counts every finite pair once', () => {
    fc.assert(fc.property(fc.array(fc.float(), { maxLength: 100 }), fc.constantFrom(1, 3, 41), (values, bins) => {
      const { counts } = differenceHistogram(values.map(() => 1), values, bins);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.filter(Number.isFinite).length);
    }));
  });
});
