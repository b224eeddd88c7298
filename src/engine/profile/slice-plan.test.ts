import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlicePlan } from './slice-plan';

/** Cuts a made model until the plan is content. @returns how many cuts it took */
function cutAll(plan: SlicePlan, times: readonly number[], noise: (cut: number) => number, error: number): number {
  const total = times.reduce((sum, time) => sum + time, 0);
  let cuts = 0;
  for (let at = plan.next(); at !== null; at = plan.next()) {
    const exact = times.slice(0, at).reduce((sum, time) => sum + time, 0) / total;
    plan.add(at, exact + noise(cuts), error);
    cuts += 1;
    if (cuts > times.length) throw new Error('a place was cut twice');
  }
  return cuts;
}

const times = [10, 1, 20, 0.2, 0.2, 30, 5, 0.1, 0.1, 33.4];
const evenly = times.map(() => 1);

describe('a plan of slices', () => {
  it('finds what each op takes, whatever was guessed', () => {
    for (const guess of [times, evenly, [...times].reverse()]) {
      const plan = new SlicePlan(guess, 0);
      cutAll(plan, times, () => 0, 1e-9);
      plan.shares().forEach(({ share, low, high }, op) => {
        expect(share).toBeCloseTo((times[op] ?? 0) / 100, 6);
        expect([low <= share, share <= high]).toEqual([true, true]);
      });
      expect(plan.told).toBeCloseTo(1, 9);
    }
  });

  it('splits where the time is, and leaves alone what is shorter than what is looked for', () => {
    const plan = new SlicePlan(evenly, 0.02);
    expect(cutAll(plan, times, () => 0, 1e-9)).toBeLessThan(times.length - 1);
    const shares = plan.shares();
    times.forEach((time, op) => { if (time > 2) expect(shares[op]?.share).toBeCloseTo(time / 100, 6); });
    // Of a stretch that was not cut, an op may have taken nothing.
    expect(shares[3]?.low).toBe(0);
  });

  it('stops where the ends of a stretch are less certain than it is long', () => {
    const plan = new SlicePlan(evenly, 0);
    expect(cutAll(plan, times, () => 0, 0.15)).toBeLessThan(6);
  });

  it('divides what is not cut by the guess', () => {
    const plan = new SlicePlan([1, 3], 2);
    expect(plan.next()).toBeNull();
    expect(plan.shares().map(({ share }) => share)).toEqual([0.25, 0.75]);
  });

  it('has nothing to do for one op, and for none', () => {
    expect([new SlicePlan([5], 0).next(), new SlicePlan([], 0).next(), new SlicePlan([], 0).shares()]).toEqual([null, null, []]);
  });

  it('gives shares that are never negative and add up to 1, whatever the noise', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: Math.fround(0.01), max: 10, noNaN: true }), { minLength: 1, maxLength: 30 }), fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }), (made, noise) => {
      const plan = new SlicePlan(made.map(() => 1), 0.01);
      cutAll(plan, made, (cut) => (noise[cut] ?? 0) * 0.2, 0.002);
      const shares = plan.shares();
      expect(shares).toHaveLength(made.length);
      expect(shares.every(({ share, low, high }) => share >= 0 && low >= 0 && low <= high)).toBe(true);
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    }), { numRuns: 100 });
  });
});
