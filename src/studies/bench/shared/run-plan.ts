import { median } from 'd3-array';
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
}

export interface PlanSamples {
  readonly warmup_samples_ms: readonly number[];
  readonly samples_ms: readonly number[];
}

/** How often messages are let in, in milliseconds: seldom enough not to disturb runs, often enough to feel alive. */
const breathe_ms = 100;

/**
 * Runs a plan by benchmark_model's rules: warm-up until both its runs and its seconds are reached, then timed runs
 * until both `num_runs` and `min_secs` are reached; neither phase outlasts `max_secs`, and each has at least one run.
 * @param first_ms the first inference, which the caller has run already; it counts as the first warm-up run
 * @returns every sample, milliseconds of wall time around invoke alone
 * @throws LitescopeError CANCELLED, and what invoke throws
 */
export async function runPlan(plan: BenchmarkPlan, hooks: PlanHooks, first_ms: number): Promise<PlanSamples> {
  const warmup_samples_ms = await phase(
    { runs: Math.max(1, plan.warmup_runs), min_ms: plan.warmup_min_secs * 1000, max_ms: plan.max_secs * 1000 },
    hooks,
    [first_ms],
    (runs, fraction) => ({ kind: 'warm-up', runs: runs.length, fraction }),
  );
  const samples_ms = await phase(
    { runs: Math.max(1, plan.num_runs), min_ms: plan.min_secs * 1000, max_ms: plan.max_secs * 1000 },
    hooks,
    [],
    // The latest runs are enough for a live figure; the report's comes from all of them.
    (runs, fraction) => ({ kind: 'timed-runs', runs: runs.length, fraction, median_ms: median(runs.slice(-200)) ?? Number.NaN }),
  );
  return { warmup_samples_ms, samples_ms };
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
  describe: (samples: readonly number[], fraction: number) => Progress,
): Promise<number[]> {
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
    if (done) return samples;
    hooks.release();
    const started = hooks.now();
    const pending = hooks.invoke();
    // Awaiting nothing would still cost a turn of the event loop inside the measured time.
    if (pending !== undefined) await pending;
    if (hooks.slowedBy) loiter(hooks, started, hooks.slowedBy);
    samples.push(hooks.now() - started);
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
