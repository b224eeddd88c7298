import { methodsBy, OwnedWorker } from '../../threads/page/owned-worker';
import type { CallOptions, RemoteMethods } from '../../threads/shared/methods';
import type { InspectMethods } from '../worker/inspect.worker';
import { loadWorker } from '../../threads/page/load-worker';

/** How long a worker without questions keeps its model in memory, in milliseconds. */
const idle_ms = 60_000;

function startWorker(): OwnedWorker<InspectMethods> {
  return new OwnedWorker<InspectMethods>(loadWorker((Worker) => new Worker(new URL('../worker/inspect.worker.ts', import.meta.url), { type: 'module', name: 'litescope-inspector' })));
}

/**
 * Answers questions about one model from a worker of its own, which starts with the first question and ends when there
 * were none for a while. Whatever a hostile file does there, the next question starts afresh.
 *
 * All methods throw LitescopeError: what damaged constants give, CANCELLED, SESSION_HUNG, SESSION_CRASHED, SESSION_CLOSED.
 */
export class Inspector {
  /** What can be asked: the worker's methods. */
  readonly remote: RemoteMethods<Omit<InspectMethods, 'open'>> = methodsBy<InspectMethods>((...asked) => this.#ask(...asked));
  readonly #blob: Blob;
  readonly #start: () => OwnedWorker<InspectMethods>;
  #worker: OwnedWorker<InspectMethods> | null = null;
  #opened: Promise<void> = Promise.resolve();
  #open = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(blob: Blob, start: () => OwnedWorker<InspectMethods> = startWorker) {
    this.#blob = blob;
    this.#start = start;
  }

  /** Ends the worker; pending questions reject with SESSION_CLOSED. */
  close(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = null;
  }

  async #ask(method: string, question: unknown, options: CallOptions<unknown>): Promise<unknown> {
    clearTimeout(this.#idle);
    this.#open += 1;
    try {
      const worker = this.#running();
      await this.#opened;
      return await worker.call(method, question, options);
    } finally {
      this.#open -= 1;
      if (this.#open === 0 && this.#worker !== null) this.#idle = setTimeout(() => { this.close(); }, idle_ms);
    }
  }

  #running(): OwnedWorker<InspectMethods> {
    if (this.#worker !== null && this.#worker.ended === null) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    this.#opened = worker.remote.open(this.#blob);
    return worker;
  }
}
