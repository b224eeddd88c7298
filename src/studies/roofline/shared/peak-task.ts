import type { BurstPlan } from './bursts';
import type { ReadingLoop } from './reading-loops';

/** What is done again and again: a loop of arithmetic, or reading so many bytes of this worker's memory. */
export type PeakTask =
  | { readonly kind: 'arithmetic'; readonly loop: string; readonly operations: number }
  | { readonly kind: 'read'; readonly loop: ReadingLoop; readonly bytes: number };

export interface Bursts {
  readonly tasks: readonly PeakTask[];
  readonly plan: BurstPlan;
  /** On the clock that counts from `performance.timeOrigin` 0. */
  readonly start_ms: number;
  readonly burst_ms: number;
}
