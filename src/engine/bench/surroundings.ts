import type { RuntimeTensor } from '../runtimes/runtime';

/** A step from one line of a processor's cache to the next, in bytes. */
const line = 64;

/**
 * What happens around an op inside of its model, for an op that runs by itself over and over: between two of its runs
 * the other ops move their weights through the caches, and its inputs have just been written. What lies between ops
 * shares one piece of memory, which each finds as the one before left it.
 */
export class Surroundings {
  readonly #others: Uint8Array;
  #inputs: readonly { readonly tensor: RuntimeTensor; readonly values: Uint8Array }[] = [];
  /** What was read; kept in the open, so that no compiler finds the reading to be for nothing. */
  sum = 0;

  /** @param bytes the size of all other ops’ weights */
  constructor(bytes: number) {
    // Pages that were never written would all be one and the same.
    this.#others = new Uint8Array(bytes).fill(1);
  }

  /** @param inputs which have been filled with what the coming runs read */
  begin(inputs: readonly RuntimeTensor[]): void {
    this.#inputs = inputs.map((tensor) => ({ tensor, values: tensor.data().slice() }));
  }

  /** Happens once: ahead of the clock of each run. */
  pass(): void {
    const others = this.#others;
    let sum = 0;
    for (let at = 0; at < others.length; at += line) sum += others[at] ?? 0;
    this.sum += sum;
    for (const { tensor, values } of this.#inputs) tensor.data().set(values);
  }
}
