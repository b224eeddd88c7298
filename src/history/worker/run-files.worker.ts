import { LitescopeError } from '../../errors';
import { history as words } from '../../messages/history';
import { readText } from '../../tensor/read-file';
import { serve } from '../../threads/worker/serve';
import { formatFiles, readRuns, writeRuns, type KeptRun, type RunFormat } from '../shared/runs';

let held: readonly Omit<KeptRun, 'id'>[] = [];
const added: KeptRun[] = [];

/** Reads and writes files of kept runs. */
const methods = {
  /** Reads a file and holds its runs. @returns how many there are */
  async read(file: Blob): Promise<number> {
    held = readRuns(await readText(file));
    return held.length;
  },
  /** Gives away one of the runs that were read. Runs cross one by one, copied: hundreds at once would hold up the page. */
  take(index: number): Omit<KeptRun, 'id'> {
    const run = held[index];
    if (run === undefined) throw new LitescopeError('INTERNAL', words.noRun(index, held.length));
    return run;
  },
  /** Adds a run to those that are written, in their order; copied. */
  add(run: KeptRun): void { added.push(run); },
  /** What was added as a file; a blob crosses without its bytes. */
  write: (format: RunFormat): Blob => new Blob([writeRuns(added, format)], { type: formatFiles[format].type }),
};

export type RunFileMethods = typeof methods;

serve(methods);
