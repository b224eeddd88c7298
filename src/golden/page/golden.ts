import { loadWorker } from '../../threads/page/load-worker';
import { withWorker } from '../../threads/page/owned-worker';
import type { CallOptions, RemoteMethods } from '../../threads/shared/methods';
import type { OutputTensor } from '../../vision/shared/types';
import type { OutputDifference } from '../shared/difference';
import type { ReadRun, RunToSave } from '../shared/format';
import type { GoldenMethods } from '../worker/golden.worker';

function once<T>(work: (remote: RemoteMethods<GoldenMethods>) => Promise<T>): Promise<T> {
  return withWorker<GoldenMethods, T>(() => loadWorker((Worker) => new Worker(new URL('../worker/golden.worker.ts', import.meta.url), { type: 'module', name: 'litescope-golden' })), work);
}

/** A run in one file. Its tensors are copied to the worker, and stay. */
export async function packRun(run: RunToSave, options: CallOptions = {}): Promise<Blob> {
  return new Blob([await once((remote) => remote.pack(run, options))], { type: 'application/zip' });
}

/** @throws LitescopeError INVALID_RUN, NEWER_RUN, FILE_UNREADABLE */
export function unpackRun(file: Blob, options: CallOptions = {}): Promise<ReadRun> {
  return once((remote) => remote.unpack(file, options));
}

/** How outputs differ from those that were saved. */
export function compareOutputs(saved: readonly OutputTensor[], now: readonly OutputTensor[], options: CallOptions = {}): Promise<readonly OutputDifference[]> {
  return once((remote) => remote.compare({ saved, now }, options));
}

/** Of a file that a person brings: whether it is a run by its first bytes, a zip whose first file is `run.json`. */
export async function looksLikeRun(file: Blob): Promise<boolean> {
  const [localHeader, name] = [30, 'run.json'];
  const start = new Uint8Array(await file.slice(0, localHeader + name.length).arrayBuffer().catch(() => new ArrayBuffer(0)));
  return start[0] === 0x50 && start[1] === 0x4b && new TextDecoder().decode(start.subarray(localHeader)) === name;
}
