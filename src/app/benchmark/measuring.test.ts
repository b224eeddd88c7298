import { describe, expect, test } from 'vitest';
import { LitescopeError } from '../../errors';
import { defaultPlan } from '../../report/benchmark';
import { failedRow, measuredRow } from '../../report/testing/rows';
import { madeReport } from '../../report/testing/made-report';
import type { Report } from '../../report/report';
import { fakeLitescope, openedModel, setupOf } from '../testing/fakes';
import { BenchmarkState } from './benchmark-state.svelte';
import { ComparisonState } from './comparison-state.svelte';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const made = madeReport({ ops: 0, samples: 4 });
const reportOf = (...results: Report['results']): Report => ({ ...made, results });
const row = (ms: number) => measuredRow({ samples_ms: [ms, ms, ms] });

describe('what was measured', () => {
  test('is kept for every model, the newest first, and the one that was chosen is shown', async () => {
    const state = new BenchmarkState();
    const [a, b] = [setupOf(openedModel('a'.repeat(16))), setupOf(openedModel('b'.repeat(16)))];
    const asked: unknown[][] = [];
    let ms = 0;
    const litescope = fakeLitescope({ benchmark: (...args) => { asked.push(args); ms += 1; return Promise.resolve(reportOf(row(ms))); } });
    state.changePlan({ num_runs: 7 });
    for (const setup of [a, b, a]) await state.measure(litescope, setup, auto, { watchdog_ms: 1000 });
    expect(state.measurements.map(({ modelId, result }) => [modelId[0], result.latency_metrics.median_ms])).toEqual([['a', 3], ['b', 2], ['a', 1]]);
    expect(asked[0]).toEqual([[a.model.id], [auto], { ...defaultPlan, num_runs: 7 }, a.inputs.sources, { watchdog_ms: 1000, signature: undefined, shapes: undefined }]);
    const [latest, , first] = state.measurements;
    expect([state.shownFor(a.model.id), state.shownFor(b.model.id), state.shownFor('c')]).toEqual([latest, state.measurements[1], null]);
    state.show(first?.id ?? -1);
    expect(state.shownFor(a.model.id)).toBe(first);
    // What was chosen for one model says nothing of another.
    expect(state.shownFor(b.model.id)).toBe(state.measurements[1]);
    state.resetPlan();
    expect(state.plan).toEqual(defaultPlan);
  });

  test('stays as it is when a later measurement fails, whose own failure is told', async () => {
    const state = new BenchmarkState();
    const setup = setupOf();
    const answers = [reportOf(row(1)), reportOf(failedRow)];
    const litescope = fakeLitescope({ benchmark: () => Promise.resolve(answers.shift() ?? made) });
    await state.measure(litescope, setup, auto, {});
    await expect(state.measure(litescope, setup, auto, {})).rejects.toMatchObject({ code: 'UNSUPPORTED_OP', details: 'litert lacks custom op X.' });
    expect(state.measurements).toHaveLength(1);
  });
});

describe('what is measured in turn', () => {
  test('may be one configuration twice, on all chosen models', async () => {
    const state = new ComparisonState();
    const [a, b] = [setupOf(openedModel('a'.repeat(16))), setupOf(openedModel('b'.repeat(16)))];
    const litert = { ...auto, runtime: 'litert' } as const;
    for (const configuration of [auto, auto, litert]) state.add(configuration);
    const [first] = state.configurations;
    state.remove(first?.id ?? -1);
    state.chooseModel('b', true);
    state.chooseModel('b', true);
    expect([state.configurations.map(({ requested }) => requested), state.otherModelIds]).toEqual([[auto, litert], ['b']]);
    state.chooseModel('b', false);
    expect(state.otherModelIds).toEqual([]);
    state.changePlan({ rounds: 3 });
    const asked: unknown[][] = [];
    const litescope = fakeLitescope({ benchmark: (...args) => { asked.push(args); return Promise.resolve(made); } });
    await state.measure(litescope, [a, b], defaultPlan, {});
    expect(asked.map(([ids, configurations, , , options]) => [ids, configurations, options])).toEqual([[[a.model.id, b.model.id], [auto, litert], { comparison: state.plan }]]);
    expect([state.plan.rounds, state.report]).toEqual([3, made]);
  });

  test('keeps the report before when the next comparison is cancelled', async () => {
    const state = new ComparisonState();
    let fails = false;
    const litescope = fakeLitescope({ benchmark: () => (fails ? Promise.reject(new LitescopeError('CANCELLED')) : Promise.resolve(made)) });
    await state.measure(litescope, [setupOf()], defaultPlan, {});
    fails = true;
    await expect(state.measure(litescope, [setupOf()], defaultPlan, {})).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(state.report).toBe(made);
  });
});
