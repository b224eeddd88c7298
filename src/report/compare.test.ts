import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../stats/random';
import { compareRows, roundMedians, roundsFor, verdictOf } from './compare';
import type { BenchmarkResult, FailedResult } from './report';
import { failedRow, measuredRow } from './testing/rows';

const plan = { seed: 1, rounds: 21, confidence: 0.95 };

/** Twenty-one rounds of five runs, each round on a machine of another speed, noise of 4 %. */
function rows(...levels: readonly number[]): BenchmarkResult[] {
  const random = mulberry32(5);
  const speeds = Array.from({ length: 21 }, () => 1 + random());
  return levels.map((level) => measuredRow({
    samples_ms: speeds.flatMap((speed) => Array.from({ length: 5 }, () => level * speed * (1 + 0.04 * random()))),
    bursts: speeds.map(() => 5),
  }));
}

describe('compareRows', () => {
  it('finds what is slower, what is faster, and what is neither', () => {
    const { ratios, rounds, confidence } = compareRows(rows(10, 12.5, 8, 10), plan);
    expect([rounds, confidence]).toEqual([21, 0.95]);
    expect(ratios.map(({ row, reference, verdict }) => [row, reference, verdict])).toEqual([[1, 0, 'slower'], [2, 0, 'faster'], [3, 0, 'no measurable difference']]);
    for (const [index, truth] of [1.25, 0.8, 1].entries()) {
      const { ratio, interval: [low, high] } = ratios[index] ?? { ratio: NaN, interval: [NaN, NaN] as const };
      expect(ratio).toBeCloseTo(truth, 1);
      expect(low).toBeLessThanOrEqual(truth);
      expect(high).toBeGreaterThanOrEqual(truth);
      expect(high - low).toBeLessThan(0.05);
    }
  });

  it('raises a false alarm between equals about as seldom as its confidence says', () => {
    const random = mulberry32(9);
    const equal = () => measuredRow({ samples_ms: Array.from({ length: 63 }, () => 10 + random() ** 4 * 30), bursts: Array<number>(21).fill(3) });
    const alarms = Array.from({ length: 600 }, () => compareRows([equal(), equal()], plan).ratios[0]?.verdict).filter((verdict) => verdict !== 'no measurable difference');
    expect(alarms.length / 600).toBeLessThan(0.05);
    const strict = Array.from({ length: 600 }, () => compareRows([equal(), equal()], { ...plan, confidence: 0.99999 }).ratios[0]?.verdict);
    expect(new Set(strict)).toEqual(new Set(['no measurable difference']));
  });

  it('goes on without rows that failed, the first one among them', () => {
    const [one, two] = rows(10, 20) as [BenchmarkResult, BenchmarkResult];
    const results: (BenchmarkResult | FailedResult)[] = [failedRow, one, failedRow, two];
    expect(compareRows(results, plan).ratios).toMatchObject([{ row: 3, reference: 1, verdict: 'slower' }]);
    expect(compareRows([failedRow, failedRow], plan)).toEqual({ ...plan, rounds: 0, ratios: [] });
    expect(compareRows([failedRow, one], plan).ratios).toEqual([]);
  });

  it('compares with another row where it is told to', () => {
    expect(compareRows(rows(10, 20), plan, 1).ratios).toMatchObject([{ row: 0, reference: 1, verdict: 'faster' }]);
  });
});

describe('roundMedians', () => {
  it('takes each round by itself', () => {
    expect(roundMedians({ samples_ms: [1, 2, 3, 10, 30], bursts: [3, 2] })).toEqual([2, 20]);
    expect(roundMedians({ samples_ms: [1, 2] })).toEqual([]);
    // A clock of 5 µs that steps over most runs.
    expect(roundMedians({ samples_ms: [0, 0.005, 0, 0, 0, 0.005, 0.005], bursts: [4, 3] }).map((level) => Number(level.toFixed(6)))).toEqual([0.00125, 0.003333]);
  });
});

describe('verdictOf', () => {
  it.each([[[0.9, 1.1], 'no measurable difference'], [[1, 1.2], 'no measurable difference'], [[1.01, 1.2], 'slower'], [[0.5, 0.99], 'faster']] as const)('of %j is “%s”', (interval, verdict) => {
    expect(verdictOf(interval)).toBe(verdict);
  });
});

describe('roundsFor', () => {
  it('asks for more rounds where a confidence needs them', () => {
    expect([roundsFor({ ...plan, rounds: 2 }), roundsFor(plan), roundsFor({ ...plan, rounds: 3, confidence: 0.999 })]).toEqual([6, 21, 11]);
  });
});
