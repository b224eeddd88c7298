/** Types only: what crosses the boundary to a session's worker when runs are timed. */
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { BenchmarkPlan, LatencyMetrics, MemoryMetrics } from '../../../report/benchmark';
import type { InputGap } from '../../../report/warnings';

export interface BenchmarkRequest {
  readonly inputs: InputSources;
  readonly plan: BenchmarkPlan;
  /**
   * Makes every run longer by this share of itself, inside the measured time: a difference of known size, by which one
   * sees what a comparison can find on a device. 0 when left out.
   */
  readonly slowedBy?: number | undefined;
  /** Of how many runs a sample is the mean; `fit` takes as many as the clock needs. 1 when left out. */
  readonly runs_per_sample?: number | 'fit' | undefined;
  /** For a part of a model: what happens around it inside of the whole. */
  readonly surroundings?: PartSurroundings | undefined;
}

/** Inputs of a part that were not made right before it runs. */
export interface OlderInputs {
  readonly names: readonly string[];
  /** What the ops between move through the caches. */
  readonly bytes: number;
}

export interface PartSurroundings {
  /** What the rest of the model moves through the caches between two runs of the part: its weights, and what its ops write. */
  readonly bytes: number;
  readonly older: OlderInputs;
}

export interface BenchmarkReply {
  readonly latency_metrics: LatencyMetrics;
  readonly memory_metrics: MemoryMetrics;
  readonly warmup_samples_ms: readonly number[];
  readonly samples_ms: readonly number[];
  readonly runs_per_sample: number;
  readonly num_warmup_runs: number;
  /** Where packed weights could not all be cleared of what slows a model down. */
  readonly input_gap: InputGap | null;
}
