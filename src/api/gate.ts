import { LitescopeError } from '../errors';

interface Waiting {
  readonly alone: boolean;
  enter(): void;
}

/**
 * Lets work in: any number of works beside each other, or one alone. Who comes first goes first, so that what wants to be
 * alone is not put off for ever by what shares. Must not be asked again from inside of work that it let in.
 */
export class Gate {
  readonly #queue: Waiting[] = [];
  #inside = 0;
  #alone = false;

  /** Works beside others that share. @throws LitescopeError CANCELLED at once when the signal says so while this waits; what the work throws */
  shared<T>(work: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#pass(false, work, signal);
  }

  /** Works while nothing else does. @throws LitescopeError CANCELLED at once when the signal says so while this waits; what the work throws */
  alone<T>(work: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#pass(true, work, signal);
  }

  async #pass<T>(alone: boolean, work: () => T | Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    await this.#enter(alone, signal);
    try {
      return await work();
    } finally {
      this.#inside--;
      this.#alone = false;
      this.#admit();
    }
  }

  #enter(alone: boolean, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(new LitescopeError('CANCELLED'));
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(new LitescopeError('CANCELLED'));
        // Those behind may have waited for this one only.
        this.#admit();
      };
      const waiting: Waiting = {
        alone,
        enter() {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiting);
      this.#admit();
    });
  }

  #admit(): void {
    for (;;) {
      const [next] = this.#queue;
      if (next === undefined || this.#alone || (next.alone && this.#inside > 0)) return;
      this.#queue.shift();
      this.#inside++;
      this.#alone = next.alone;
      next.enter();
    }
  }
}
