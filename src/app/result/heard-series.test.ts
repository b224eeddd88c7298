import { expect, test } from 'vitest';
import { bestOf, heardSeries } from './heard-series';

const windows = [[0.9, 0.05, 0], [0.2, 0.08, 0.6], [NaN, 0.01, 0.7]].map((scores, place) => ({ at_s: place, scores: Float32Array.from(scores) }));

test('The classes that were the best of most windows have a line', () => {
  const series = heardSeries(windows, (index) => 'abc'[index] ?? '');
  expect(series.map(({ label }) => label)).toEqual(['c', 'a']);
  expect(series[0]?.scores.map((score) => score.toFixed(1))).toEqual(['0.0', '0.6', '0.7']);
  expect(heardSeries([{ at_s: 0, scores: Float32Array.of(0.01) }], String)).toHaveLength(1);
  expect(heardSeries([{ at_s: 0, scores: null }], String)).toEqual([]);
});

test('A window’s class is the one with the highest score', () => {
  expect(bestOf(windows[2] ?? { at_s: 0, scores: null })?.index).toBe(2);
  expect(bestOf(windows[1] ?? { at_s: 0, scores: null })?.index).toBe(2);
  expect(bestOf({ at_s: 0, scores: null })).toBeNull();
});
