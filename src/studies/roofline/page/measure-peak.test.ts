import { expect, it } from 'vitest';
import { atLeast } from './measure-peak';

it('a peak on more threads is no lower than what fewer reached', () => {
  const one = { threads: 1, gflops: 50, int8_gops: 200, bandwidth_gbs: 30, caches: [{ bytes: 1000, bandwidth_gbs: 90 }, { bytes: 8000, bandwidth_gbs: 60 }] };
  const two = { threads: 2, gflops: 40, int8_gops: 390, bandwidth_gbs: 20, caches: [{ bytes: 2000, bandwidth_gbs: 70 }, { bytes: 8000, bandwidth_gbs: 75 }, { bytes: 16_000, bandwidth_gbs: 25 }] };
  expect(atLeast(two, one)).toEqual({ threads: 2, gflops: 50, int8_gops: 390, bandwidth_gbs: 30, caches: [{ bytes: 2000, bandwidth_gbs: 90 }, { bytes: 8000, bandwidth_gbs: 75 }, { bytes: 16_000, bandwidth_gbs: 30 }] });
  expect(atLeast(one, undefined)).toBe(one);
  const { int8_gops: _, caches: __, ...plain } = one;
  expect(atLeast({ ...plain, threads: 2 }, plain)).toEqual({ threads: 2, gflops: 50, bandwidth_gbs: 30 });
});
