import fc from 'fast-check';
import { interquartileRange, quantile } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from './random';
import { drift, slowOutliers, steadyState } from './steadiness';

/** Samples around a level that may change, each up to 10 % slower, every 17th three times as slow. */
function series(count: number, seed: number, level: (position: number) => number): number[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, index) => level(index / (count - 1)) * (1 + 0.1 * random()) * (index % 17 === 5 ? 3 : 1));
}

describe('slowOutliers', () => {
  it('are beyond the fence that simple-statistics’ quartiles give', () => {
    // 4k + 1 values: there all definitions of a quartile agree.
    fc.assert(fc.property(fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 41, maxLength: 41 }), (samples) => {
      const found = new Set(slowOutliers(samples));
      const fence = quantile(samples, 0.75) + 3 * interquartileRange(samples);
      samples.forEach((sample, index) => { if (Math.abs(sample - fence) > 1e-9) expect(found.has(index)).toBe(sample > fence); });
    }));
  });

  it('are told by where they stand, and only slow ones count', () => {
    expect(slowOutliers([10, 11, 10, 99, 10, 11, 1, 10, 11, 45])).toEqual([3, 9]);
    expect(slowOutliers([])).toEqual([]);
    expect(slowOutliers([5, 5, 5, 5])).toEqual([]);
  });
});

describe('drift', () => {
  it('is found where samples rise by a quarter, with the levels at both ends', () => {
    const found = drift(series(200, 1, (position) => 10 * (1 + 0.25 * position)));
    expect(found?.significant).toBe(true);
    expect(found?.ratio).toBeCloseTo(1.25, 1);
    expect(found?.line[0]).toBeCloseTo(10.5, 0);
  });

  it('is found where samples fall', () => {
    expect(drift(series(200, 2, (position) => 20 - 5 * position))).toMatchObject({ significant: true });
  });

  it('is not seen in steady samples, of a thousand series', () => {
    const alarms = Array.from({ length: 1000 }, (_, seed) => drift(series(100, seed, () => 10))?.significant).filter(Boolean);
    expect(alarms).toHaveLength(0);
  });

  it('is not called one where the change is too small to matter', () => {
    expect(drift(Array.from({ length: 100 }, (_, index) => 10 + index / 1000))).toMatchObject({ significant: false, ratio: expect.closeTo(1.0095, 3) as number });
  });

  it('has the slope of a straight line, whatever a quarter of its points do', () => {
    // What P. K. Sen's estimator of 1968 is for: it breaks down only when 29 % of the points are wrong.
    const line = Array.from({ length: 400 }, (_, index) => 100 + index);
    const spoilt = line.map((value, index) => (index % 4 === 3 ? value * 5 : value));
    for (const samples of [line, spoilt]) {
      const [from, to] = drift(samples)?.line ?? [NaN, NaN];
      expect((to - from) / 19).toBeCloseTo(20, 0);
    }
  });

  it('says nothing of few samples', () => {
    expect(drift(series(39, 1, () => 1))).toBeNull();
  });
});

describe('steadyState', () => {
  it('finds where a slow beginning ends', () => {
    const state = steadyState(series(200, 4, (position) => (position < 0.2 ? 30 : 10)));
    expect(state?.reached).toBe(true);
    expect(state?.from).toBeGreaterThanOrEqual(40);
    expect(state?.from).toBeLessThanOrEqual(60);
  });

  it('is not reached where the level changes late', () => {
    expect(steadyState(series(200, 5, (position) => (position < 0.7 ? 10 : 14)))).toMatchObject({ reached: false });
  });

  it('is not reached where samples fall all the time', () => {
    expect(steadyState(series(400, 6, (position) => 30 * Math.exp(-3 * position)))?.reached).toBe(false);
  });

  it('is reached by steady samples, of a thousand series', () => {
    const missed = Array.from({ length: 1000 }, (_, seed) => steadyState(series(100, seed, () => 10))?.reached).filter((reached) => reached !== true);
    expect(missed).toHaveLength(0);
  });

  it('says nothing of few samples', () => {
    expect(steadyState([1, 2, 3])).toBeNull();
  });
});
