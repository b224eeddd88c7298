import * as v from 'valibot';
import { finite, milliseconds, type Immutable } from './values';

export const latencyMetricsSchema = v.strictObject({
  init_ms: milliseconds,
  first_inference_ms: milliseconds,
  average_warm_up_ms: milliseconds,
  avg_ms: milliseconds,
  min_ms: milliseconds,
  max_ms: milliseconds,
  stddev_ms: milliseconds,
  p5_ms: milliseconds,
  median_ms: milliseconds,
  p95_ms: milliseconds,
});

export const memoryMetricsSchema = v.strictObject({
  before_kb: finite,
  init_footprint_kb: finite,
  overall_footprint_kb: finite,
  peak_mem_mb: finite,
});

const amount = v.pipe(finite, v.minValue(0));

export const benchmarkPlanSchema = v.strictObject({
  /** Warm up at least this many runs… */
  warmup_runs: amount,
  /** …and at least this long, in seconds. */
  warmup_min_secs: amount,
  /** Then time at least this many runs… */
  num_runs: amount,
  /** …and at least this long, in seconds… */
  min_secs: amount,
  /** …but no longer than this, in seconds. */
  max_secs: amount,
});

/** Names and meanings as in TFLite's benchmark_result.proto; times in milliseconds of wall time around invoke alone. */
export type LatencyMetrics = Immutable<v.InferOutput<typeof latencyMetricsSchema>>;

/** WASM memory in KiB: how much loading added, how much loading and running added, the most there was in MiB. */
export type MemoryMetrics = Immutable<v.InferOutput<typeof memoryMetricsSchema>>;

/** The run rules of benchmark_model, under its flags' names. */
export type BenchmarkPlan = Immutable<v.InferOutput<typeof benchmarkPlanSchema>>;

export const defaultPlan: BenchmarkPlan = { warmup_runs: 1, warmup_min_secs: 0.5, num_runs: 50, min_secs: 1, max_secs: 150 };
