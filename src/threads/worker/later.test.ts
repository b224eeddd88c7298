import { describe, expect, it } from 'vitest';
import { later } from './later';

describe('methods that come later', () => {
  it('are fetched when the first is asked for, once, and know each other', async () => {
    const loads: string[] = [];
    const method = later(async () => {
      loads.push('loaded');
      let sum = 0;
      return Promise.resolve({ add: (value: number): void => { sum += value; }, sum: (): number => sum });
    });
    const [add, sum] = [method('add'), method('sum')];
    expect(loads).toEqual([]);
    await Promise.all([add(2), add(3)]);
    expect([await sum(), loads]).toEqual([5, ['loaded']]);
  });

  it('pass on what they throw', async () => {
    const fail = later(() => Promise.resolve({ fail: (reason: string): never => { throw new RangeError(reason); } }))('fail');
    await expect(fail('planted')).rejects.toThrow(new RangeError('planted'));
  });
});
