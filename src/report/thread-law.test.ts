import { describe, expect, it } from 'vitest';
import { sweepSeries } from './speed-ups';
import { lawOf, lawSpeedUp } from './thread-law';
import { measuredRow } from './testing/rows';
import type { SweepSeries } from './thread-sweep';

/** How much rounds differ from each other, in all rows alike and beside that: 11 rounds, as a sweep has. */
const machine = [1, 1.02, 0.99, 1.01, 1.03, 1, 0.98, 1.01, 1, 1.02, 0.99];
const wobble = [0, 0.01, -0.01, 0.005, -0.005, 0.008, -0.008, 0.003, -0.003, 0.006, -0.006];

/** A sweep as it is measured: three runs a round, whose times are `time_ms` give or take a percent. */
function swept(times: readonly (readonly [threads: number, time_ms: number])[], spread = 1): SweepSeries {
  const rows = times.map(([threads, time_ms], row) => measuredRow({
    samples_ms: machine.flatMap((slower, round) => Array<number>(3).fill(time_ms * slower * (1 + spread * (wobble[(round * (row + 1) + row) % 11] ?? 0)))),
    bursts: Array<number>(11).fill(3),
    configuration: { runtime: 'litert', accelerator: 'wasm', threads, variant: 'threaded', version: '1', fullyAccelerated: null },
  }));
  const series = sweepSeries('model', rows, rows.map((_, row) => row));
  if (series === null) throw new Error('Nothing was measured.');
  return series;
}

describe('lawOf', () => {
  it('finds Amdahl’s law where it made the times, with its serial share', () => {
    const law = lawOf(swept([1, 2, 3, 4].map((threads) => [threads, 100 * (0.2 + 0.8 / threads)] as const)));
    expect(law?.kind).toBe('amdahl');
    expect(law?.kind === 'amdahl' ? law.serial_share : NaN).toBeCloseTo(0.2, 2);
    // G. Amdahl, 1967: with a fifth of the time serial, four threads are 1 ÷ (0.2 + 0.8 ÷ 4) = 2.5 times as fast.
    expect(lawSpeedUp({ kind: 'amdahl', serial_share: 0.2 }, 4)).toBeCloseTo(2.5, 12);
  });

  it('finds the universal scalability law where more threads come to be slower again', () => {
    // (1 + 0.05 (n − 1) + 0.04 n (n − 1)) ÷ n: fastest at 5 threads.
    const law = lawOf(swept([1, 2, 4, 6, 8, 12].map((threads) => [threads, (100 * (1 + 0.05 * (threads - 1) + 0.04 * threads * (threads - 1))) / threads] as const)));
    expect(law?.kind).toBe('usl');
    expect(law?.kind === 'usl' ? law.contention : NaN).toBeCloseTo(0.05, 1);
    expect(law?.kind === 'usl' ? law.coherence : NaN).toBeCloseTo(0.04, 2);
    expect(lawSpeedUp({ kind: 'usl', contention: 0.05, coherence: 0.04 }, 4)).toBeCloseTo(4 / (1 + 0.15 + 0.48), 12);
  });

  it('says nothing where two threads are slower than one, and more of them still', () => {
    const series = swept([[1, 10], [2, 13], [3, 15], [4, 18]]);
    expect([series.amdahl, series.usl].includes(null)).toBe(false);
    expect(lawOf(series)).toBeNull();
  });

  it('says nothing of what is noise: no count is faster beyond its interval', () => {
    const series = swept([[1, 10], [2, 9.97], [3, 9.95], [4, 9.96]], 8);
    expect(series.points.slice(1).every(({ speedup_interval }) => (speedup_interval?.[0] ?? 2) < 1)).toBe(true);
    expect(lawOf(series)).toBeNull();
  });

  it('says nothing where its curve misses what was measured', () => {
    // Two are nearly twice as fast, three as slow as one, four twice as fast again: no law has such a shape.
    expect(lawOf(swept([[1, 100], [2, 52], [3, 100], [4, 50]]))).toBeNull();
  });

  it('needs more counts than a law has parameters, and one thread to count from', () => {
    expect(lawOf(swept([[1, 100], [2, 60]]))).toBeNull();
    expect(lawOf(swept([[1, 100], [2, 60], [4, 40]]))?.kind).toBe('amdahl');
    expect(lawOf(swept([[2, 60], [3, 46.7], [4, 40]]))).toBeNull();
  });

  it('takes whatever a link says of laws for no more than it is', () => {
    const series = swept([[1, 100], [2, 60], [4, 40]]);
    expect(lawOf({ ...series, amdahl: { serial_share: 0.9 }, usl: { contention: NaN, coherence: Infinity } })).toBeNull();
    expect(lawOf({ ...series, points: [] })).toBeNull();
  });
});
