import type { GraphState } from './graph-state.svelte';

/** What is searched for in a graph, and the hit that is looked at. */
export class SearchState {
  readonly #state: GraphState;
  #query = $state('');
  #found = $state.raw<readonly number[]>([]);
  #position = $state(-1);
  #asked = 0;
  #settled = Promise.resolve();
  /** What the drawing shows: hits among folded ops are not seen. */
  readonly #hits = $derived.by(() => this.#found.filter((op) => this.#state.nodeOf(op) !== undefined));
  readonly #hidden = $derived(this.#found.length - this.#hits.length);

  constructor(state: GraphState) {
    this.#state = state;
  }

  get query(): string { return this.#query; }
  /** Ops, in order of execution. */
  get hits(): readonly number[] { return this.#hits; }
  /** How many of the ops that match are hidden. */
  get hidden(): number { return this.#hidden; }
  /** Of the hit that is looked at; −1 before the first step. */
  get position(): number { return Math.min(this.#position, this.#hits.length - 1); }

  /** Settles when the latest search has ended. */
  get settled(): Promise<void> { return this.#settled; }

  search(query: string): Promise<void> {
    this.#query = query;
    this.#position = -1;
    this.#asked += 1;
    this.#settled = this.#find(query, this.#asked);
    return this.#settled;
  }

  async #find(query: string, asked: number): Promise<void> {
    const found = await this.#state.search(query);
    if (asked === this.#asked) this.#found = found;
  }

  /** The next or previous hit, round and round; null without hits. */
  step(by: 1 | -1): number | null {
    const count = this.#hits.length;
    if (count === 0) return null;
    this.#position = this.position < 0 ? (by === 1 ? 0 : count - 1) : (this.position + by + count) % count;
    return this.#hits[this.#position] ?? null;
  }
}
