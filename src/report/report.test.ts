import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../errors';
import { defaultPlan } from './benchmark';
import { isMeasured, type BenchmarkResult, type FailedResult, type Report } from './report';

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
    environment: { user_agent: 'test', platform: 'test', cores: 2, device_memory_gb: null, isolated: true, simd: true, relaxed_simd: true },
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
});
