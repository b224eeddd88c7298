import { describe, expect, it } from 'vitest';
import type { BenchmarkPlan } from '../../../report/benchmark';
import type { OpClock } from '../../../engine/runtimes/worker/op-clock';
import type { Progress } from '../../progress';
import { profileRuns } from './profile-runs';

const plan: BenchmarkPlan = { warmup_runs: 3, warmup_min_secs: 0, num_runs: 40, min_secs: 0, max_secs: 100 };

/** A runtime on a clock of its own: op 0 takes 2 ms, op 1 takes 1 ms, each run 0.5 ms beside; some runs are disturbed. */
class Made {
  time = 0;
  runs = 1;
  totals = [50, 40];
  readonly progress: Progress[] = [];
  cancelAfter = Infinity;
  readonly disturbed: (run: number) => number;
  readonly maximumRuns: number;

  constructor(disturbed: (run: number) => number = () => 0, maximumRuns = 1000) {
    this.disturbed = disturbed;
    this.maximumRuns = maximumRuns;
  }

  readonly hooks = {
    now: () => this.time,
    release: () => undefined,
    invoke: () => {
      const more = this.disturbed(this.runs);
      this.time += 3.5 + more;
      this.totals = [(this.totals[0] ?? 0) + 2 + more, (this.totals[1] ?? 0) + 1];
      this.runs += 1;
    },
    interrupted: () => Promise.resolve(this.runs > this.cancelAfter),
    onProgress: (progress: Progress) => { this.progress.push(progress); },
  };

  get clock(): OpClock {
    return {
      method: 'profiler',
      maximumRuns: this.maximumRuns,
      read: () => this.totals.map((total_ms) => ({ fate: { kind: 'timed' }, total_ms, times_called: 1, accelerated: true, kernel: 'GEMM' })),
    };
  }
}

describe('profiled runs', () => {
  it('give the mean of an op in one invoke, without the warm-up', async () => {
    const made = new Made();
    const { runs, invoke_ms, ops } = await profileRuns(plan, made.clock, made.hooks, 90);
    expect([runs, invoke_ms]).toEqual([20, 3.5]);
    expect(ops).toEqual([2, 1].map((time_ms) => ({ fate: { kind: 'timed' }, time_ms, interval_ms: [time_ms, time_ms], times_called: 1, accelerated: true, kernel: 'GEMM' })));
  });

  it('leave out parts of the runs that something else slowed, and say so by the interval', async () => {
    const made = new Made((run) => (run > 2 && run <= 7 ? 10 : 0));
    const { invoke_ms, ops } = await profileRuns(plan, made.clock, made.hooks, 90);
    expect([invoke_ms, ops[0]?.time_ms, ops[1]?.time_ms]).toEqual([3.5, 2, 1]);
    // One part of eight took 12 ms: its deviation is 10 ÷ √8, the interval's half 2.364624 × that ÷ √8.
    expect(ops[0]?.interval_ms?.[1]).toBeCloseTo(2 + (2.364624 * 10) / 8, 6);
    expect(ops[1]?.interval_ms).toEqual([1, 1]);
  });

  it('end where the clock has no more room', async () => {
    const made = new Made(() => 0, 26);
    await profileRuns({ ...plan, num_runs: 1000 }, made.clock, made.hooks, 90);
    expect(made.runs).toBeLessThanOrEqual(26);
  });

  it('tell how far they are, never less than before, up to the end', async () => {
    const made = new Made();
    await profileRuns({ ...plan, min_secs: 2 }, made.clock, made.hooks, 90);
    const fractions = made.progress.flatMap((progress) => (progress.kind === 'profiled-runs' ? [progress.fraction] : []));
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
    expect(fractions.at(-1)).toBe(1);
  });

  it('stop when they are cancelled', async () => {
    const made = new Made();
    made.cancelAfter = 10;
    await expect(profileRuns({ ...plan, min_secs: 2 }, made.clock, made.hooks, 90)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
