import type { OpNumbers } from '../../graph/model/shared/op-numbers';

/** The id under which a graph is coloured by the kind of its ops. */
export const byFamily = 'family';
/** The id under which a profile puts the times that it measured. */
export const measuredTimes = 'profile';

/** Whose ops can be given numbers. */
export interface NumberedOps {
  readonly opNumbers: Pick<OpNumberSets, 'put'>;
}

/**
 * Numbers for a model's ops beyond those that follow from its file: times that were measured, errors, what a file brought.
 * Whoever has such numbers puts them here, and the graph offers to be coloured by them.
 */
export class OpNumberSets {
  #all = $state.raw<readonly OpNumbers[]>([]);
  #chosen = $state.raw<string>(byFamily);

  get all(): readonly OpNumbers[] {
    return this.#all;
  }

  /** Id of the set that the graph is coloured by, or `byFamily`. */
  get chosen(): string {
    return this.#chosen;
  }

  /** Adds a set in the place of an earlier one of the same id. */
  put(set: OpNumbers): void {
    this.#all = this.#all.some(({ id }) => id === set.id) ? this.#all.map((each) => (each.id === set.id ? set : each)) : [...this.#all, set];
  }

  /** Forgets sets, by what their ids begin with. */
  drop(prefix: string): void {
    this.#all = this.#all.filter(({ id }) => !id.startsWith(prefix));
    if (this.#chosen.startsWith(prefix)) this.#chosen = byFamily;
  }

  choose(id: string): void {
    this.#chosen = id;
  }
}
