import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../../tflite/testing/mutations';
import { roundLimits } from './round-limits';

describe('round limits', () => {
  test('are in equal steps where values are spread so', () => {
    expect(roundLimits([10, 30, 50, 70, 90, 110, 130], 7)).toEqual([20, 40, 60, 80, 100, 120, 130]);
  });

  test('grow by factors of about 2, 3 or 10, the further apart the values are', () => {
    expect(roundLimits([0.011, 0.03, 0.04, 0.08, 0.15, 0.3, 0.594], 7)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 0.594]);
    expect(roundLimits([0.5, 2, 5, 20, 50, 200, 500], 7)).toEqual([1, 3, 10, 30, 100, 300, 500]);
    expect(roundLimits([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10].map((value) => value * 2), 7)).toEqual([1e-4, 1e-3, 0.01, 0.1, 1, 10, 20]);
  });

  test('tell small values apart beside one that is far above them', () => {
    const values = [1, 2, 4, 9, 1000];
    const limits = roundLimits(values, 7);
    expect(new Set(values.map((value) => limits.findIndex((limit) => value <= limit))).size).toBeGreaterThanOrEqual(3);
  });

  test('leave zeros out, and cut what is below 0 in equal steps', () => {
    expect(roundLimits([0, 0, 0, 3], 7)).toEqual([3]);
    expect(roundLimits([0, 0], 7)).toEqual([]);
    expect(roundLimits([NaN, Infinity], 7)).toEqual([]);
    expect(roundLimits([-60, -31, -0.5], 7)).toEqual([-50, -40, -30, -20, -10, -0.5]);
  });

  test('of any values are few, rising, end with the greatest and hold the least in the first class that is not empty', () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 300; round++) {
      const most = 1 + Math.floor(random() * 8);
      const wide = random() * 600;
      const values = Array.from({ length: 1 + Math.floor(random() * 40) }, () => (random() - (round % 3 === 0 ? 0.5 : 0)) * 10 ** ((random() - 0.5) * wide));
      const limits = roundLimits(values, most);
      const greatest = Math.max(...values);
      if (greatest === 0) continue;
      expect(limits.length).toBeGreaterThan(0);
      expect(limits.length).toBeLessThanOrEqual(most);
      expect(limits.at(-1)).toBe(greatest);
      expect([...new Set(limits)].sort((one, other) => one - other)).toEqual(limits);
      const above = values.filter((value) => value > 0);
      if (Math.min(...values) >= 0 && above.length > 0) expect(limits[0]).toBeGreaterThanOrEqual(Math.min(...above));
    }
  });
});
