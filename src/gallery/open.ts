import { OwnedWorker, type CallOptions } from '../engine/owned-worker';
import type { OpenSource, OpenedModel, OpenerWorker } from './opener-protocol';

/**
 * Downloads or reads a model, checks and summarises it, in a worker of its own, so that a hostile file can take
 * down nothing else.
 * @throws LitescopeError INVALID_URL, DOWNLOAD_FAILED, FILE_UNREADABLE, HASH_MISMATCH, CANCELLED, SESSION_HUNG, and
 * what a damaged file gives: EMPTY_FILE, NOT_TFLITE, WRONG_IDENTIFIER, UNSUPPORTED_SCHEMA_VERSION, TRUNCATED, CORRUPTED
 */
export async function openSource(source: OpenSource, options: CallOptions = {}): Promise<OpenedModel> {
  const worker = new OwnedWorker<OpenerWorker>(new Worker(new URL('./opener.worker.ts', import.meta.url), { type: 'module', name: 'litescope-opener' }));
  try {
    return await worker.call((remote, onProgress) => remote.open(source, onProgress), options);
  } finally {
    worker.terminate();
  }
}
