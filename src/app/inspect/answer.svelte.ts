import { LitescopeError, type SerializedError } from '../../errors';

/** The answer to the latest question; answers to earlier ones that come late count for nothing. */
export class Answer<T> {
  #value = $state.raw<T | null>(null);
  #error = $state.raw<SerializedError | null>(null);
  #pending = $state(false);
  #latest = 0;

  /** The last answer, which stays while the next one is on its way. */
  get value(): T | null {
    return this.#value;
  }

  get error(): SerializedError | null {
    return this.#error;
  }

  get pending(): boolean {
    return this.#pending;
  }

  async ask(question: () => Promise<T>): Promise<void> {
    this.#latest += 1;
    const own = this.#latest;
    this.#pending = true;
    try {
      const value = await question();
      if (own !== this.#latest) return;
      this.#value = value;
      this.#error = null;
    } catch (thrown) {
      if (own !== this.#latest) return;
      const error = LitescopeError.from(thrown).serialize();
      this.#value = null;
      // A closed or cancelled question is what the person wanted.
      this.#error = error.code === 'CANCELLED' || error.code === 'SESSION_CLOSED' ? null : error;
    }
    this.#pending = false;
  }
}
