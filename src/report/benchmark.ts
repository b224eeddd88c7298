/** Names and meanings as in TFLite's benchmark_result.proto; times in milliseconds of wall time around invoke alone. */
export interface LatencyMetrics {
  readonly init_ms: number;
  readonly first_inference_ms: number;
  readonly average_warm_up_ms: number;
  readonly avg_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  readonly stddev_ms: number;
  readonly p5_ms: number;
  readonly median_ms: number;
  readonly p95_ms: number;
}

/** WASM memory in KiB: how much loading added, how much loading and running added, the most there was in MiB. */
export interface MemoryMetrics {
  readonly before_kb: number;
  readonly init_footprint_kb: number;
  readonly overall_footprint_kb: number;
  readonly peak_mem_mb: number;
}

/** The run rules of benchmark_model, under its flags' names. */
export interface BenchmarkPlan {
  /** Warm up at least this many runs… */
  readonly warmup_runs: number;
  /** …and at least this long, in seconds. */
  readonly warmup_min_secs: number;
  /** Then time at least this many runs… */
  readonly num_runs: number;
  /** …and at least this long, in seconds… */
  readonly min_secs: number;
  /** …but no longer than this, in seconds. */
  readonly max_secs: number;
}

export const defaultPlan: BenchmarkPlan = { warmup_runs: 1, warmup_min_secs: 0.5, num_runs: 50, min_secs: 1, max_secs: 150 };
