import { expect, test } from 'vitest';
import { everything } from '../../engine/testing/devices';
import type { ProfiledModel } from '../../studies/profile/page/profile-model';
import { LitescopeError } from '../../errors';
import { defaultPlan } from '../../report/benchmark';
import type { OpProfile } from '../../report/op-profile';
import { madeReport } from '../../report/testing/made-report';
import { measuredRow } from '../../report/testing/rows';
import type { Report } from '../../report/report';
import { fakeLitescope, setupOf } from '../testing/fakes';
import { SweepState } from './sweep-state.svelte';

const setup = setupOf();
const point = (threads: number, row: number) => ({ threads, row, median_ms: 4 / threads, interval_ms: [1, 2] as const, speedup: threads, speedup_interval: null, efficiency: 1 });
const rowOn = (threads: number) => measuredRow({
  samples_ms: [4 / threads], model: { name: setup.model.name, sha256: setup.model.sha256, bytes: setup.model.bytes },
  configuration: { runtime: 'tfjs-tflite', accelerator: 'wasm', threads, variant: 'simd', version: '1', fullyAccelerated: null },
});
const swept: Report = {
  ...madeReport({ ops: 0, samples: 2 }), results: [rowOn(1), rowOn(2), rowOn(4)],
  sweep: { series: [{ name: 'face', points: [point(1, 0), point(2, 1), point(4, 2)], amdahl: null, usl: null, best_threads: 4, enough_threads: 2 }] },
} as unknown as Report;
const profileOn = (threads: number): OpProfile => ({ method: 'profiler', runs: 1, invoke_ms: 4 / threads, other_ms: 0, subgraph: 0, ops: [] });

function scene(failsOn: number | null) {
  const profiled: unknown[] = [];
  const asked: unknown[][] = [];
  const litescope = fakeLitescope({
    capabilities: () => Promise.resolve({ ...everything, cores: 4 }),
    sweep: (...args) => { asked.push(args); return Promise.resolve(swept); },
    profile: (_, configuration) => {
      const threads = Number(configuration?.threads);
      profiled.push(configuration);
      if (threads === failsOn) return Promise.reject(new LitescopeError('UNSUPPORTED_OP', 'no'));
      return Promise.resolve({ op_profile: profileOn(threads) } as unknown as ProfiledModel);
    },
  });
  return { litescope, profiled, asked };
}

test('All counts up to the cores are tried, unless some were chosen', async () => {
  const state = new SweepState();
  const { litescope, asked, profiled } = scene(null);
  await state.measure(litescope, [setup], defaultPlan, {});
  state.chooseCounts([1, 3]);
  state.chooseRuntime('litert', true);
  state.chooseRuntime('tfjs-tflite', false);
  await state.measure(litescope, [setup], defaultPlan, {});
  expect(asked.map(([ids, configurations, counts]) => [ids, configurations, counts])).toEqual([
    [[setup.model.id], [{ runtime: 'tfjs-tflite' }], [1, 2, 3, 4]],
    [[setup.model.id], [{ runtime: 'litert' }], [1, 3]],
  ]);
  expect([profiled, state.of(setup.model.id)]).toEqual([[], { report: swept, profiles: [] }]);
});

test('A series is found by its model and runtime', async () => {
  const state = new SweepState();
  await state.measure(scene(null).litescope, [setup], defaultPlan, {});
  expect(state.seriesOf(setup.model.id, 'tfjs-tflite')?.name).toBe('face');
  expect([state.seriesOf(setup.model.id, 'litert'), state.seriesOf('b'.repeat(16), 'tfjs-tflite')]).toEqual([null, null]);
});

test('Ops are timed on each count, and their times lie in the row of the count', async () => {
  const state = new SweepState();
  const { litescope, profiled } = scene(null);
  state.chooseOps(true);
  await state.measure(litescope, [setup], defaultPlan, {});
  const sweep = state.of(setup.model.id);
  expect(profiled).toEqual([1, 2, 4].map((threads) => ({ runtime: 'tfjs-tflite', accelerator: 'wasm', threads })));
  expect(sweep?.profiles).toEqual([{ runtime: 'tfjs-tflite', profiles: [1, 2, 4].map((threads) => ({ threads, profile: profileOn(threads) })), failure: null }]);
  expect(sweep?.report.results.map((result) => ('op_profile' in result ? result.op_profile?.invoke_ms : null))).toEqual([4, 2, 1]);
});

test('Where ops cannot be timed, the sweep and what is known of other counts stay, and the reason is told', async () => {
  const state = new SweepState();
  const { litescope, profiled } = scene(2);
  state.chooseOps(true);
  await state.measure(litescope, [setup], defaultPlan, {});
  expect(profiled).toHaveLength(2);
  const [own] = state.of(setup.model.id)?.profiles ?? [];
  expect([own?.profiles.map(({ threads }) => threads), own?.failure?.threads, own?.failure?.error.code]).toEqual([[1], 2, 'UNSUPPORTED_OP']);
});
