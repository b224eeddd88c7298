import * as v from 'valibot';
import { count, finite, interval, milliseconds, name, type Immutable } from './values';

/** Rows measured in turn (ABAB…), each against the first. */
export const ratioSchema = v.strictObject({
  /** Indices into the report's `results`. */
  row: count,
  reference: count,
  /** Median over the rounds of `row`'s median divided by that of `reference` in the same round: below 1 is faster. */
  ratio: finite,
  /** Of the comparison's confidence. */
  interval: interval,
  verdict: v.picklist(['faster', 'slower', 'no measurable difference']),
});

export const comparisonSchema = v.strictObject({
  /** Of the order in which rows took turns, shuffled in every round. */
  seed: count,
  /** How often each row was measured, each time in a session of its own unless sessions were kept. */
  rounds: count,
  /** Of the bootstrap intervals: 0.95 for 95 %. */
  confidence: v.pipe(finite, v.gtValue(0), v.ltValue(1)),
  ratios: v.pipe(v.array(ratioSchema), v.maxLength(1000)),
});

/** Speed of the machine itself: a fixed amount of arithmetic, timed before and after. */
export const calibrationSchema = v.strictObject({
  before_ms: milliseconds,
  after_ms: milliseconds,
  /** after ÷ before: 1 when nothing changed. */
  ratio: finite,
});

export const peakSchema = v.strictObject({
  threads: count,
  /** Of multiply-adds in float32 SIMD, a multiply-add counted as two operations. */
  gflops: finite,
  /** Of bytes multiplied and added, 10⁹ operations a second, where the browser has an instruction for it. */
  int8_gops: v.exactOptional(finite),
  /** Of memory far larger than the caches, GB/s (10⁹). */
  bandwidth_gbs: finite,
  /** Of so many bytes among all threads, read again and again: what fits into caches is read faster. The fewest first. */
  caches: v.exactOptional(v.pipe(v.array(v.strictObject({ bytes: count, bandwidth_gbs: finite })), v.maxLength(64))),
});

/** What the machine can do at best, in this browser. */
export const rooflineSchema = v.strictObject({ instruction: name, peaks: v.pipe(v.array(peakSchema), v.maxLength(64)) });

export const defaultComparisonPlan: ComparisonPlan = { rounds: 21, seed: 1, confidence: 0.95 };

/** Fewer for a sweep: thread counts differ by more than a percent, and there may be many of them. */
export const sweepRounds = 11;

/** How rows are compared. */
export type ComparisonPlan = Pick<Comparison, 'seed' | 'rounds' | 'confidence'>;
export type Ratio = Immutable<v.InferOutput<typeof ratioSchema>>;
export type Comparison = Immutable<v.InferOutput<typeof comparisonSchema>>;
export type Calibration = Immutable<v.InferOutput<typeof calibrationSchema>>;
export type Peak = Immutable<v.InferOutput<typeof peakSchema>>;
export type Roofline = Immutable<v.InferOutput<typeof rooflineSchema>>;
