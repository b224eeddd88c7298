import { describe, expect, it } from 'vitest';
import type { OpProfile } from './op-profile';
import { levelsWithOne, opScaling, sweepSeries } from './speed-ups';
import { failedRow, measuredRow } from './testing/rows';

function row(threads: number, time_ms: number) {
  return measuredRow({
    samples_ms: Array.from({ length: 33 }, (_, index) => time_ms * (1 + (index % 3) / 100)),
    bursts: Array<number>(11).fill(3),
    configuration: { runtime: 'litert', accelerator: 'wasm', threads, variant: 'threaded', version: '1', fullyAccelerated: null },
  });
}

describe('sweepSeries', () => {
  it('finds the law that made the times, the best count, and the smallest that is as good', () => {
    // Amdahl's law with a serial share of 20 %, on a device whose fifth thread brings nothing.
    const times = [1, 2, 3, 4, 5].map((threads) => row(threads, threads === 5 ? 40.4 : 100 * (0.2 + 0.8 / threads)));
    const series = sweepSeries('model', times, [4, 3, 2, 1, 0]);
    expect(series?.points.map(({ threads, row: index }) => [threads, index])).toEqual([[1, 0], [2, 1], [3, 2], [4, 3], [5, 4]]);
    expect(series?.points[1]?.speedup).toBeCloseTo(1 / 0.6, 6);
    expect(series?.points[1]?.efficiency).toBeCloseTo(0.5 / 0.6, 6);
    expect(series?.points[0]?.speedup_interval).toEqual([1, 1]);
    expect(series?.amdahl?.serial_share).toBeCloseTo(0.21, 1);
    expect([series?.best_threads, series?.enough_threads]).toEqual([4, 4]);
  });

  it('prefers fewer threads where more bring less than a twentieth', () => {
    expect(sweepSeries('model', [row(1, 100), row(2, 50), row(4, 48.5)], [0, 1, 2])).toMatchObject({ best_threads: 4, enough_threads: 2, usl: { contention: expect.any(Number) as number } });
  });

  it('does not call a count best that makes no measurable difference from one thread', () => {
    const noisy = (threads: number, times: readonly number[]) => ({ ...row(threads, 1), samples_ms: times.flatMap((time) => [time, time, time]) });
    const rounds = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9];
    const one = noisy(1, rounds);
    const two = noisy(2, rounds.map((time, index) => time * (index < 6 ? 0.95 : 1.2)));
    const series = sweepSeries('model', [one, two, row(4, 20)], [0, 1, 2]);
    expect(series?.points[1]?.speedup).toBeCloseTo(1 / 0.95, 6);
    expect(series?.points.map(levelsWithOne)).toEqual([false, true, false]);
    expect(series).toMatchObject({ best_threads: 1, enough_threads: 1 });
  });

  it('takes the fewest threads for its beginning where one was not measured', () => {
    const series = sweepSeries('model', [failedRow, row(2, 50), row(4, 25)], [0, 1, 2]);
    expect(series?.points.map(({ threads, speedup, speedup_interval }) => [threads, speedup, speedup_interval])).toEqual([[2, 2, null], [4, 4, null]]);
    expect(series?.usl).toBeNull();
  });

  it('is nothing where the clock sees no time pass', () => {
    expect(sweepSeries('model', [row(1, 0), row(2, 0)], [0, 1])).toBeNull();
  });

  it('is nothing where nothing was measured, and has no law with one point', () => {
    expect(sweepSeries('model', [failedRow], [0])).toBeNull();
    expect(sweepSeries('model', [row(1, 10)], [0])).toMatchObject({ amdahl: null, usl: null, best_threads: 1, enough_threads: 1 });
  });
});

describe('opScaling', () => {
  const profile = (...times: number[]): OpProfile => ({
    method: 'profiler', runs: 10, invoke_ms: 20, other_ms: 0, subgraph: 0,
    ops: times.map((time_ms, op) => ({
      op, kind: 'CONV_2D', name: `op ${op}`, fate: time_ms === 0 ? { kind: 'elided' } : { kind: 'timed' }, time_ms, interval_ms: null, accelerated: true, kernel: null, macs: null, bytes: null, times_called: 1,
    })),
  } as OpProfile);

  it('puts ops that do not scale first, with what they lose', () => {
    const [worst, good, ...others] = opScaling([{ threads: 1, profile: profile(10, 0, 8) }, { threads: 2, profile: profile(5, 0, 8) }]);
    expect(worst).toMatchObject({ op: 2, speedup: 1, lost_ms: 4, times_ms: [8, 8] });
    expect(worst?.serial_share).toBeCloseTo(1, 6);
    expect(good).toMatchObject({ op: 0, speedup: 2, lost_ms: 0 });
    expect(good?.serial_share).toBeCloseTo(0, 6);
    expect(others).toEqual([]);
  });

  it('has a speed-up below 1 for ops that more threads make slower, whatever a count between brought', () => {
    const [slowed, gained] = opScaling([{ threads: 1, profile: profile(8, 9) }, { threads: 2, profile: profile(4, 5) }, { threads: 3, profile: profile(10, 3) }]);
    expect(slowed).toMatchObject({ op: 0, speedup: 0.8, times_ms: [8, 4, 10], serial_share: null });
    expect(slowed?.lost_ms).toBeCloseTo(10 - 8 / 3, 9);
    expect(gained).toMatchObject({ op: 1, speedup: 3, lost_ms: 0 });
  });

  it('says nothing of a single count', () => {
    expect(opScaling([{ threads: 1, profile: profile(1) }])).toEqual([]);
  });
});
