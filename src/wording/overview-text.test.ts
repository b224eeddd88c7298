import { describe, expect, it } from 'vitest';
import type { KindRow } from '../report/profile-figures';
import type { SweepSeries } from '../report/thread-sweep';
import { largestKindText, rateText, smallerText, threadsText } from './overview-text';

/** One thread, then others by their speed-ups with 95 % intervals. */
function series(best: number, enough: number, ...others: readonly (readonly [threads: number, speedup: number, interval: readonly [number, number]])[]): SweepSeries {
  const point = (threads: number, speedup: number, speedup_interval: readonly [number, number]) => ({ threads, row: 0, median_ms: 10 / speedup, interval_ms: [9, 11] as const, speedup, speedup_interval, efficiency: speedup / threads });
  return { name: 'model', points: [point(1, 1, [1, 1]), ...others.map(([threads, speedup, interval]) => point(threads, speedup, interval))], amdahl: null, usl: null, best_threads: best, enough_threads: enough };
}

describe('rateText', () => {
  it.each([[2.83, 'about 350 a second'], [0.42, 'about 2,400 a second'], [165, 'about 6.1 a second'], [1000, 'about 1.0 a second'], [2450, 'one takes about 2.5 s'], [0, '']])('says %s ms as “%s”', (median_ms, text) => {
    expect(rateText(median_ms)).toBe(text);
  });
});

describe('threadsText', () => {
  it.each<[string, SweepSeries]>([
    ['2 threads are 1.7 times as fast.', series(2, 2, [2, 1.7, [1.6, 1.8]])],
    ['2 threads are 1.7 times as fast; more bring nothing.', series(2, 2, [2, 1.7, [1.6, 1.8]], [4, 1.6, [1.5, 1.7]])],
    ['4 threads are 3.1 times as fast.', series(4, 4, [2, 1.7, [1.6, 1.8]], [4, 3.1, [2.9, 3.2]])],
    ['2 threads take 1.3 times as long as one.', series(1, 1, [2, 0.8, [0.7, 0.9]])],
    ['More threads make no measurable difference.', series(1, 1, [2, 1.03, [0.94, 1.09]])],
    ['The rounds differ too much to tell: 2 threads may be 0.7 to 1.4 times as fast as one.', series(1, 1, [2, 1.03, [0.74, 1.39]])],
    ['Only one thread could be measured.', series(1, 1)],
  ])('%s', (text, given) => {
    expect(threadsText(given)).toBe(text);
  });
});

describe('largestKindText', () => {
  const row = (kind: string, share: number): KindRow => ({ kind, share, time_ms: share, count: 1, timed: 1, notAccelerated: 0, cumulative: share, macs: 0, gflops: null, times_called: 1 });

  it('names the kind that takes most, and says where nothing has a time', () => {
    expect(largestKindText([row('CONV_2D', 0.62), row('ADD', 0.2)])).toBe('CONV_2D takes 62 % of the time.');
    expect(largestKindText([row('ADD', 0)])).toBe('No op has a time of its own.');
    expect(largestKindText([])).toBe('No op has a time of its own.');
  });
});

describe('smallerText', () => {
  const estimate = { original_bytes: 2_071_408, bytes: 1_222_776, weighted: 51, changed: 51, reasons: [] };

  it('tells the size of this very file, or why there is nothing to gain', () => {
    expect(smallerText(estimate)).toBe('int8 would make it about 1.22 MB, 0.59 × its size.');
    expect(smallerText({ ...estimate, changed: 0, reasons: [{ reason: 'its weights are int8', ops: 51 }] })).toBe('Nothing to gain: its weights are int8.');
    expect(smallerText({ ...estimate, bytes: 2_200_000 })).toBe('int8 would leave it about as large as it is.');
    expect(smallerText({ ...estimate, bytes: 2_900_000 })).toBe('int8 would make it about 2.90 MB, 1.40 × its size.');
    expect(smallerText({ ...estimate, weighted: 0, changed: 0 })).toBeNull();
  });
});
