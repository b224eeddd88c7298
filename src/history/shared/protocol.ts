/** Types only: what crosses the boundary to the worker that reads and writes files of kept runs. */
import type { Result } from '../../threads/shared/result';
import type { KeptRun, RunFormat } from './runs';

export interface RunFileWorker {
  /** Reads a file and holds its runs. @returns how many there are */
  read(file: Blob): Promise<Result<number>>;
  /** Gives away one of the runs that were read. Runs cross one by one, copied: hundreds at once would hold up the page. */
  take(index: number): Promise<Result<Omit<KeptRun, 'id'>>>;
  /** Adds a run to those that are written, in their order; copied. */
  add(run: KeptRun): Promise<Result<null>>;
  /** What was added as a file; a blob crosses without its bytes. */
  write(format: RunFormat): Promise<Result<Blob>>;
  cancel(): void;
}
