import { withWorker } from '../../threads/page/owned-worker';
import type { RemoteMethods } from '../../threads/shared/methods';
import { LitescopeError } from '../../errors';
import { history as words } from '../../messages/history';
import type { RunFileMethods } from '../worker/run-files.worker';
import type { KeptRun, RunFormat } from '../shared/runs';
import { loadWorker } from '../../threads/page/load-worker';

/** Larger than any file of runs that a browser would keep. */
const largestFile = 256 * 2 ** 20;

function once<T>(work: (remote: RemoteMethods<RunFileMethods>) => Promise<T>): Promise<T> {
  return withWorker<RunFileMethods, T>(() => loadWorker((Worker) => new Worker(new URL('../worker/run-files.worker.ts', import.meta.url), { type: 'module', name: 'litescope-run-files' })), work);
}

/**
 * Reads the runs of a file and gives them away one after the other.
 * @returns how many there were
 * @throws LitescopeError INVALID_REPORT, FILE_UNREADABLE before any run was given
 */
export function readRunFile(file: Blob, onRun: (run: Omit<KeptRun, 'id'>) => Promise<void>): Promise<number> {
  if (file.size > largestFile) return Promise.reject(new LitescopeError('INVALID_REPORT', words.tooLarge(file.size, largestFile)));
  return once(async (remote) => {
    const count = await remote.read(file);
    for (let index = 0; index < count; index++) await onRun(await remote.take(index));
    return count;
  });
}

/** Runs as a file. */
export function writeRunFile(runs: readonly KeptRun[], format: RunFormat): Promise<Blob> {
  return once(async (remote) => {
    for (const run of runs) await remote.add(run);
    return remote.write(format);
  });
}
