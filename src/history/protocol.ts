/** Types only: what crosses the boundary to the worker that reads and writes files of kept runs. */
import type { Result } from '../engine/result';
import type { KeptRun, RunFormat } from './runs';

export interface RunFileWorker {
  read(file: Blob): Promise<Result<Omit<KeptRun, 'id'>[]>>;
  write(runs: readonly KeptRun[], format: RunFormat): Promise<Result<string>>;
  cancel(): void;
}
