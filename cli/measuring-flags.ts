import type { RequestedConfiguration } from '../src/engine/configuration/shared/configuration';

/** What every command that measures takes, named as benchmark_model names it. */
export interface MeasuringFlags {
  readonly runtime: RequestedConfiguration['runtime'];
  readonly accelerator?: RequestedConfiguration['accelerator'] | undefined;
  readonly num_threads?: readonly number[] | undefined;
  readonly num_runs: number;
  readonly warmup_runs: number;
  readonly min_secs: number;
  readonly max_secs: number;
}
