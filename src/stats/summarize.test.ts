import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogram, summarizeSamples } from './summarize';

const samples = fc.array(fc.double({ min: 0.001, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('summarizeSamples', () => {
  it('agrees with NumPy on a run with an outlier', () => {
    // np.percentile(r, [5, 50, 95]), r.mean(), r.std() of numpy 2.4
    const summary = summarizeSamples([2.81, 2.79, 2.85, 3.4, 2.8, 2.77, 9.2, 2.9, 2.83, 2.78]);
    expect(summary.min_ms).toBe(2.77);
    expect(summary.max_ms).toBe(9.2);
    expect(summary.avg_ms).toBeCloseTo(3.5130000000000003, 12);
    expect(summary.stddev_ms).toBeCloseTo(1.9039750523575667, 12);
    expect(summary.p5_ms).toBeCloseTo(2.7744999999999997, 12);
    expect(summary.median_ms).toBeCloseTo(2.8200000000000003, 12);
    expect(summary.p95_ms).toBeCloseTo(6.589999999999994, 12);
  });

  it('agrees with the published example of the interpolated percentile', () => {
    // Wikipedia, "Percentile", the linear interpolation between closest ranks, second variant (C = 1): 15, 20, 35, 40, 50.
    const summary = summarizeSamples([50, 15, 40, 20, 35]);
    expect([summary.p5_ms, summary.median_ms, summary.p95_ms]).toEqual([16, 35, 48]);
  });

  it('has no spread with one sample and no figures without any', () => {
    expect(summarizeSamples([3])).toEqual({ min_ms: 3, max_ms: 3, avg_ms: 3, stddev_ms: 0, p5_ms: 3, median_ms: 3, p95_ms: 3 });
    expect(Object.values(summarizeSamples([]))).toEqual(Array(7).fill(NaN));
  });

  it('orders its figures, and leaves the samples as they are', () => {
    fc.assert(fc.property(samples, (values) => {
      const before = [...values];
      const { min_ms, p5_ms, median_ms, p95_ms, max_ms, avg_ms, stddev_ms } = summarizeSamples(values);
      expect(values).toEqual(before);
      const ordered = [min_ms, p5_ms, median_ms, p95_ms, max_ms];
      expect(ordered).toEqual([...ordered].sort((left, right) => left - right));
      expect(avg_ms).toBeGreaterThanOrEqual(min_ms * (1 - 1e-12));
      expect(avg_ms).toBeLessThanOrEqual(max_ms * (1 + 1e-12));
      expect(stddev_ms).toBeLessThanOrEqual(((max_ms - min_ms) / 2) * (1 + 1e-9) + 1e-9);
    }));
  });
});

describe('histogram', () => {
  it('counts every sample once, in touching bins, never too many', () => {
    fc.assert(fc.property(samples, fc.integer({ min: 1, max: 40 }), (values, maximumBins) => {
      const bins = histogram(values, maximumBins);
      expect(bins.length).toBeGreaterThan(0);
      expect(bins.length).toBeLessThanOrEqual(maximumBins);
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
      expect(bins[0]?.from).toBe(Math.min(...values));
      expect(bins.at(-1)?.to).toBe(Math.max(...values));
      bins.slice(1).forEach(({ from }, index) => expect(from).toBe(bins[index]?.to));
    }));
  });

  it('gives one bin for identical samples, none without samples', () => {
    expect(histogram([2, 2, 2], 10)).toEqual([{ from: 2, to: 2, count: 3 }]);
    expect(histogram([], 10)).toEqual([]);
  });

  it('keeps an outlier from squeezing the others together', () => {
    const values = [...Array.from({ length: 99 }, (_, index) => 2 + index / 100), 500];
    const bins = histogram(values, 20);
    expect(bins.at(-1)).toMatchObject({ to: 500, count: 1 });
    expect(bins.length).toBeGreaterThan(3);
    expect(bins.slice(0, -1).every(({ from, to }) => to - from < 2)).toBe(true);
  });

  it('separates an outlier from otherwise identical samples', () => {
    expect(histogram([2, 2, 2, 2, 2, 9], 10)).toEqual([{ from: 2, to: 2, count: 5 }, { from: 2, to: 9, count: 1 }]);
  });

  it('counts by hand-checked bins', () => {
    expect(histogram([0, 1, 2, 3, 4, 5, 6, 7], 2)).toEqual([{ from: 0, to: 3.5, count: 4 }, { from: 3.5, to: 7, count: 4 }]);
  });
});
