import { expect, test } from 'vitest';
import type { ProfiledModel } from '../../studies/profile/page/profile-model';
import type { OpNumbers } from '../../graph/model/shared/op-numbers';
import { defaultPlan } from '../../report/benchmark';
import { wholeReport } from '../../report/testing/whole-report';
import { isMeasured } from '../../report/report';
import { failedRow, measuredRow } from '../../report/testing/rows';
import { fakeLitescope, setupOf } from '../testing/fakes';
import { ProfileState } from './profile-state.svelte';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const [first] = wholeReport.results;
if (first === undefined || !isMeasured(first) || first.op_profile === undefined) throw new Error('The report has no op profile.');
const { op_profile } = first;
const profiled = { op_profile, configuration: { runtime: 'litert', accelerator: 'wasm', threads: 1, variant: 'simd', version: '1' }, refusals: [] } as unknown as ProfiledModel;
const report = { ...wholeReport, results: [measuredRow({ samples_ms: [4] })] };

function scene() {
  const put: OpNumbers[] = [];
  return { put, setup: { ...setupOf(), opNumbers: { put: (numbers: OpNumbers) => { put.push(numbers); } } }, state: new ProfileState() };
}

test('A profile colours the graph by the times of the ops that have one of their own', async () => {
  const { put, setup, state } = scene();
  await state.measure(fakeLitescope({ profile: () => Promise.resolve(profiled) }), setup, auto, defaultPlan, {});
  expect(state.finished).toEqual({ ...profiled, requested: auto });
  // Ops 1 to 4 are fused, folded, elided and unknown.
  expect(put.map(({ id, values }) => [id, [...values.get(0) ?? []]])).toEqual([['profile', [[0, 8.125], [5, 5.125]]]]);
});

test('Whole runs are measured in the very configuration that was profiled, and leave with the ops’ times', async () => {
  const { setup, state } = scene();
  const asked: unknown[] = [];
  const litescope = fakeLitescope({
    profile: () => Promise.resolve(profiled),
    benchmark: (_, configurations, __, ___, options) => { asked.push([configurations, options?.fallback]); return Promise.resolve(report); },
  });
  await state.measureWhole(litescope, setup, defaultPlan, {});
  expect([asked, state.report]).toEqual([[], null]);
  await state.measure(litescope, setup, auto, defaultPlan, {});
  await state.measureWhole(litescope, setup, defaultPlan, {});
  expect(asked).toEqual([[[{ runtime: 'litert', accelerator: 'wasm', threads: 1 }], false]]);
  expect(state.report?.results).toEqual([{ ...report.results[0], op_profile }]);
  // The next profile is not that of the report.
  await state.measure(litescope, setup, auto, defaultPlan, {});
  expect(state.report).toBeNull();
});

test('Whole runs that fail, and those of a profile that another took the place of, make no report', async () => {
  const { setup, state } = scene();
  const profile = () => Promise.resolve({ ...profiled });
  await state.measure(fakeLitescope({ profile }), setup, auto, defaultPlan, {});
  await expect(state.measureWhole(fakeLitescope({ benchmark: () => Promise.resolve({ ...report, results: [failedRow] }) }), setup, defaultPlan, {})).rejects.toMatchObject({ code: 'UNSUPPORTED_OP' });
  await state.measureWhole(fakeLitescope({ benchmark: async () => { await state.measure(fakeLitescope({ profile }), setup, auto, defaultPlan, {}); return report; } }), setup, defaultPlan, {});
  expect(state.report).toBeNull();
});
