import { describe, expect, it } from 'vitest';
import type { SweepSeries } from '../report/thread-sweep';
import { fastestText, sweepSentences } from './threads-text';

/** One thread of 10 ms, then others by their speed-ups with 95 % intervals. */
function series(best: number, enough: number, others: readonly (readonly [threads: number, speedup: number, interval: readonly [number, number]])[], laws: Partial<SweepSeries> = {}): SweepSeries {
  const point = (threads: number, speedup: number, speedup_interval: readonly [number, number]) => ({ threads, row: 0, median_ms: 10 / speedup, interval_ms: [9, 11] as const, speedup, speedup_interval, efficiency: speedup / threads });
  return { name: 'litert · wasm', points: [point(1, 1, [1, 1]), ...others.map(([threads, speedup, interval]) => point(threads, speedup, interval))], amdahl: null, usl: null, best_threads: best, enough_threads: enough, ...laws };
}

describe('a series of thread counts in words', () => {
  it.each<[SweepSeries, string, readonly string[]]>([
    [series(4, 4, [[2, 1.666, [1.6, 1.7]], [4, 2.5, [2.4, 2.6]]], { amdahl: { serial_share: 0.2 } }), 'litert · wasm: 4 threads are fastest, with 4.00 ms.', ['No smaller count comes within 5 % of it.', 'Amdahl’s law fits with 20.0 % of the time serial.']],
    [series(4, 2, [[2, 1.9, [1.8, 2]], [4, 1.95, [1.9, 2]]], { amdahl: { serial_share: 0.2 } }), 'litert · wasm: 4 threads are fastest, with 5.13 ms.', ['2 threads are within 5 % of it.']],
    [series(1, 1, [[2, 0.8, [0.7, 0.9]], [3, 0.5, [0.4, 0.6]]], { amdahl: { serial_share: 1 }, usl: { contention: 1, coherence: 0.2 } }), 'litert · wasm: 1 thread is fastest, with 10.0 ms.', ['2 and 3 threads are slower than one: 1.25 and 2.00 times as long.']],
    [series(1, 1, [[2, 1.03, [0.74, 1.39]]], { amdahl: { serial_share: 0.9 } }), 'litert · wasm: 1 thread is fastest, with 10.0 ms.', ['More threads make no measurable difference.']],
    [series(2, 2, [[2, 1.5, [1.4, 1.6]], [4, 1.01, [0.9, 1.1]], [8, 0.5, [0.4, 0.6]]], { usl: { contention: 0, coherence: 0 } }), 'litert · wasm: 2 threads are fastest, with 6.67 ms.', ['No smaller count comes within 5 % of it.', '8 threads are slower than one: 2.00 times as long.', '4 threads make no measurable difference from one.']],
  ])('%#', (given, fastest, sentences) => {
    expect(fastestText(given)).toBe(fastest);
    expect(sweepSentences(given)).toEqual(sentences);
  });
});
