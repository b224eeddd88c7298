import type { OlderInputs, PartSurroundings } from '../shared/protocol';
import type { LoadedModel, RuntimeTensor } from '../../../engine/runtimes/worker/runtime';

/** A step from one line of a processor's cache to the next, in bytes. */
const line = 64;

/**
 * What happens around an op inside of its model, for an op that runs by itself over and over: between two of its runs
 * the other ops move their weights and results through the caches, and its inputs have just been written, or some ops
 * ago. What lies between ops shares one piece of memory, which each finds as the one before left it.
 */
export class Surroundings {
  readonly #others: Uint8Array;
  readonly #older: OlderInputs;
  readonly #model: LoadedModel;
  #inputs: readonly Given[] = [];
  /** What was read; kept in the open, so that no compiler finds the reading to be for nothing. */
  sum = 0;

  constructor(model: LoadedModel, { bytes, older }: PartSurroundings) {
    this.#model = model;
    // Pages that were never written would all be one and the same.
    this.#others = new Uint8Array(Math.max(bytes, older.bytes)).fill(1);
    this.#older = older;
  }

  /** The model's inputs have been filled with what the coming runs read. */
  begin(): void {
    this.#inputs = this.#model.inputs.map((tensor) => ({ tensor, values: tensor.data().slice(), older: this.#older.names.includes(tensor.name) }));
  }

  /** Happens once: ahead of the clock of each run. */
  pass(): void {
    this.#move(this.#others.length);
    // Where the op writes, an earlier one wrote.
    this.#model.poisonOutputs(0);
    this.#give(true);
    this.#move(this.#older.bytes);
    this.#give(false);
  }

  #give(older: boolean): void {
    for (const input of this.#inputs) if (input.older === older) input.tensor.data().set(input.values);
  }

  #move(bytes: number): void {
    const others = this.#others;
    let sum = 0;
    for (let at = 0; at < bytes; at += line) sum += others[at] ?? 0;
    this.sum += sum;
  }
}

interface Given {
  readonly tensor: RuntimeTensor;
  readonly values: Uint8Array;
  readonly older: boolean;
}
