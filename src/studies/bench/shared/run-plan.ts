import { median, min } from 'd3-array';
import { LitescopeError } from '../../../errors';
import type { Progress } from '../../progress';
import type { BenchmarkPlan } from '../../../report/benchmark';

/** What a plan needs of its surroundings; tests replace the clock. */
export interface PlanHooks {
  /** One run; a promise only where the accelerator is asynchronous. */
  invoke(): void | Promise<void>;
  /** Frees the latest outputs, outside of measured time. */
  release(): void;
  /** Milliseconds. */
  now(): number;
  /** Lets messages in (a cancel among them) and returns whether to stop. */
  interrupted(): Promise<boolean>;
  onProgress(progress: Progress): void;
  /** See `BenchmarkRequest`. */
  readonly slowedBy?: number | undefined;
  /**
   * How many runs a timed sample is the mean of, where that was found before; else the shortest time that a sample may
   * take, by which it is found: a run that is shorter than the clock can tell is timed together with others.
   */
  readonly sampling?: { readonly runs: number } | { readonly least_ms: number } | undefined;
}

/** Milliseconds a run. */
export interface PlanSamples {
  readonly warmup_samples_ms: readonly number[];
  readonly samples_ms: readonly number[];
  /** Of how many runs each of `samples_ms` is the mean. */
  readonly runs_per_sample: number;
  /** How many runs all warm-up samples were. */
  readonly warmup_runs: number;
}

/** How often messages are let in, in milliseconds: seldom enough not to disturb runs, often enough to feel alive. */
const breathe_ms = 100;
/** No run takes so little time that more of them would be needed. */
const mostRunsPerSample = 65_536;

/**
 * Runs a plan by benchmark_model's rules: warm-up until both its runs and its seconds are reached, then timed runs
 * until both `num_runs` and `min_secs` are reached; neither phase outlasts `max_secs`, and each has at least one run.
 * Where a sample is the mean of several runs, each counts as one of the plan's: there are more runs than it asks for.
 * @param first_ms the first inference, which the caller has run already; it counts as the first warm-up run
 * @returns every sample, milliseconds of wall time around invoke alone
 * @throws LitescopeError CANCELLED, and what invoke throws
 */
export async function runPlan(plan: BenchmarkPlan, hooks: PlanHooks, first_ms: number): Promise<PlanSamples> {
  const warmup = await phase(
    { runs: Math.max(1, plan.warmup_runs), min_ms: plan.warmup_min_secs * 1000, max_ms: plan.max_secs * 1000 },
    hooks,
    [first_ms],
    await runsPerSample(hooks, first_ms),
    (runs, fraction) => ({ kind: 'warm-up', runs: runs.length, fraction }),
  );
  // The least of them: a run that the machine held up is the likeliest to end a warm-up, because it takes long.
  const runs_per_sample = await runsPerSample(hooks, min(warmup.samples) ?? first_ms);
  const timed = await phase(
    { runs: Math.max(1, plan.num_runs), min_ms: plan.min_secs * 1000, max_ms: plan.max_secs * 1000 },
    hooks,
    [],
    runs_per_sample,
    // The latest runs are enough for a live figure; the report's comes from all of them.
    (runs, fraction) => ({ kind: 'timed-runs', runs: runs.length, fraction, median_ms: median(runs.slice(-200)) ?? Number.NaN }),
  );
  return { warmup_samples_ms: warmup.samples, samples_ms: timed.samples, runs_per_sample, warmup_runs: 1 + (warmup.samples.length - 1) * warmup.runs };
}

/** @param known_ms what a run took: one that is far longer than the shortest sample needs no trial */
async function runsPerSample(hooks: PlanHooks, known_ms: number): Promise<number> {
  const { sampling } = hooks;
  if (sampling === undefined) return 1;
  if ('runs' in sampling) return sampling.runs;
  if (known_ms >= 10 * sampling.least_ms) return 1;
  for (let runs = 1; ; runs *= 2) if (runs >= mostRunsPerSample || await leastTime(hooks, runs) >= sampling.least_ms) return runs;
}

/** Of three tries: one that the machine held up would make runs look longer than they are. */
async function leastTime(hooks: PlanHooks, runs: number): Promise<number> {
  return Math.min(await timeRuns(hooks, runs), await timeRuns(hooks, runs), await timeRuns(hooks, runs));
}

/** @returns milliseconds of all runs together; outputs are freed outside of measured time where there is one run */
async function timeRuns(hooks: PlanHooks, runs: number): Promise<number> {
  hooks.release();
  const started = hooks.now();
  for (let run = 0; run < runs; run++) {
    if (run > 0) hooks.release();
    const pending = hooks.invoke();
    // Awaiting nothing would still cost a turn of the event loop inside the measured time.
    if (pending !== undefined) await pending;
  }
  if (hooks.slowedBy) loiter(hooks, started, hooks.slowedBy);
  return hooks.now() - started;
}

interface PhaseRule {
  readonly runs: number;
  readonly min_ms: number;
  readonly max_ms: number;
}

async function phase(
  rule: PhaseRule,
  hooks: PlanHooks,
  earlier: readonly number[],
  runs: number,
  describe: (samples: readonly number[], fraction: number) => Progress,
): Promise<{ readonly samples: number[]; readonly runs: number }> {
  const samples = [...earlier];
  const begun = hooks.now() - earlier.reduce((sum, sample) => sum + sample, 0);
  let breath = begun;
  for (;;) {
    const now = hooks.now();
    const elapsed = now - begun;
    // Decided here alone, so that the phase never ends without its last report and without hearing a cancel.
    const done = samples.length > 0 && (elapsed >= rule.max_ms || (samples.length >= rule.runs && elapsed >= rule.min_ms));
    if (done || now - breath >= breathe_ms) {
      const byRuns = samples.length / rule.runs;
      const byTime = rule.min_ms === 0 ? 1 : elapsed / rule.min_ms;
      // Both only rise, and so does the lesser; what is left open is the very end.
      hooks.onProgress(describe(samples, done ? 1 : Math.min(byRuns, byTime, 0.99)));
      if (await hooks.interrupted()) throw new LitescopeError('CANCELLED');
      breath = hooks.now();
    }
    if (done) return { samples, runs };
    samples.push(await timeRuns(hooks, runs) / runs);
  }
}

/** Lets time pass until it is longer by `share` than it was. */
function loiter({ now }: PlanHooks, started: number, share: number): void {
  const until = started + (now() - started) * (1 + share);
  while (now() < until);
}

/**
 * A plan's part of one round: all rounds together have its runs and seconds. Each round begins in a fresh session, so
 * that it warms up by itself, and has at least three runs, because a median of fewer hides no slow one.
 */
export function planOfRound(plan: BenchmarkPlan, rounds: number): BenchmarkPlan {
  return {
    warmup_runs: plan.warmup_runs,
    warmup_min_secs: plan.warmup_min_secs / rounds,
    num_runs: Math.max(3, Math.ceil(plan.num_runs / rounds)),
    min_secs: plan.min_secs / rounds,
    max_secs: plan.max_secs / rounds,
  };
}

/** What is known of a model before it is measured, in milliseconds; null where nothing is. */
export interface KnownTimes {
  readonly run_ms: number | null;
  readonly load_ms: number | null;
}

/** How long a plan takes in a session of its own, in seconds: by its least runs or its least seconds, whichever is longer. */
export function planSeconds({ warmup_runs, warmup_min_secs, num_runs, min_secs, max_secs }: BenchmarkPlan, { run_ms, load_ms }: KnownTimes): number {
  const phaseSeconds = (runs: number, least: number): number => Math.min(max_secs, Math.max(least, (Math.max(1, runs) * (run_ms ?? 0)) / 1000));
  return (load_ms ?? 0) / 1000 + phaseSeconds(warmup_runs, warmup_min_secs) + phaseSeconds(num_runs, min_secs);
}

/** How long rows take that are measured in turn, in seconds. */
export function turnsSeconds(plan: BenchmarkPlan, { rows, rounds }: { readonly rows: number; readonly rounds: number }, known: KnownTimes): number {
  return rows * rounds * planSeconds(planOfRound(plan, rounds), known);
}
