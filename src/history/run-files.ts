import { OwnedWorker } from '../engine/owned-worker';
import { LitescopeError } from '../errors';
import type { RunFileWorker } from './protocol';
import type { KeptRun, RunFormat } from './runs';

/** Larger than any file of runs that a browser would keep. */
const largestFile = 256 * 2 ** 20;

async function once<T>(call: (worker: OwnedWorker<RunFileWorker>) => Promise<T>): Promise<T> {
  const worker = new OwnedWorker<RunFileWorker>(new Worker(new URL('./run-files.worker.ts', import.meta.url), { type: 'module', name: 'litescope-run-files' }));
  try {
    return await call(worker);
  } finally {
    worker.terminate();
  }
}

/** The runs of a file. @throws LitescopeError INVALID_REPORT */
export function readRunFile(file: Blob): Promise<Omit<KeptRun, 'id'>[]> {
  if (file.size > largestFile) return Promise.reject(new LitescopeError('INVALID_REPORT', `The file has ${file.size} bytes, more than ${largestFile}.`));
  return once((worker) => worker.call((remote) => remote.read(file)));
}

/** Runs as the text of a file. */
export function writeRunFile(runs: readonly KeptRun[], format: RunFormat): Promise<string> {
  return once((worker) => worker.call((remote) => remote.write(runs, format)));
}
