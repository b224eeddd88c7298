import { describe, expect, it } from 'vitest';
import { bestRates, burstCount, planBursts, taskOfBurst } from './bursts';

describe('bursts', () => {
  const plan = { tasks: 2, visits: 2, inARow: 3 };

  it('come by task, some in a row, and once more', () => {
    expect(Array.from({ length: burstCount(plan) }, (_, burst) => taskOfBurst(plan, burst))).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
  });

  it('give what workers reach in one and the same burst, and not the sum of what each reaches at its best', () => {
    const one = [9, 1, 5, 2, 2, 2, 1, 1, 1, 2, 7, 2];
    const other = [1, 9, 6, 2, 2, 2, 1, 1, 1, 2, 0, 3];
    expect(bestRates(plan, [one, other])).toEqual([11, 7]);
    expect(bestRates(plan, [one])).toEqual([9, 7]);
  });

  it('are a millisecond long with a fine clock, and with a coarse one long enough to be known to a few hundredths', () => {
    expect(planBursts(3, 0.005)).toEqual({ plan: { tasks: 3, visits: 4, inARow: 20 }, burst_ms: 1 });
    expect(planBursts(3, 0.1)).toEqual({ plan: { tasks: 3, visits: 4, inARow: 12 }, burst_ms: 5 });
    expect(planBursts(3, 1)).toEqual({ plan: { tasks: 3, visits: 4, inARow: 2 }, burst_ms: 50 });
  });
});
