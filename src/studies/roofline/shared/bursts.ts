import { max, sum } from 'd3-array';

/** Short bursts of several tasks at points in time that all workers know, so that they do the same at once. */
export interface BurstPlan {
  readonly tasks: number;
  /** How often each task's turn comes: cores are shared, and change speed. */
  readonly visits: number;
  /** Bursts of one task in a row: the first of them fill the caches. */
  readonly inARow: number;
}

/** Enough that one of them is undisturbed. */
const visits = 4;
const inARow = 20;
const shortest_ms = 1;
/** A burst's length is known to two of the clock's steps. */
const stepsInBurst = 50;
/** With a coarse clock there are fewer bursts instead of a long wait, but so many in a row. */
const leastInARow = 2;
const longestVisit_ms = 60;

/**
 * How long a burst lasts, and how many there are.
 * @param timerStep_ms the smallest step of the clock
 */
export function planBursts(tasks: number, timerStep_ms: number): { readonly plan: BurstPlan; readonly burst_ms: number } {
  const burst_ms = Math.max(shortest_ms, timerStep_ms * stepsInBurst);
  return { plan: { tasks, visits, inARow: Math.max(leastInARow, Math.min(inARow, Math.floor(longestVisit_ms / burst_ms))) }, burst_ms };
}

export function burstCount({ tasks, visits: times, inARow: each }: BurstPlan): number {
  return tasks * times * each;
}

/** Which task a burst is of. */
export function taskOfBurst({ tasks, inARow: each }: BurstPlan, burst: number): number {
  return Math.floor(burst / each) % tasks;
}

/**
 * The best that all workers reached together in one burst, for each task.
 * @param rates of each worker, by burst
 */
export function bestRates(plan: BurstPlan, rates: readonly ArrayLike<number>[]): readonly number[] {
  const together = Array.from({ length: burstCount(plan) }, (_, burst) => sum(rates, (own) => own[burst]));
  return Array.from({ length: plan.tasks }, (_, task) => max(together, (rate, burst) => (taskOfBurst(plan, burst) === task ? rate : undefined)) ?? 0);
}
