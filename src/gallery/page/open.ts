import { withWorker } from '../../threads/page/owned-worker';
import type { CallOptions } from '../../threads/shared/methods';
import type { BundleMember, OpenProgress, OpenSource, OpenedModel } from '../shared/opened';
import type { OpenerMethods } from '../worker/opener.worker';
import { loadWorker } from '../../threads/page/load-worker';
import { StartedAhead } from '../../threads/page/started-ahead';

const openers = new StartedAhead(() => loadWorker((Worker) => new Worker(new URL('../worker/opener.worker.ts', import.meta.url), { type: 'module', name: 'litescope-opener' })));

/** Starts the worker that the next source is opened in. */
export function startOpener(): void {
  openers.start();
}

/**
 * Downloads or reads a model, checks and summarises it, in a worker of its own, so that a hostile file can take
 * down nothing else.
 * @throws LitescopeError INVALID_URL, DOWNLOAD_FAILED, NO_ANSWER, OFFLINE, FILE_UNREADABLE, HASH_MISMATCH, CANCELLED, SESSION_HUNG, and
 * SEVERAL_MODELS, INVALID_ARGUMENT, what a damaged file gives: EMPTY_FILE, NOT_TFLITE, WRONG_IDENTIFIER, UNSUPPORTED_SCHEMA_VERSION, TRUNCATED,
 * CORRUPTED, and what is something else: WEB_PAGE, GIT_LFS_POINTER, OTHER_FORMAT, LANGUAGE_MODEL, ARCHIVE, EDGE_TPU
 */
export function openSource(source: OpenSource & BundleMember, options: CallOptions<OpenProgress> = {}): Promise<OpenedModel> {
  return withWorker<OpenerMethods, OpenedModel>(() => openers.take(), (remote) => remote.open(source, options));
}
