import * as comlink from 'comlink';
import { LitescopeError } from '../../errors';
import { unwrap, type Result } from '../shared/result';
import type { Progress, ProgressCallback } from '../../engine/session/shared/protocol';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressCallback | undefined;
  /** Milliseconds without progress after which the worker counts as hung; 0 for never. */
  readonly watchdog_ms?: number | undefined;
}

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

/** What a worker must offer to be owned: a way to stop between two steps. */
interface Cancellable {
  cancel(): void;
}

type Invoke<Api, T> = (remote: comlink.Remote<Api>, onProgress: ProgressCallback) => Promise<Result<T>>;

/**
 * The one owner of one worker. Comlink leaves two gaps that are filled here: calls reject when the worker dies,
 * and errors keep their code. A call that is cancelled, fails or hangs never poisons the next one; a worker that
 * does not stop by itself is terminated, and then every call says why.
 */
export class OwnedWorker<Api extends Cancellable> {
  readonly #worker: Worker;
  readonly #remote: comlink.Remote<Api>;
  readonly #pending = new Set<(error: LitescopeError) => void>();
  #ended: LitescopeError | null = null;
  /** Settles when the latest call is over, however it ended; never rejects. */
  #turn: Promise<void> = Promise.resolve();

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#remote = comlink.wrap<Api>(worker);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.terminate(new LitescopeError('SESSION_CRASHED', event.message || 'The worker gave no reason.'));
    });
    worker.addEventListener('messageerror', () => {
      this.terminate(new LitescopeError('SESSION_CRASHED', 'A message could not be read.'));
    });
  }

  /** Why the worker is gone; null while it lives. */
  get ended(): LitescopeError | null {
    return this.#ended;
  }

  /**
   * Calls the worker when the calls before are over: two at once would write over each other's inputs, and a cancel
   * would hit both.
   * @throws LitescopeError what the worker threw; CANCELLED; SESSION_HUNG and SESSION_CRASHED, after which the worker is gone
   */
  call<T>(invoke: Invoke<Api, T>, options: CallOptions = {}): Promise<T> {
    return this.#inTurn((onProgress) => invoke(this.#remote, comlink.proxy(onProgress)), options);
  }

  /**
   * Calls the worker for work without progress, with all else as in `call`. Progress needs a message channel for each
   * call, which is too much for something that happens many times a second.
   */
  ask<T>(invoke: (remote: comlink.Remote<Api>) => Promise<Result<T>>, options: Omit<CallOptions, 'onProgress'> = {}): Promise<T> {
    return this.#inTurn(() => invoke(this.#remote), options);
  }

  async #inTurn<T>(invoke: (onProgress: ProgressCallback) => Promise<Result<T>>, options: CallOptions): Promise<T> {
    const before = this.#turn;
    let leave: () => void = () => undefined;
    const own = new Promise<void>((resolve) => { leave = resolve; });
    // A call that gives up while it waits does not let the next one overtake the one before.
    this.#turn = before.then(() => own);
    try {
      await abortable(before, options.signal);
      return await this.#callNow(invoke, options);
    } finally {
      leave();
    }
  }

  async #callNow<T>(invoke: (onProgress: ProgressCallback) => Promise<Result<T>>, options: CallOptions): Promise<T> {
    const { signal, onProgress, watchdog_ms = defaultWatchdog_ms } = options;
    if (signal?.aborted) throw new LitescopeError('CANCELLED');
    if (this.#ended !== null) throw this.#ended;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let grace: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const watch = () => {
      clearTimeout(timer);
      if (watchdog_ms <= 0) return;
      timer = setTimeout(() => {
        this.terminate(new LitescopeError('SESSION_HUNG', `No sign of life for ${watchdog_ms / 1000} s.`));
      }, watchdog_ms);
    };
    const onAbort = () => {
      const cancelled = new LitescopeError('CANCELLED');
      void (this.#remote as comlink.Remote<Cancellable>).cancel();
      grace = setTimeout(() => { this.terminate(cancelled); }, cancelGrace_ms);
    };
    let onDeath: ((error: LitescopeError) => void) | undefined;
    const death = new Promise<never>((_, reject) => {
      onDeath = reject;
      this.#pending.add(reject);
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    watch();
    try {
      const reply = invoke((progress: Progress) => {
        // Progress has a channel of its own and may come after the answer: it must not set a watchdog that nobody stops.
        if (over) return;
        watch();
        if (!signal?.aborted) onProgress?.(progress);
      });
      const value = unwrap(await Promise.race([reply, death]));
      if (signal?.aborted) throw new LitescopeError('CANCELLED');
      return value;
    } catch (error) {
      // What cannot be cloned on either side is comlink's own, untyped error.
      throw LitescopeError.from(error);
    } finally {
      over = true;
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
