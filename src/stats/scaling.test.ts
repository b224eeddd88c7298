import fc from 'fast-check';
import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { linearRegression } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { amdahlTime, fitAmdahl, fitUsl, uslTime, type ScalingPoint } from './scaling';

const counts = fc.uniqueArray(fc.integer({ min: 2, max: 64 }), { minLength: 2, maxLength: 11 }).map((more) => [1, ...more]);
const single = fc.double({ min: 0.1, max: 1000, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** The law of the points’ own making, each off by up to a tenth. */
const noise = fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 12, maxLength: 12 });

function relativeError(points: readonly ScalingPoint[], expected: (threads: number) => number): number {
  return points.reduce((total, { threads, time }) => total + (expected(threads) / time - 1) ** 2, 0);
}

describe('fitAmdahl', () => {
  it('gives back the law that made the times', () => {
    fc.assert(fc.property(counts, single, share, (threads, time, serial) => {
      const points = threads.map((count) => ({ threads: count, time: time * (serial + (1 - serial) / count) }));
      const fit = fitAmdahl(points);
      expect(fit?.serialShare).toBeCloseTo(serial, 6);
      expect((fit?.single ?? 0) / time).toBeCloseTo(1, 6);
    }));
  });

  it('agrees with the published table of the law: a share of 5 % that is serial', () => {
    // G. Amdahl, 1967, as Wikipedia's "Amdahl's law" draws it: with 95 % in parallel no speed-up is above 20.
    const fit = { serialShare: 0.05, single: 100 };
    expect(100 / amdahlTime(fit, 2)).toBeCloseTo(1.9048, 4);
    expect(100 / amdahlTime(fit, 16)).toBeCloseTo(9.1429, 4);
    expect(100 / amdahlTime(fit, 1e9)).toBeCloseTo(20, 4);
  });

  it('is a straight line over 1 ÷ threads, as simple-statistics finds it where all times weigh the same', () => {
    // Times of one size, so that relative and absolute errors are alike, and points on both sides of the line.
    const points = [{ threads: 1, time: 1000.3 }, { threads: 2, time: 999.8 }, { threads: 4, time: 1000 }, { threads: 8, time: 999.5 }];
    const { m, b } = linearRegression(points.map(({ threads, time }) => [1 / threads, time]));
    const fit = fitAmdahl(points);
    expect(fit?.single).toBeCloseTo(m + b, 2);
    expect(fit?.serialShare).toBeCloseTo(b / (m + b), 4);
  });

  it('never finds a negative share', () => {
    fc.assert(fc.property(counts, fc.array(single, { minLength: 12, maxLength: 12 }), (threads, times) => {
      const fit = fitAmdahl(threads.map((count, index) => ({ threads: count, time: times[index] ?? 1 })));
      expect(fit?.serialShare).toBeGreaterThanOrEqual(0);
      expect(fit?.serialShare).toBeLessThanOrEqual(1);
    }));
  });

  it('says nothing of one point', () => {
    expect(fitAmdahl([{ threads: 4, time: 1 }, { threads: 4, time: 2 }])).toBeNull();
  });
});

describe('fitUsl', () => {
  it('gives back the law that made the times', () => {
    fc.assert(fc.property(counts, single, share, fc.double({ min: 0, max: 0.1, noNaN: true }), (threads, time, contention, coherence) => {
      const law = { contention, coherence, single: time };
      const points = threads.map((count) => ({ threads: count, time: uslTime(law, count) }));
      const fit = fitUsl(points);
      if (fit === null) throw new Error('no fit');
      // Few or near counts tell the two coefficients apart only by rounding: the times that they give count.
      for (const { threads: count, time: expected } of points) expect(uslTime(fit, count) / expected).toBeCloseTo(1, 6);
    }));
  });

  it('finds nothing worse than Levenberg and Marquardt do from the right place', () => {
    fc.assert(fc.property(counts, fc.double({ min: 0.01, max: 0.3, noNaN: true }), fc.double({ min: 0.0005, max: 0.02, noNaN: true }), noise, (threads, contention, coherence, factors) => {
      const points = threads.map((count, index) => ({ threads: count, time: uslTime({ contention, coherence, single: 10 }, count) * (factors[index] ?? 1) }));
      const fit = fitUsl(points);
      if (fit === null) throw new Error('no fit');
      const { parameterValues: [c = 0, k = 0, s = 0] } = levenbergMarquardt({ x: threads, y: points.map(({ time }) => time) }, ([a = 0, b = 0, one = 0]: number[]) => (count: number) => uslTime({ contention: a, coherence: b, single: one }, count), {
        initialValues: [contention, coherence, 10], minValues: [0, 0, 1e-3], weights: points.map(({ time }) => time), maxIterations: 200, damping: 0.01, gradientDifference: 1e-6,
      });
      const theirs = relativeError(points, (count) => uslTime({ contention: c, coherence: k, single: s }, count));
      expect(relativeError(points, (count) => uslTime(fit, count))).toBeLessThanOrEqual(theirs * (1 + 1e-6) + 1e-12);
    }), { numRuns: 50 });
  });

  it('agrees with the published analysis of SPEC SDM91 within two of its standard errors', () => {
    // The example of the R package usl (github.com/smoeding/usl): throughput over load of a Sun SPARCcenter 2000, with
    // contention 0.0277285 ± 0.0091217, coherence 0.0001044 ± 0.0000199, 89.9952 ± 14.2135 at a load of 1.
    const load = [1, 18, 36, 72, 108, 144, 216];
    const throughput = [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2];
    const points = load.map((threads, index) => ({ threads, time: 1 / (throughput[index] ?? NaN) }));
    const published = { contention: 0.0277285, coherence: 0.0001044, single: 1 / 89.995233 };
    const fit = fitUsl(points);
    if (fit === null) throw new Error('no fit');
    expect(Math.abs(fit.contention - published.contention)).toBeLessThan(2 * 0.0091217);
    expect(Math.abs(fit.coherence - published.coherence)).toBeLessThan(2 * 0.0000199);
    expect(Math.abs(1 / fit.single - 89.995233)).toBeLessThan(2 * 14.2134894);
    // Theirs is the best by absolute errors of the throughput, ours by relative errors of the time: neither beats the other at its own.
    const ofThroughput = (law: typeof published) => points.reduce((total, { threads, time }) => total + (1 / uslTime(law, threads) - 1 / time) ** 2, 0);
    expect(relativeError(points, (threads) => uslTime(fit, threads))).toBeLessThan(relativeError(points, (threads) => uslTime(published, threads)));
    expect(ofThroughput(published)).toBeLessThan(ofThroughput(fit));
  });

  it('says nothing of two points', () => {
    expect(fitUsl([{ threads: 1, time: 2 }, { threads: 2, time: 1 }])).toBeNull();
  });
});
