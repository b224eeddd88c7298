import { wrap, type Remote } from 'comlink';
import { LitescopeError } from '../../errors';
import { threads as text } from '../../messages/threads';
import type { CallOptions, Methods, RemoteMethods } from '../shared/methods';
import { isOffline } from '../shared/offline';
import { carryErrors, isProgressMessage, type Exposed } from '../shared/wire';

/** How long a worker may take to stop by itself after a cancel, in milliseconds, before it is terminated. */
const cancelGrace_ms = 1000;

export const defaultWatchdog_ms = 60_000;

/** Stops waiting when the signal says so; work that is shared goes on for the others who wait for it. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => { reject(new LitescopeError('CANCELLED')); };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => { signal.removeEventListener('abort', onAbort); });
  });
}

carryErrors();

/** Why a worker is gone. One whose script cannot be fetched ends without a word. */
function reasonOf({ message = '' }: Partial<ErrorEvent>): LitescopeError {
  return message === '' && isOffline() ? new LitescopeError('OFFLINE', text.partNotLoaded) : new LitescopeError('SESSION_CRASHED', message || text.noReason);
}

/** A worker's methods, each of which is called by its name through `call`. */
export function methodsBy<M extends Methods>(call: (method: string, request: unknown, options: CallOptions<unknown>) => Promise<unknown>): RemoteMethods<M> {
  return new Proxy({} as RemoteMethods<M>, {
    get: (_, name) => (request: unknown, options: CallOptions<unknown> = {}) => call(String(name), request, options),
  });
}

/**
 * The one owner of one worker that serves methods (`serve`). Comlink leaves gaps that are filled here: calls reject when
 * the worker dies, errors keep their code, progress and a cancel find their call. A call that is cancelled, fails or hangs
 * never poisons the next one; a worker that does not stop by itself is terminated, and then every call says why.
 */
export class OwnedWorker<M extends Methods> {
  readonly #worker: Worker;
  readonly #exposed: Remote<Exposed>;
  readonly #pending = new Set<(error: LitescopeError) => void>();
  /** Who listens to the progress of the calls under way. */
  readonly #listeners = new Map<number, (progress: unknown) => void>();
  #calls = 0;
  #ended: LitescopeError | null = null;
  /** Settles when the latest call is over, however it ended; never rejects. */
  #turn: Promise<void> = Promise.resolve();

  /**
   * The worker's methods. A call begins when the calls before are over: two at once would write over each other's inputs.
   * All throw LitescopeError: what the worker threw; CANCELLED; SESSION_HUNG, SESSION_CRASHED and OFFLINE, after which the worker is gone.
   */
  readonly remote: RemoteMethods<M>;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#exposed = wrap<Exposed>(worker);
    this.remote = methodsBy<M>((...asked) => this.call(...asked));
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isProgressMessage(data)) this.#listeners.get(data.progressOf)?.(data.progress);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.terminate(reasonOf(event));
    });
    worker.addEventListener('messageerror', () => {
      this.terminate(new LitescopeError('SESSION_CRASHED', text.unreadableMessage));
    });
  }

  /** Why the worker is gone; null while it lives. */
  get ended(): LitescopeError | null {
    return this.#ended;
  }

  /** A method by its name, as `remote` calls it: for owners that stand between a worker and who calls it. */
  async call(method: string, request: unknown, options: CallOptions<unknown>): Promise<unknown> {
    const before = this.#turn;
    let leave: () => void = () => undefined;
    const own = new Promise<void>((resolve) => { leave = resolve; });
    // A call that gives up while it waits does not let the next one overtake the one before.
    this.#turn = before.then(() => own);
    try {
      await abortable(before, options.signal);
      return await this.#callNow(method, request, options);
    } finally {
      leave();
    }
  }

  async #callNow(method: string, request: unknown, { signal, onProgress, watchdog_ms = defaultWatchdog_ms }: CallOptions<unknown>): Promise<unknown> {
    if (signal?.aborted) throw new LitescopeError('CANCELLED');
    if (this.#ended !== null) throw this.#ended;
    const id = ++this.#calls;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let grace: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      if (watchdog_ms <= 0) return;
      timer = setTimeout(() => {
        this.terminate(new LitescopeError('SESSION_HUNG', text.noSignOfLife(watchdog_ms / 1000)));
      }, watchdog_ms);
    };
    const onAbort = () => {
      const cancelled = new LitescopeError('CANCELLED');
      // The answer to the call itself tells whether the worker heard.
      this.#exposed.cancel(id).catch(() => undefined);
      grace = setTimeout(() => { this.terminate(cancelled); }, cancelGrace_ms);
    };
    let onDeath: ((error: LitescopeError) => void) | undefined;
    const death = new Promise<never>((_, reject) => {
      onDeath = reject;
      this.#pending.add(reject);
    });
    this.#listeners.set(id, (progress) => {
      watch();
      if (!signal?.aborted) onProgress?.(progress);
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    watch();
    try {
      const value = await Promise.race([this.#exposed.call(id, method, request), death]);
      if (signal?.aborted) throw new LitescopeError('CANCELLED');
      return value;
    } catch (error) {
      // What cannot be cloned on the way there is the browser's own, untyped error.
      throw LitescopeError.from(error);
    } finally {
      this.#listeners.delete(id);
      clearTimeout(timer);
      clearTimeout(grace);
      signal?.removeEventListener('abort', onAbort);
      if (onDeath !== undefined) this.#pending.delete(onDeath);
    }
  }

  /** Ends the worker at once, whatever it does; every pending and later call rejects with `reason`. */
  terminate(reason = new LitescopeError('SESSION_CLOSED')): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    this.#worker.terminate();
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
  }
}

/** Starts a worker for one piece of work and ends it with the work. */
export async function withWorker<M extends Methods, T>(start: () => Worker, work: (remote: RemoteMethods<M>) => Promise<T>): Promise<T> {
  const worker = new OwnedWorker<M>(start());
  try {
    return await work(worker.remote);
  } finally {
    worker.terminate();
  }
}
