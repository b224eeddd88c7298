import { deviation, mean, sum } from 'd3-array';
import { LitescopeError } from '../../../errors';
import type { BenchmarkPlan } from '../../../report/benchmark';
import type { OpFate } from '../../../report/op-profile';
import type { PlanHooks } from '../../bench/shared/run-plan';
import type { OpClock, OpTotal } from '../../../engine/runtimes/worker/op-clock';

export interface TimedOp {
  readonly fate: OpFate;
  readonly time_ms: number;
  readonly interval_ms: readonly [number, number] | null;
  readonly times_called: number;
  readonly accelerated: boolean | null;
  readonly kernel: string | null;
}

export interface TimedOps {
  /** Runs that the figures come from, without warm-up. */
  readonly runs: number;
  /** Mean of an invoke, over the same runs as the ops' times. */
  readonly invoke_ms: number;
  readonly ops: readonly TimedOp[];
}

/** The runs are cut into as many parts; those between the quartiles give the figures, all of them the intervals. */
const parts = 8;
/** Student's t for 95 % and `parts` − 1 degrees of freedom (R: qt(0.975, 7)). */
const t95 = 2.364624;
/** How often a cancel is heard and progress is told, in milliseconds. */
const breathe_ms = 100;

/**
 * Runs a session and reads its clock of ops between parts of the runs. What else the machine did slows whole parts down:
 * the quarter of parts whose invoke was slowest and the quarter whose was fastest are left out, for ops and invoke
 * alike, so that the ops' times still add up to the invoke's.
 *
 * @param first_ms the first run, which the caller has made already
 * @throws LitescopeError CANCELLED, and what invoke throws
 */
export async function profileRuns(plan: BenchmarkPlan, clock: OpClock, hooks: PlanHooks, first_ms: number): Promise<TimedOps> {
  const runner = new Runner(hooks, clock.maximumRuns);
  const warmUp = { runs: Math.max(1, plan.warmup_runs) - 1, min_ms: plan.warmup_min_secs * 1000 - first_ms, max_ms: plan.max_secs * 1000 };
  // Half of the memory at most: the profile is of the runs behind the warm-up.
  await runner.run(warmUp, Math.floor(clock.maximumRuns / 2), (runs, fraction) => ({ kind: 'warm-up', runs, fraction }), [0, 1]);
  let before = clock.read(runner.runs);
  const measured: { readonly runs: number; readonly invoke_ms: number; readonly ops: readonly OpTotal[]; readonly ops_ms: readonly number[] }[] = [];
  const rule = { runs: Math.max(1, Math.ceil(plan.num_runs / parts)), min_ms: (plan.min_secs * 1000) / parts, max_ms: (plan.max_secs * 1000) / parts };
  for (let part = 0; part < parts; part++) {
    const room = Math.floor((clock.maximumRuns - runner.runs) / (parts - part));
    const samples = await runner.run(rule, room, (runs, fraction) => ({ kind: 'profiled-runs', runs, fraction }), [part / parts, (part + 1) / parts]);
    if (samples.length === 0) break;
    const ops = clock.read(runner.runs);
    const earlier = before;
    measured.push({
      runs: samples.length,
      invoke_ms: sum(samples) / samples.length,
      ops,
      ops_ms: ops.map(({ total_ms }, index) => Math.max(0, total_ms - (earlier[index]?.total_ms ?? 0)) / samples.length),
    });
    before = ops;
  }
  const byInvoke = [...measured].sort((one, other) => one.invoke_ms - other.invoke_ms);
  const margin = Math.floor(measured.length / 4);
  const kept = byInvoke.slice(margin, measured.length - margin);
  return {
    runs: sum(kept, ({ runs }) => runs),
    invoke_ms: mean(kept, ({ invoke_ms }) => invoke_ms) ?? 0,
    ops: before.map(({ fate, times_called, accelerated, kernel }, index) => {
      const time_ms = mean(kept, ({ ops_ms }) => ops_ms[index]) ?? 0;
      const spread = deviation(measured, ({ ops_ms }) => ops_ms[index]);
      const half = spread === undefined ? null : (t95 * spread) / Math.sqrt(measured.length);
      return { fate, time_ms, times_called, accelerated, kernel, interval_ms: fate.kind !== 'timed' || half === null ? null : [Math.max(0, time_ms - half), time_ms + half] };
    }),
  };
}

interface Rule {
  readonly runs: number;
  readonly min_ms: number;
  readonly max_ms: number;
}

type Describe = (runs: number, fraction: number) => Parameters<PlanHooks['onProgress']>[0];

class Runner {
  readonly #hooks: PlanHooks;
  readonly #maximum: number;
  #breath = -Infinity;
  /** The first run, which was made before, is among them. */
  runs = 1;

  constructor(hooks: PlanHooks, maximum: number) {
    this.#hooks = hooks;
    this.#maximum = maximum;
  }

  /** Runs until the rule is met or `room` is used up. @returns the samples, milliseconds */
  async run({ runs, min_ms, max_ms }: Rule, room: number, describe: Describe, [from, to]: readonly [number, number]): Promise<number[]> {
    const { now, release, invoke, interrupted, onProgress } = this.#hooks;
    const samples: number[] = [];
    const begun = now();
    for (;;) {
      const elapsed = now() - begun;
      const full = samples.length >= room || this.runs >= this.#maximum;
      const done = full || elapsed >= max_ms || (samples.length >= runs && elapsed >= min_ms);
      if (done || now() - this.#breath >= breathe_ms) {
        const share = done ? 1 : Math.min(samples.length / Math.max(1, runs), min_ms <= 0 ? 1 : elapsed / min_ms, 0.99);
        onProgress(describe(this.runs, from + (to - from) * share));
        if (await interrupted()) throw new LitescopeError('CANCELLED');
        this.#breath = now();
      }
      if (done) return samples;
      release();
      const started = now();
      const pending = invoke();
      if (pending !== undefined) await pending;
      samples.push(now() - started);
      this.runs++;
    }
  }
}
