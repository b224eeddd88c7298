import { LitescopeError, type SerializedError } from '../../errors';
import type { RecipeEstimate } from '../../quantize/estimate';

/** What an overview consists of, in the order in which it is found out. */
export const overviewParts = ['run', 'latency', 'ops', 'threads', 'smaller'] as const;
export type OverviewPart = (typeof overviewParts)[number];

/** `waiting` for somebody or something to start it; `interrupted` by what a person asked for, to be gone on with; `cancelled` by the person. */
export type OverviewPhase = 'waiting' | 'measuring' | 'interrupted' | 'cancelled' | 'done';

/** How far the page has come with telling the essence of one model. What was measured itself is kept where it is shown in full. */
export class OverviewState {
  #phase = $state<OverviewPhase>('waiting');
  #part = $state<OverviewPart | null>(null);
  #failures = $state.raw<Readonly<Partial<Record<OverviewPart, SerializedError>>>>({});
  #estimate = $state.raw<RecipeEstimate | null>(null);

  get phase(): OverviewPhase {
    return this.#phase;
  }

  /** What is being found out. */
  get part(): OverviewPart | null {
    return this.#part;
  }

  /** What int8 would bring, told from the file alone. */
  get estimate(): RecipeEstimate | null {
    return this.#estimate;
  }

  /** Why a part is missing; null where it is there, or yet to come. */
  failureOf(part: OverviewPart): SerializedError | null {
    return this.#failures[part] ?? null;
  }

  /** Begins, or goes on: parts that failed are tried again. */
  begin(): void {
    this.#phase = 'measuring';
    this.#failures = {};
  }

  enter(part: OverviewPart): void {
    this.#part = part;
  }

  fail(part: OverviewPart, error: unknown): void {
    this.#failures = { ...this.#failures, [part]: LitescopeError.from(error).serialize() };
  }

  keepEstimate(estimate: RecipeEstimate): void {
    this.#estimate = estimate;
  }

  end(phase: Exclude<OverviewPhase, 'waiting' | 'measuring'>): void {
    this.#part = null;
    this.#phase = phase;
  }
}
