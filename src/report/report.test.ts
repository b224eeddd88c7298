import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../errors';
import { errorOf } from '../tflite/testing/models';
import { defaultPlan } from './benchmark';
import { isMeasured, parseReport, type BenchmarkResult, type FailedResult, type Report } from './report';

const model = { name: 'model.tflite', sha256: 'ab'.repeat(32), bytes: 1024 };
const failed: FailedResult = { name: 'model.tflite · litert', model, error: new LitescopeError('UNSUPPORTED_OP', 'litert lacks custom op X.').serialize() };
const measured: BenchmarkResult = {
  name: 'model.tflite · tfjs-tflite',
  model,
  configuration: { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1, variant: 'simd', version: '0.0.1-alpha.10', fullyAccelerated: null },
  refusals: [],
  latency_metrics: { init_ms: 5, first_inference_ms: 3, average_warm_up_ms: 3, avg_ms: 2, min_ms: 2, max_ms: 2, stddev_ms: 0, p5_ms: 2, median_ms: 2, p95_ms: 2 },
  memory_metrics: { before_kb: 16384, init_footprint_kb: 0, overall_footprint_kb: 0, peak_mem_mb: 16 },
  misc_metrics: { model_size_mb: 1 / 1024, num_runs: 2, num_warmup_runs: 1 },
  warmup_samples_ms: [3],
  samples_ms: [2, 2],
  warnings: [],
};

describe('defaultPlan', () => {
  // The defaults of TensorFlow Lite's benchmark_model (tools/benchmark/README.md), under its flags' names.
  it('is benchmark_model’s', () => {
    expect(defaultPlan).toEqual({ warmup_runs: 1, warmup_min_secs: 0.5, num_runs: 50, min_secs: 1, max_secs: 150 });
  });
});

describe('a report', () => {
  const report: Report = {
    schema: 1,
    created: '2026-01-31T12:00:00.000Z',
    environment: {
      user_agent: 'test', browser: { name: 'Test', version: '1' }, platform: 'test', cores: 2, device_memory_gb: null, isolated: true, simd: true, relaxed_simd: true, gpu_adapter: null,
    },
    plan: defaultPlan,
    results: [measured, failed],
  };

  it('tells rows that were measured from rows that failed', () => {
    expect(report.results.map(isMeasured)).toEqual([true, false]);
  });

  it('says the same after a way through JSON, and so does every way through structured clone', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(structuredClone(report)).toEqual(report);
  });

  it('is taken as one when it has all that a report has, and nothing else', () => {
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it.each<[string, unknown, string]>([
    ['no object', 7, 'the report'],
    ['another schema', { ...report, schema: 2 }, 'schema'],
    ['a field of its own', { ...report, extra: 1 }, 'extra'],
    ['a time that is no number', { ...report, results: [{ ...measured, samples_ms: [1, 'x'] }] }, 'results.0'],
    ['a time below zero', { ...report, plan: { ...defaultPlan, min_secs: -1 } }, 'plan.min_secs'],
    ['a SHA-256 that is none', { ...report, results: [{ ...failed, model: { ...model, sha256: 'x' } }] }, 'results.0'],
    ['a date that is none', { ...report, created: 'yesterday' }, 'created'],
  ])('with %s is refused, with the place', (_, json, place) => {
    expect(errorOf(() => parseReport(json))).toMatchObject({ code: 'INVALID_REPORT', details: expect.stringContaining(place) as string });
  });

  it('keeps an error whose code is not known here', () => {
    const unknown = { ...report, results: [{ ...failed, error: { ...failed.error, code: 'FROM_THE_FUTURE' } }] };
    expect(parseReport(unknown).results[0]).toMatchObject({ error: { code: 'INTERNAL', title: failed.error.title } });
  });
});
