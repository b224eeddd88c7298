import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlicePlan } from './slice-plan';

/** Cuts a made model until the plan is content. @returns where it was cut */
function cutAll(plan: SlicePlan, times: readonly number[], noise: (cut: number) => number, error: number): number[] {
  const total = times.reduce((sum, time) => sum + time, 0);
  const cuts: number[] = [];
  for (let at = plan.next(); at !== null; at = plan.next()) {
    const exact = times.slice(0, at).reduce((sum, time) => sum + time, 0) / total;
    plan.add(at, exact + noise(cuts.length), error);
    cuts.push(at);
    if (cuts.length > 4 * times.length) throw new Error('a place was cut without end');
  }
  return cuts;
}

const times = [10, 1, 20, 0.2, 0.2, 30, 5, 0.1, 0.1, 33.4];
const evenly = times.map(() => 1);
const weighted = (weights: readonly number[], error = 1) => weights.map((weight) => ({ weight, error }));

describe('a plan of slices', () => {
  it('finds what each op takes, whatever was guessed', () => {
    for (const guess of [times, evenly, [...times].reverse()]) {
      const plan = new SlicePlan(weighted(guess), 0);
      cutAll(plan, times, () => 0, 1e-9);
      plan.shares().forEach(({ share, low, high }, op) => {
        expect(share).toBeCloseTo((times[op] ?? 0) / 100, 6);
        expect([low <= share + 1e-12, share <= high]).toEqual([true, true]);
      });
      expect(plan.told).toBeCloseTo(1, 4);
    }
  });

  it('cuts first where the least is known, and not where it is known well enough', () => {
    // The middle of a walk of ten equal steps between two known ends.
    expect(new SlicePlan(weighted(evenly), 0.01).next()).toBe(5);
    expect(cutAll(new SlicePlan(weighted(evenly), 0.08), times, () => 0, 1e-9).length).toBeLessThan(9);
    expect(new SlicePlan(weighted(evenly, 0.01), 0.05).next()).toBeNull();
  });

  it('agrees with the normal equations of the same observations', () => {
    // Three steps of 0.2, 0.3, 0.5 with deviations of 0.1, 0.1 and 0.2, that are 1 together, seen at 0.35 ± 0.1 behind the
    // first. Minimising ((a - 0.2) / 0.1)² + ((b - 0.3) / 0.1)² + ((c - 0.5) / 0.2)² + ((a - 0.35) / 0.1)² under
    // a + b + c = 1: with multiplier m, 200 a = 55 + m / 2, 100 b = 30 + m / 2, 25 c = 12.5 + m / 2.
    const plan = new SlicePlan([{ weight: 2, error: 0.5 }, { weight: 3, error: 1 / 3 }, { weight: 5, error: 0.4 }], 0);
    plan.add(1, 0.35, 0.1);
    const half = (1 - 0.275 - 0.3 - 0.5) / (1 / 200 + 1 / 100 + 1 / 25);
    const exact = [0.275 + half / 200, 0.3 + half / 100, 0.5 + half / 25];
    plan.shares().forEach(({ share }, op) => { expect(share).toBeCloseTo(exact[op] ?? 0, 12); });
    // The inverse of the information that is left in a when b is eliminated by the constraint.
    const information = [[200 + 25, 25], [25, 100 + 25]] as const;
    const determinant = information[0][0] * information[1][1] - 25 * 25;
    expect((plan.shares()[0]?.high ?? 0) - (exact[0] ?? 0)).toBeCloseTo(1.959964 * Math.sqrt(information[1][1] / determinant), 9);
  });

  it('lets precise cuts decide and noisy ones change little', () => {
    const shares = (error: number) => {
      const plan = new SlicePlan(weighted([1, 1], 0.2), 0);
      plan.add(1, 0.8, error);
      return plan.shares()[0]?.share ?? 0;
    };
    expect(shares(1e-6)).toBeCloseTo(0.8, 6);
    expect(shares(1)).toBeCloseTo(0.5 + (0.3 * 0.005) / 1.005, 6);
  });

  it('measures once more what is uncertain, a few times, and stops where a measurement tells next to nothing', () => {
    const plan = new SlicePlan(weighted([1, 1]), 0.01);
    expect(cutAll(plan, [1, 1], (cut) => [0, 0.02, -0.02, 0][cut] ?? 0, 0.1)).toEqual([1, 1, 1, 1]);
    expect(plan.shares()[0]?.share).toBeCloseTo(0.5, 6);
    expect(cutAll(new SlicePlan(weighted([1, 1], 0.1), 0.001), [1, 1], () => 0, 1)).toEqual([1]);
  });

  it('takes measurements that differ by more than their errors for as uncertain as they are', () => {
    const plan = new SlicePlan(weighted([1, 1]), 0.01);
    plan.add(1, 0.3, 0.001);
    plan.add(1, 0.7, 0.001);
    const [first] = plan.shares();
    expect(first?.share).toBeCloseTo(0.5, 6);
    expect((first?.high ?? 0) - (first?.low ?? 0)).toBeGreaterThan(0.4);
  });

  it('has nothing to do for one op, and for none', () => {
    expect([new SlicePlan(weighted([5]), 0).next(), new SlicePlan([], 0).next(), new SlicePlan([], 0).shares()]).toEqual([null, null, []]);
    expect(new SlicePlan(weighted([5]), 0).shares()).toEqual([{ share: 1, low: 1, high: 1 }]);
  });

  it('gives shares that are never negative and add up to 1, whatever the noise', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: Math.fround(0.01), max: 10, noNaN: true }), { minLength: 1, maxLength: 30 }), fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }), (made, noise) => {
      const plan = new SlicePlan(weighted(made.map(() => 1)), 0.01);
      cutAll(plan, made, (cut) => (noise[cut] ?? 0) * 0.2, 0.002);
      const shares = plan.shares();
      expect(shares).toHaveLength(made.length);
      expect(shares.every(({ share, low, high }) => share >= 0 && low >= 0 && low <= high)).toBe(true);
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    }), { numRuns: 100 });
  });
});
