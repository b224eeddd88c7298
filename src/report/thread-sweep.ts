import * as v from 'valibot';
import { count, finite, interval, milliseconds, name, share, threadCount, type Immutable } from './values';

export const sweepPointSchema = v.strictObject({
  threads: threadCount,
  /** Index into the report's `results`. */
  row: count,
  median_ms: milliseconds,
  interval_ms: interval,
  /** Time on one thread ÷ time here; where one thread was not measured, on the fewest threads as if they had scaled ideally. */
  speedup: finite,
  /** Of 95 %; null where one thread was not measured. */
  speedup_interval: v.nullable(interval),
  /** Speed-up ÷ threads. */
  efficiency: finite,
});

export const sweepSeriesSchema = v.strictObject({
  /** What is the same in all points: model, runtime, accelerator. */
  name,
  points: v.pipe(v.array(sweepPointSchema), v.maxLength(256)),
  /** Amdahl's law, as near as it comes: the share of one thread's time that does not scale; null with fewer than two points. Whether it fits, `lawOf` says. */
  amdahl: v.nullable(v.strictObject({ serial_share: share })),
  /** Universal scalability law, as near as it comes: contention and coherence; null with fewer than three points. */
  usl: v.nullable(v.strictObject({ contention: finite, coherence: finite })),
  /** The fastest of those that are measurably faster than one thread; where none is, the fewest. */
  best_threads: count,
  /** The smallest count within 5 % of the best. */
  enough_threads: count,
});

/** One model at several thread counts, in any number of configurations. */
export const threadSweepSchema = v.strictObject({ series: v.pipe(v.array(sweepSeriesSchema), v.maxLength(64)) });

export type SweepPoint = Immutable<v.InferOutput<typeof sweepPointSchema>>;
export type SweepSeries = Immutable<v.InferOutput<typeof sweepSeriesSchema>>;
export type ThreadSweep = Immutable<v.InferOutput<typeof threadSweepSchema>>;
