import { expect, test } from 'vitest';
import type { Litescope } from '../../api';
import type { ProfiledModel } from '../../studies/profile/page/profile-model';
import { LitescopeError } from '../../errors';
import { defaultPlan } from '../../report/benchmark';
import type { Roofline } from '../../report/comparison';
import type { UnfoldingTimes } from '../../report/findings';
import { failedRow, measuredRow } from '../../report/testing/rows';
import { madeReport } from '../../report/testing/made-report';
import { SweepState } from '../threads/sweep-state.svelte';
import { fakeLitescope, openedModel, setupOf } from '../testing/fakes';
import { WhyState } from './why-state.svelte';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const ran = { runtime: 'litert', accelerator: 'wasm', threads: 2 } as const;
const roofline: Roofline = { instruction: 'simd', peaks: [{ threads: 2, gflops: 30, bandwidth_gbs: 9 }] };
const row = measuredRow({ samples_ms: [4], configuration: { ...ran, variant: 'simd', version: '1', fullyAccelerated: true } });
const report = { ...madeReport({ ops: 0, samples: 1 }), results: [row] };
const op_profile = { method: 'profiler', runs: 1, invoke_ms: 4, other_ms: 0, subgraph: 0, ops: [] } as const;
const unfolding = { with_ms: 3, without_ms: 2 } as unknown as UnfoldingTimes;

function scene(methods: Partial<Litescope> = {}) {
  const asked: unknown[] = [];
  const litescope = fakeLitescope({
    benchmark: (_, configurations) => { asked.push(['benchmark', configurations]); return Promise.resolve(report); },
    peak: (threads) => { asked.push(['peak', threads]); return Promise.resolve(roofline); },
    profile: (_, configuration, __, options) => { asked.push(['profile', configuration, options?.fallback]); return Promise.resolve({ op_profile } as unknown as ProfiledModel); },
    timeUnfolding: (_, configuration) => { asked.push(['unfolding', configuration]); return Promise.resolve(unfolding); },
    ...methods,
  });
  const state = new WhyState();
  const measure = (setup = setupOf()) => state.measure(litescope, setup, auto, defaultPlan, new SweepState(), {});
  return { asked, state, measure };
}

test('All evidence is of the configuration that ran, and lies in one report', async () => {
  const { asked, state, measure } = scene();
  const setup = setupOf();
  expect(setup.model.summary.weights.map(({ dtype }) => dtype)).toContain('float16');
  await measure(setup);
  expect(asked).toEqual([['benchmark', [auto]], ['peak', [1, 2, report.environment.cores]], ['profile', ran, false], ['unfolding', ran]]);
  expect(state.of(setup.model.id)).toEqual({
    report: { ...report, results: [{ ...row, op_profile }], roofline }, result: row, environment: report.environment, roofline, profile: op_profile, profileError: null, series: null, unfolding, signing: null,
  });
  expect(state.of('b'.repeat(16))).toBeNull();
});

test('Weights that are float32 already are not unfolded', async () => {
  const { asked, measure } = scene();
  const model = openedModel();
  await measure(setupOf({ ...model, summary: { ...model.summary, weights: model.summary.weights.filter(({ dtype }) => dtype !== 'float16') } }));
  expect(asked.map((each) => (each as readonly unknown[])[0])).toEqual(['benchmark', 'peak', 'profile']);
});

test('What a runtime refuses is told, and leaves the rest as it is', async () => {
  const refuse = () => Promise.reject(new LitescopeError('INVALID_CONFIGURATION', 'no'));
  const { state, measure } = scene({ profile: refuse, timeUnfolding: refuse });
  await measure();
  const known = state.of('a'.repeat(16));
  expect([known?.profile, known?.profileError?.code, known?.unfolding, known?.roofline]).toEqual([null, 'INVALID_CONFIGURATION', null, roofline]);
  expect(known?.report.results.map((result) => 'op_profile' in result)).toEqual([false]);
});

test('A model that does not run has its own failure, and a cancel ends all', async () => {
  const { state, measure } = scene({ benchmark: () => Promise.resolve({ ...report, results: [failedRow] }) });
  await expect(measure()).rejects.toMatchObject({ code: 'UNSUPPORTED_OP' });
  const cancelled = scene({ profile: () => Promise.reject(new LitescopeError('CANCELLED')) });
  await expect(cancelled.measure()).rejects.toMatchObject({ code: 'CANCELLED' });
  expect([state.of('a'.repeat(16)), cancelled.state.of('a'.repeat(16))]).toEqual([null, null]);
});
