import type { SerializedError } from '../errors';
import type { BenchmarkPlan, LatencyMetrics, MemoryMetrics } from './benchmark';

/** Where a report was measured. */
export interface Environment {
  readonly user_agent: string;
  readonly platform: string;
  readonly cores: number;
  /** GiB as the browser rounds it; null where it does not say. */
  readonly device_memory_gb: number | null;
  readonly isolated: boolean;
  readonly simd: boolean;
  readonly relaxed_simd: boolean;
}

export interface ModelIdentity {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What ran: the words of the engine's configuration, which lies in a layer above. */
export interface MeasuredConfiguration {
  readonly runtime: string;
  readonly accelerator: string;
  readonly threads: number;
  readonly variant: string;
  readonly version: string;
  readonly fullyAccelerated: boolean | null;
}

/** What was asked for or tried before, and why it did not run. */
export interface RefusedConfiguration {
  readonly configuration: Pick<MeasuredConfiguration, 'runtime' | 'accelerator' | 'threads'>;
  readonly error: SerializedError;
}

/** One row: fields as in TFLite's benchmark_result.proto, with what ran and every sample beside them. */
export interface BenchmarkResult {
  readonly name: string;
  readonly model: ModelIdentity;
  readonly configuration: MeasuredConfiguration;
  /** Empty where the first choice was measured. */
  readonly refusals: readonly RefusedConfiguration[];
  readonly latency_metrics: LatencyMetrics;
  readonly memory_metrics: MemoryMetrics;
  readonly misc_metrics: { readonly model_size_mb: number; readonly num_runs: number; readonly num_warmup_runs: number };
  readonly warmup_samples_ms: readonly number[];
  readonly samples_ms: readonly number[];
}

/** A row that could not be measured; the others are not lost because of it. */
export interface FailedResult {
  readonly name: string;
  readonly model: ModelIdentity;
  readonly error: SerializedError;
}

export interface Report {
  readonly schema: 1;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly environment: Environment;
  readonly plan: BenchmarkPlan;
  readonly results: readonly (BenchmarkResult | FailedResult)[];
}

export function isMeasured(result: BenchmarkResult | FailedResult): result is BenchmarkResult {
  return 'latency_metrics' in result;
}
