import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestValues, medianEstimate, medianInterval, pairedRatio } from './bootstrap';
import { mulberry32 } from './random';
import { drawnMedians, everyResample, sampleMedian } from './testing/resampling';

const durations = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('medianInterval', () => {
  it.each([5, 6])('is what all resamples of %i values come to', (count) => {
    const values = [3, 1, 4.5, 9, 2.5, 6].slice(0, count);
    const medians = everyResample(values).map(sampleMedian).sort((left, right) => left - right);
    for (const confidence of [0.2, 0.5, 0.8, 0.9]) {
      const [low, high] = medianInterval(values, confidence);
      const tail = ((1 - confidence) / 2) * medians.length * (1 + 1e-9);
      // No more than the tail lies at an end or beyond it, unless the end is the last value there is; one median further in, more does.
      for (const [end, beyond] of [[low, (one: number) => one - low], [high, (one: number) => high - one]] as const) {
        const outside = medians.filter((one) => beyond(one) <= 0).length;
        if (end !== medians[0] && end !== medians.at(-1)) expect(outside).toBeLessThanOrEqual(tail);
        const next = Math.min(...medians.map(beyond).filter((distance) => distance > 0));
        expect(medians.filter((one) => beyond(one) <= next).length).toBeGreaterThan(tail);
      }
    }
  });

  it.each([15, 20])('is what resampling %i values very often comes to', (count) => {
    const random = mulberry32(count);
    const values = Array.from({ length: count }, () => 10 + random());
    const drawn = drawnMedians(values, 7, 40_000);
    const [low, high] = medianInterval(values);
    const below = drawn.filter((one) => one <= low).length / drawn.length;
    const above = drawn.filter((one) => one >= high).length / drawn.length;
    for (const outside of [below, above]) {
      expect(outside).toBeLessThan(0.025 + 0.003);
      expect(outside).toBeGreaterThan(0.004);
    }
  });

  it('holds the median, lies within the values, and grows with its confidence', () => {
    fc.assert(fc.property(durations, (values) => {
      const { median, interval: [low, high] } = medianEstimate(values);
      const [lower, higher] = medianInterval(values, 0.999);
      expect(low).toBeLessThanOrEqual(median);
      expect(high).toBeGreaterThanOrEqual(median);
      expect(lower).toBeLessThanOrEqual(low);
      expect(higher).toBeGreaterThanOrEqual(high);
      expect(lower).toBeGreaterThanOrEqual(Math.min(...values));
      expect(higher).toBeLessThanOrEqual(Math.max(...values));
    }));
  });

  it('holds the true median as often as it says', () => {
    const random = mulberry32(11);
    // Skewed, as latencies are: 1 plus an exponential, whose median is 1 + ln 2.
    const trials = 4000;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const [low, high] = medianInterval(Array.from({ length: 21 }, () => 1 - Math.log(1 - random())));
      if (low <= 1 + Math.LN2 && high >= 1 + Math.LN2) held++;
    }
    expect(held / trials).toBeGreaterThan(0.95);
    expect(held / trials).toBeLessThan(0.985);
  });
});

describe('pairedRatio', () => {
  it('finds a known ratio although the machine changes its speed from round to round', () => {
    const random = mulberry32(3);
    const speeds = Array.from({ length: 21 }, () => 1 + 4 * random());
    const row = speeds.map((speed) => 13 * speed * (1 + 0.02 * (random() - 0.5)));
    const reference = speeds.map((speed) => 10 * speed * (1 + 0.02 * (random() - 0.5)));
    const { ratio, interval: [low, high] } = pairedRatio(row, reference);
    expect(ratio).toBeCloseTo(1.3, 2);
    expect(low).toBeLessThan(1.3);
    expect(high).toBeGreaterThan(1.3);
    expect(high - low).toBeLessThan(0.03);
  });

  it('is turned over with its sides', () => {
    fc.assert(fc.property(durations, (values) => {
      const reference = values.map((_, index) => 1 + index);
      const there = pairedRatio(values, reference);
      const back = pairedRatio(reference, values);
      expect(there.ratio * back.ratio).toBeCloseTo(1, 9);
      expect(there.interval[0]).toBeLessThanOrEqual(there.ratio * (1 + 1e-12));
      expect(there.interval[1]).toBeGreaterThanOrEqual(there.ratio * (1 - 1e-12));
    }));
  });

  it('knows no difference between a thing and itself', () => {
    fc.assert(fc.property(durations, (values) => { expect(pairedRatio(values, values)).toEqual({ ratio: 1, interval: [1, 1] }); }));
  });
});

describe('fewestValues', () => {
  // That all of n fair coins fall alike has the chance 2 ÷ 2ⁿ.
  it.each([[0.95, 6], [0.99, 8], [0.5, 3]])('for %d is %i', (confidence, count) => {
    expect(fewestValues(confidence)).toBe(count);
    expect(2 ** (1 - count)).toBeLessThan(1 - confidence);
    expect(2 ** (2 - count)).toBeGreaterThanOrEqual(1 - confidence - 1e-12);
  });
});
