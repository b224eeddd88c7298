import { describe, expect, test } from 'vitest';
import type { Litescope } from '../../api';
import { LitescopeError } from '../../errors';
import { measuredRow } from '../../report/testing/rows';
import { madeReport } from '../../report/testing/made-report';
import { deferred } from '../../threads/testing/deferred';
import { BenchmarkState } from '../benchmark/benchmark-state.svelte';
import type { Shared } from '../context';
import { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import { Pictures } from '../setup/pictures.svelte';
import { Activity } from '../state/activity.svelte';
import { WorkModel } from '../state/work-model.svelte';
import { fakeLitescope, openedModel } from '../testing/fakes';
import { SweepState } from '../threads/sweep-state.svelte';
import { measureOverview, quickPlan } from './actions';

const produced = { runtime: 'litert', accelerator: 'wasm', threads: 1, variant: 'simd', version: '2', fullyAccelerated: true } as const;
const report = { ...madeReport({ ops: 0, samples: 4 }), results: [measuredRow({ samples_ms: [3, 3, 3], configuration: produced })] };
const estimate = { original_bytes: 10, bytes: 4, weighted: 1, changed: 1, reasons: [] };
const capabilities = { isolated: true, simd: true, relaxedSimd: true, int8Dot: true, threads: true, jspi: true, webgpu: false, gpuAdapter: null, webnn: false, cores: 2 };

/** One open model on a page whose API answers at once, and what it was asked for. */
function scene(methods: Partial<Litescope> = {}) {
  const asked: string[] = [];
  const answer = <Name extends keyof Litescope>(name: Name, value: unknown) => ({ [name]: (...args: readonly unknown[]) => { asked.push(`${name} ${JSON.stringify(args[1])}`); return Promise.resolve(value); } });
  const litescope = fakeLitescope({
    ...answer('run', { configuration: produced, outputs: [] }), ...answer('benchmark', report), ...answer('profile', { configuration: { ...produced, runtime: 'tfjs-tflite' }, refusals: [], op_profile: { subgraph: 0, ops: [] } }),
    ...answer('sweep', report), ...answer('estimateRecipe', estimate), capabilities: () => Promise.resolve(capabilities), ...methods,
  });
  const pictures = Object.assign(new Pictures(), { load: () => Promise.resolve() });
  pictures.add(new File(['picture'], 'face.jpg', { type: 'image/jpeg' }));
  const activity = new Activity();
  const shared = { litescope, activity, pictures, benchmark: new BenchmarkState(), configuration: new ConfigurationChoice(), device: { capabilities: null }, sweep: new SweepState() } as unknown as Shared;
  return { asked, activity, shared, work: new WorkModel(openedModel(), pictures) };
}

describe('a short look at a model', () => {
  test('runs it, times it, times its ops where there is a clock for them, tries threads, and estimates int8', async () => {
    const { asked, shared, work } = scene();
    await measureOverview(shared, work);
    expect(work.overview.phase).toBe('done');
    expect(asked).toEqual([
      'run {"runtime":"auto","accelerator":"auto","threads":"auto"}',
      'benchmark [{"runtime":"auto","accelerator":"auto","threads":"auto"}]',
      'profile {"runtime":"tfjs-tflite","accelerator":"wasm","threads":1}',
      'sweep [{"runtime":"litert"}]',
      'estimateRecipe "int8"',
    ]);
    expect(work.overview.estimate).toBe(estimate);
  });

  test('measures nothing twice that is known', async () => {
    const { asked, shared, work } = scene();
    await measureOverview(shared, work);
    asked.splice(0);
    await measureOverview(shared, work);
    expect(asked).toEqual([]);
    expect(work.overview.phase).toBe('done');
  });

  test('goes on where one part fails, and tells why that is missing', async () => {
    const { asked, shared, work } = scene({ profile: () => Promise.reject(new LitescopeError('UNSUPPORTED_OP', 'no')) });
    await measureOverview(shared, work);
    expect(work.overview.failureOf('ops')?.code).toBe('UNSUPPORTED_OP');
    expect(asked.map((call) => call.split(' ')[0])).toEqual(['run', 'benchmark', 'sweep', 'estimateRecipe']);
  });

  test('ends where the model does not run', async () => {
    const { asked, shared, work } = scene({ run: () => Promise.reject(new LitescopeError('UNSUPPORTED_OP', 'no')) });
    await measureOverview(shared, work);
    expect([work.overview.phase, work.overview.failureOf('run')?.code, asked]).toEqual(['done', 'UNSUPPORTED_OP', []]);
  });

  test('is interrupted by what a person asks for, and goes on from there', async () => {
    const begun = deferred();
    const { asked, activity, shared, work } = scene({
      benchmark: (_ids, _configurations, plan, _inputs, options) => new Promise((resolve, reject) => {
        expect(plan).toEqual(quickPlan);
        if (asked.length > 1) { resolve(report); return; }
        options?.signal?.addEventListener('abort', () => { reject(new LitescopeError('CANCELLED')); });
        begun.resolve();
      }),
    });
    const looking = measureOverview(shared, work);
    await begun.promise;
    await activity.perform('run', work.model.id, () => { asked.push('a person’s run'); return Promise.resolve(); });
    await looking;
    expect(work.overview.phase).toBe('interrupted');
    await measureOverview(shared, work);
    expect(work.overview.phase).toBe('done');
    expect(asked.map((call) => call.replace(/ \{.*/, ''))).toEqual(['run', 'a person’s run', 'profile', 'sweep [{"runtime":"litert"}]', 'estimateRecipe "int8"']);
  });

  test('that is cancelled says so and keeps what it had', async () => {
    const { activity, shared, work } = scene({
      profile: (_id, _configuration, _inputs, options) => new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => { reject(new LitescopeError('CANCELLED')); });
        activity.cancel();
      }),
    });
    await measureOverview(shared, work);
    expect([work.overview.phase, work.run.finished === null, shared.benchmark.measurements.length]).toEqual(['cancelled', false, 1]);
  });
});
