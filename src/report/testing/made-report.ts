/** A report as a benchmark with op times gives it, of any number of ops and samples; the same one every time. */
import { randomNumbers } from '../../tflite/testing/mutations';
import { defaultPlan } from '../benchmark';
import type { OpTime } from '../op-profile';
import type { BenchmarkResult, Report } from '../report';
import { summarizeSamples } from '../../stats/summarize';

const kinds = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'ADD', 'CONV_2D', 'MAX_POOL_2D'];

function madeOp(op: number, random: () => number): OpTime {
  const kind = kinds[op % kinds.length] ?? 'CONV_2D';
  const fused = op % 7 === 6;
  return {
    op,
    kind,
    // Names as TensorFlow's converter writes them.
    name: `model/block_${op >> 2}/${kind.toLowerCase()}_${op % 4}/BiasAdd;model/block_${op >> 2}/batch_normalization_${op}/FusedBatchNormV3`,
    fate: fused ? { kind: 'fused', into: op - 1 } : { kind: 'timed' },
    time_ms: fused ? 0 : 0.02 + random() * 0.4,
    interval_ms: null,
    accelerated: true,
    kernel: fused ? null : 'Convolution (NHWC, F32) IGEMM',
    macs: Math.floor(random() * 2e7),
    bytes: 4 * Math.floor(random() * 4e5),
    times_called: fused ? 0 : 1,
  };
}

export function madeReport({ ops, samples }: { readonly ops: number; readonly samples: number }): Report {
  const random = randomNumbers(1);
  // Differences of a clock that counts in 5 µs, with the digits that subtraction leaves behind.
  const samples_ms = Array.from({ length: samples }, (_, index) => (1000 + index * 12 + Math.floor(2400 + random() * 600) * 0.005) - (1000 + index * 12));
  const latency = summarizeSamples(samples_ms);
  const result: BenchmarkResult = {
    name: 'made.tflite · auto · auto · auto threads',
    model: { name: 'made.tflite', sha256: '0f'.repeat(32), bytes: 3_493_696 },
    configuration: { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 2, variant: 'simd-threaded', version: '0.0.1-alpha.10', fullyAccelerated: true },
    refusals: [],
    latency_metrics: { init_ms: 21.4, first_inference_ms: 19.25, average_warm_up_ms: 14.125, ...latency },
    memory_metrics: { before_kb: 16_384, init_footprint_kb: 8192, overall_footprint_kb: 9216, peak_mem_mb: 25 },
    misc_metrics: { model_size_mb: 3_493_696 / 1024 / 1024, num_runs: samples, num_warmup_runs: 41 },
    warmup_samples_ms: samples_ms.slice(0, 41),
    samples_ms,
    warnings: [],
    ...(ops === 0 ? {} : {
      op_profile: { method: 'profiler', runs: 50, invoke_ms: latency.median_ms, other_ms: 0.125, subgraph: 0, ops: Array.from({ length: ops }, (_, op) => madeOp(op, random)) },
    }),
  };
  return {
    schema: 1,
    created: '2026-01-31T12:00:00.000Z',
    environment: {
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36',
      browser: { name: 'Google Chrome', version: '144' }, platform: 'Linux', cores: 8, device_memory_gb: 8, isolated: true, simd: true, relaxed_simd: true, gpu_adapter: null,
    },
    plan: defaultPlan,
    results: [result],
  };
}
