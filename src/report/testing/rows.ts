import { LitescopeError } from '../../errors';
import { summarizeSamples } from '../../stats/summarize';
import type { BenchmarkResult, FailedResult, ModelIdentity } from '../report';

export const testModel: ModelIdentity = { name: 'model.tflite', sha256: 'ab'.repeat(32), bytes: 1024 };

export const failedRow: FailedResult = { name: 'model.tflite · litert', model: testModel, error: new LitescopeError('UNSUPPORTED_OP', 'litert lacks custom op X.').serialize() };

/** A measured row, with whatever a test says of it. */
export function measuredRow(more: Partial<BenchmarkResult> & Pick<BenchmarkResult, 'samples_ms'>): BenchmarkResult {
  const { samples_ms } = more;
  return {
    name: 'model.tflite · tfjs-tflite',
    model: testModel,
    configuration: { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1, variant: 'simd', version: '0.0.1-alpha.10', fullyAccelerated: null },
    refusals: [],
    latency_metrics: { init_ms: 5, first_inference_ms: 3, average_warm_up_ms: 3, ...summarizeSamples(samples_ms) },
    memory_metrics: { before_kb: 16384, init_footprint_kb: 0, overall_footprint_kb: 0, peak_mem_mb: 16 },
    misc_metrics: { model_size_mb: 1 / 1024, num_runs: samples_ms.length, num_warmup_runs: 1 },
    warmup_samples_ms: [3],
    warnings: [],
    ...more,
  };
}
