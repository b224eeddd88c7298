import { OwnedWorker } from '../../threads/page/owned-worker';
import { LitescopeError } from '../../errors';
import type { RunFileWorker } from '../shared/protocol';
import type { KeptRun, RunFormat } from '../shared/runs';

/** Larger than any file of runs that a browser would keep. */
const largestFile = 256 * 2 ** 20;

async function once<T>(call: (worker: OwnedWorker<RunFileWorker>) => Promise<T>): Promise<T> {
  const worker = new OwnedWorker<RunFileWorker>(new Worker(new URL('../worker/run-files.worker.ts', import.meta.url), { type: 'module', name: 'litescope-run-files' }));
  try {
    return await call(worker);
  } finally {
    worker.terminate();
  }
}

/**
 * Reads the runs of a file and gives them away one after the other.
 * @returns how many there were
 * @throws LitescopeError INVALID_REPORT before any run was given
 */
export function readRunFile(file: Blob, onRun: (run: Omit<KeptRun, 'id'>) => Promise<void>): Promise<number> {
  if (file.size > largestFile) return Promise.reject(new LitescopeError('INVALID_REPORT', `The file has ${file.size} bytes, more than ${largestFile}.`));
  return once(async (worker) => {
    const count = await worker.ask((remote) => remote.read(file));
    for (let index = 0; index < count; index++) await onRun(await worker.ask((remote) => remote.take(index)));
    return count;
  });
}

/** Runs as a file. */
export function writeRunFile(runs: readonly KeptRun[], format: RunFormat): Promise<Blob> {
  return once(async (worker) => {
    for (const run of runs) await worker.ask((remote) => remote.add(run));
    return worker.ask((remote) => remote.write(format));
  });
}
