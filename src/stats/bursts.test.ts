import { expect, test } from 'vitest';
import { burstMedians } from './bursts';

test('Few values are given as they are', () => {
  expect(burstMedians([3, 1, 2], 3)).toEqual([3, 1, 2]);
  expect(burstMedians([], 3)).toEqual([]);
});

test('Many are parted in the order in which they came, none left out and none counted twice', () => {
  expect(burstMedians([1, 2, 9, 4, 4, 5, 7, 8, 100], 3)).toEqual([2, 4, 8]);
  expect(burstMedians([1, 2, 3, 4, 5], 2)).toEqual([1.5, 4]);
});
