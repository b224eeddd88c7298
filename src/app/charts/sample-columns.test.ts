import { expect, test } from 'vitest';
import { sampleColumns } from './sample-columns';

test('Samples fall into equal stretches, each with its least, middle and most, and its outliers', () => {
  const samples = [5, 1, 3, 2, 90, 4, 7, 80, 6, 8];
  expect(sampleColumns(samples, [4, 7], 3)).toEqual([
    { from: 1, to: 3, least: 1, middle: 3, most: 5, slow: 0 },
    { from: 4, to: 7, least: 2, middle: 4, most: 90, slow: 1 },
    { from: 8, to: 10, least: 6, middle: 8, most: 80, slow: 1 },
  ]);
});

test('Fewer samples than stretches stand alone, and none give none', () => {
  expect(sampleColumns([2, 1], [0], 10)).toEqual([{ from: 1, to: 1, least: 2, middle: 2, most: 2, slow: 1 }, { from: 2, to: 2, least: 1, middle: 1, most: 1, slow: 0 }]);
  expect(sampleColumns([], [], 10)).toEqual([]);
});
