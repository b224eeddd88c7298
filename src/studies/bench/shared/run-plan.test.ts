import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { defaultPlan } from '../../../report/benchmark';
import { rejectionOf } from '../../../threads/testing/errors';
import { fakePlan } from '../testing/fake-plan';
import type { Progress } from '../../progress';
import { runPlan, planSeconds, turnsSeconds } from './run-plan';

type Counted = Extract<Progress, { kind: 'warm-up' | 'timed-runs' }>;
const stepsOf = (progress: readonly Progress[], kind: Counted['kind']) => progress.filter((step): step is Counted => step.kind === kind);

describe('runPlan', () => {
  // TensorFlow Lite's benchmark_model: warmup_runs 1, warmup_min_secs 0.5, num_runs 50, min_secs 1, max_secs 150.
  it.each([
    ['fast runs: until the seconds are reached', 1, 500, 1000],
    ['10 ms runs: until the seconds are reached', 10, 50, 100],
    ['100 ms runs: until the number is reached', 100, 5, 50],
    ['a first inference longer than the warm-up: no other', 600, 1, 50],
    ['3.5 s runs: until the longest time is over', 3500, 1, 43],
    ['200 s runs: one of each', 200_000, 1, 1],
  ])('%s', async (_, duration_ms, warmups, runs) => {
    const { warmup_samples_ms, samples_ms } = await runPlan(defaultPlan, fakePlan([duration_ms]), duration_ms);
    expect(warmup_samples_ms).toEqual(Array(warmups).fill(duration_ms));
    expect(samples_ms).toEqual(Array(runs).fill(duration_ms));
  });

  it('counts the first inference as the first warm-up run', async () => {
    const { warmup_samples_ms } = await runPlan({ ...defaultPlan, warmup_runs: 3, warmup_min_secs: 0 }, fakePlan([20, 10]), 90);
    expect(warmup_samples_ms).toEqual([90, 20, 10]);
  });

  it('keeps every sample in order, the slow one among them', async () => {
    const { samples_ms } = await runPlan({ ...defaultPlan, warmup_min_secs: 0, num_runs: 4, min_secs: 0 }, fakePlan([3, 40, 5, 6]), 7);
    expect(samples_ms).toEqual([3, 40, 5, 6]);
  });

  it('runs at least once where nothing is asked for', async () => {
    const plan = { warmup_runs: 0, warmup_min_secs: 0, num_runs: 0, min_secs: 0, max_secs: 0 };
    expect(await runPlan(plan, fakePlan([5]), 5)).toEqual({ warmup_samples_ms: [5], samples_ms: [5], runs_per_sample: 1, warmup_runs: 1 });
  });

  it('waits for an asynchronous accelerator within the measured time', async () => {
    const { samples_ms } = await runPlan({ ...defaultPlan, num_runs: 2, min_secs: 0 }, fakePlan([250], { asynchronous: true }), 250);
    expect(samples_ms).toEqual([250, 250]);
  });

  it('does not count the time in which messages are let in as a run', async () => {
    const { samples_ms } = await runPlan({ ...defaultPlan, num_runs: 3, min_secs: 0 }, fakePlan([120], { breath_ms: 33 }), 120);
    expect(samples_ms).toEqual([120, 120, 120]);
  });

  it('times runs together that are shorter than a sample may be, and gives what one of them takes', async () => {
    const hooks = { ...fakePlan([0.25]), sampling: { least_ms: 20 } };
    const plan = { ...defaultPlan, warmup_runs: 3, warmup_min_secs: 0, num_runs: 4, min_secs: 0 };
    // 128 is the first power of two whose runs take 20 ms. Found out twice, by 255 runs each and three times over: before and after the warm-up.
    expect(await runPlan(plan, hooks, 0.25)).toEqual({ warmup_samples_ms: [0.25, 0.25, 0.25], samples_ms: [0.25, 0.25, 0.25, 0.25], runs_per_sample: 128, warmup_runs: 1 + 2 * 128 });
    expect(hooks.runs()).toBe(2 * 3 * 255 + (2 + 4) * 128);
  });

  it('does not take runs for long because the machine held up the first and the last of the warm-up', async () => {
    const hooks = { ...fakePlan([0.25, 250, 0.25]), sampling: { least_ms: 20 } };
    const { warmup_samples_ms, runs_per_sample } = await runPlan({ ...defaultPlan, warmup_runs: 3, warmup_min_secs: 0, num_runs: 2, min_secs: 0 }, hooks, 250);
    expect([warmup_samples_ms, runs_per_sample]).toEqual([[250, 0.25, 250], 128]);
  });

  it('takes as many runs together as were found before, and tries none where one is long enough', async () => {
    const plan = { ...defaultPlan, warmup_runs: 1, warmup_min_secs: 0, num_runs: 2, min_secs: 0 };
    const known = { ...fakePlan([0.25]), sampling: { runs: 8 } };
    expect([(await runPlan(plan, known, 0.25)).runs_per_sample, known.runs()]).toEqual([8, 16]);
    const long = { ...fakePlan([250]), sampling: { least_ms: 20 } };
    expect([(await runPlan(plan, long, 250)).runs_per_sample, long.runs()]).toEqual([1, 2]);
  });

  it('ends where runs take no time at all', async () => {
    const hooks = { ...fakePlan([0]), sampling: { least_ms: 20 } };
    expect((await runPlan({ ...defaultPlan, warmup_min_secs: 0, num_runs: 1, min_secs: 0 }, hooks, 0)).runs_per_sample).toBe(65_536);
  });

  it('slows runs inside the measured time', async () => {
    let time_ms = 0;
    // A clock that also runs while it is looked at.
    const hooks = { ...fakePlan([0]), now: () => (time_ms += 0.01), invoke() { time_ms += 20; }, slowedBy: 0.25 };
    const { samples_ms } = await runPlan({ ...defaultPlan, warmup_min_secs: 0, num_runs: 3, min_secs: 0 }, hooks, 20);
    for (const sample of samples_ms) expect(sample).toBeCloseTo(25, 0);
  });

  it('passes on what invoke throws', async () => {
    const failing = { ...fakePlan([1]), invoke() { throw new LitescopeError('INVOKE_FAILED', 'no'); } };
    expect((await rejectionOf(runPlan(defaultPlan, failing, 1))).code).toBe('INVOKE_FAILED');
  });
});

describe('progress', () => {
  const anyPlan = fc.record({
    warmup_runs: fc.nat(20), warmup_min_secs: fc.nat(20).map((n) => n / 10), num_runs: fc.nat(60), min_secs: fc.nat(30).map((n) => n / 10), max_secs: fc.integer({ min: 1, max: 10 }),
  });
  const durations = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 30 });

  it('never falls, ends each phase at 1 and counts its runs', async () => {
    await fc.assert(fc.asyncProperty(anyPlan, durations, fc.nat(200), async (plan, durations_ms, breath_ms) => {
      const hooks = fakePlan(durations_ms, { breath_ms });
      const result = await runPlan(plan, hooks, durations_ms[0] ?? 1);
      for (const [kind, samples] of [['warm-up', result.warmup_samples_ms], ['timed-runs', result.samples_ms]] as const) {
        const steps = stepsOf(hooks.progress, kind);
        const fractions = steps.map(({ fraction }) => fraction);
        expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
        expect(fractions.filter((fraction) => fraction === 1)).toHaveLength(1);
        expect(steps.at(-1)).toMatchObject({ fraction: 1, runs: samples.length });
      }
      expect(hooks.progress.map(({ kind }) => kind)).toEqual([...stepsOf(hooks.progress, 'warm-up'), ...stepsOf(hooks.progress, 'timed-runs')].map(({ kind }) => kind));
    }));
  });

  it('speaks ten times a second at most, with the median so far', async () => {
    const hooks = fakePlan([30]);
    await runPlan({ ...defaultPlan, warmup_min_secs: 0, num_runs: 10, min_secs: 0 }, hooks, 30);
    expect(hooks.progress).toEqual([
      { kind: 'warm-up', runs: 1, fraction: 1 },
      { kind: 'timed-runs', runs: 4, fraction: 0.4, median_ms: 30 },
      { kind: 'timed-runs', runs: 8, fraction: 0.8, median_ms: 30 },
      { kind: 'timed-runs', runs: 10, fraction: 1, median_ms: 30 },
    ]);
  });
});

describe('cancel', () => {
  it('is heard after the current run', async () => {
    const hooks = fakePlan([150], { cancelAt: 6 });
    // Heard after each run of more than 100 ms: the first inference, three more of warm-up, two timed ones.
    expect((await rejectionOf(runPlan(defaultPlan, hooks, 150))).code).toBe('CANCELLED');
    expect(hooks.runs()).toBe(5);
  });

  it('is heard after a slow first inference, before another run', async () => {
    const hooks = fakePlan([30_000], { cancelAt: 1 });
    expect((await rejectionOf(runPlan({ ...defaultPlan, warmup_runs: 5 }, hooks, 30_000))).code).toBe('CANCELLED');
    expect(hooks.runs()).toBe(0);
  });

  it('is heard within a tenth of a second and a run among fast runs', async () => {
    const hooks = fakePlan([7], { cancelAt: 1 });
    expect((await rejectionOf(runPlan(defaultPlan, hooks, 7))).code).toBe('CANCELLED');
    expect((hooks.runs() + 1) * 7).toBe(105);
  });

  it('is heard at the very end, too', async () => {
    const hooks = fakePlan([1], { cancelAt: 2 });
    const plan = { warmup_runs: 1, warmup_min_secs: 0, num_runs: 3, min_secs: 0, max_secs: 1 };
    expect((await rejectionOf(runPlan(plan, hooks, 1))).code).toBe('CANCELLED');
    expect(hooks.runs()).toBe(3);
  });
});

describe('how long it takes', () => {
  const plan = { warmup_runs: 1, warmup_min_secs: 0.5, num_runs: 50, min_secs: 1, max_secs: 150 };

  it('is a plan’s least seconds, or its least runs where those take longer, and never more than its most', () => {
    expect(planSeconds(plan, { run_ms: null, load_ms: null })).toBe(1.5);
    expect(planSeconds(plan, { run_ms: 3, load_ms: 40 })).toBeCloseTo(0.04 + 0.5 + 1, 12);
    expect(planSeconds(plan, { run_ms: 600, load_ms: null })).toBeCloseTo(0.6 + 30, 12);
    expect(planSeconds(plan, { run_ms: 10_000, load_ms: null })).toBe(10 + 150);
  });

  it('grows with rows that take turns, each with a session in every round', () => {
    // A round has an eleventh of the seconds, and five runs.
    expect(turnsSeconds(plan, { rows: 2, rounds: 11 }, { run_ms: null, load_ms: 100 })).toBeCloseTo(2 * 1.5 + 22 * 0.1, 12);
    expect(turnsSeconds(plan, { rows: 2, rounds: 11 }, { run_ms: 100, load_ms: null })).toBeCloseTo(22 * (0.1 + 0.5), 12);
  });
});
