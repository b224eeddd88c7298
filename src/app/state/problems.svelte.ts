import { LitescopeError, type SerializedError } from '../../errors';

/** Where a problem is shown: beside the thing that failed. What is of the whole page stands at its edge (`open`). */
export type ProblemPlace = 'open' | 'report' | 'labels' | 'run' | 'rows' | 'benchmark' | 'compare' | 'sweep' | 'why' | 'profile' | 'cross-check' | 'outputs' | 'layers' | 'pair' | 'look' | 'variant' | 'live' | 'history' | 'share';

/** A way out of a problem, by a button. */
export interface ProblemStep {
  readonly caption: string;
  readonly act: () => void;
}

/** What is known of a problem besides its error. */
export interface ProblemContext {
  /** Does again what failed. */
  readonly retry?: () => void;
  /** Ways out that belong to this one alone. */
  readonly steps?: readonly ProblemStep[];
  /** Whether what caused it is still so: while it is not, the problem is not shown. */
  readonly stands?: () => boolean;
}

export interface Problem extends ProblemContext {
  readonly id: number;
  readonly place: ProblemPlace;
  /** Whose failure it was; null for what has no model yet. */
  readonly modelId: string | null;
  /** What was being done: a file's or model's name. */
  readonly subject: string;
  readonly error: SerializedError;
}

/** Failures that the person has not dismissed, and what was cancelled. */
export class Problems {
  #list = $state.raw<readonly Problem[]>([]);
  #cancelled = $state.raw<readonly Pick<Problem, 'place' | 'modelId'>[]>([]);
  #next = 1;

  get list(): readonly Problem[] {
    return this.#list;
  }

  /** Those of one place; of one model and of none where a model is given. */
  at(place: ProblemPlace, modelId: string | null = null): readonly Problem[] {
    return this.#list.filter((problem) => problem.place === place && (modelId === null || problem.modelId === null || problem.modelId === modelId) && problem.stands?.() !== false);
  }

  /** Keeps a failure. A cancel is what the person wanted, and no problem. */
  add(place: ProblemPlace, subject: string, thrown: unknown, modelId: string | null = null, context: ProblemContext = {}): void {
    const error = LitescopeError.from(thrown).serialize();
    if (error.code === 'CANCELLED') return;
    this.#list = [{ id: this.#next++, place, modelId, subject, error, ...context }, ...this.#list];
  }

  /** Whether the latest attempt of a kind was cancelled. */
  wasCancelled(place: ProblemPlace, modelId: string | null): boolean {
    return this.#cancelled.some((cancelled) => cancelled.place === place && cancelled.modelId === modelId);
  }

  noteCancelled(place: ProblemPlace, modelId: string | null): void {
    this.#cancelled = [...this.#cancelled, { place, modelId }];
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((problem) => problem.id !== id);
  }

  /** A new attempt makes what became of the earlier one of the same kind old news. */
  clear(place: ProblemPlace, modelId: string | null): void {
    const isOther = (problem: Pick<Problem, 'place' | 'modelId'>): boolean => problem.place !== place || problem.modelId !== modelId;
    this.#list = this.#list.filter(isOther);
    this.#cancelled = this.#cancelled.filter(isOther);
  }

  /** A model that is closed takes its problems with it. */
  forget(modelId: string): void {
    const isOther = (problem: Pick<Problem, 'modelId'>): boolean => problem.modelId !== modelId;
    this.#list = this.#list.filter(isOther);
    this.#cancelled = this.#cancelled.filter(isOther);
  }
}
