import { LitescopeError, type SerializedError } from '../../errors';

/** Where a problem is shown: beside the thing that failed. */
export type ProblemPlace = 'open' | 'run' | 'benchmark' | 'compare' | 'sweep' | 'why' | 'profile' | 'cross-check' | 'outputs' | 'layers' | 'pair' | 'look' | 'variant' | 'live' | 'history' | 'share';

export interface Problem {
  readonly id: number;
  readonly place: ProblemPlace;
  /** Whose failure it was; null for what has no model yet. */
  readonly modelId: string | null;
  /** What was being done: a file's or model's name. */
  readonly subject: string;
  readonly error: SerializedError;
}

/** Failures that the person has not dismissed. */
export class Problems {
  #list = $state.raw<readonly Problem[]>([]);
  #next = 1;

  get list(): readonly Problem[] {
    return this.#list;
  }

  /** Those of one place; of one model and of none where a model is given. */
  at(place: ProblemPlace, modelId: string | null = null): readonly Problem[] {
    return this.#list.filter((problem) => problem.place === place && (modelId === null || problem.modelId === null || problem.modelId === modelId));
  }

  /** Keeps a failure. A cancel is what the person wanted, and no problem. */
  add(place: ProblemPlace, subject: string, thrown: unknown, modelId: string | null = null): void {
    const error = LitescopeError.from(thrown).serialize();
    if (error.code === 'CANCELLED') return;
    this.#list = [{ id: this.#next++, place, modelId, subject, error }, ...this.#list];
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((problem) => problem.id !== id);
  }

  /** A new attempt makes the earlier failure of the same kind old news. */
  clear(place: ProblemPlace, modelId: string | null): void {
    this.#list = this.#list.filter((problem) => problem.place !== place || problem.modelId !== modelId);
  }
}
