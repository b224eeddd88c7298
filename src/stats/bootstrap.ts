import { median, sum } from 'd3-array';

/** Lower end first. */
export type Interval = readonly [low: number, high: number];

export const defaultConfidence = 0.95;

/**
 * The bootstrap's percentile interval of the median, without resampling: which medians resamples of the same size have,
 * and how often, has a closed form (B. Efron, "Bootstrap methods: another look at the jackknife", 1979, section 3). So
 * the interval carries no noise of its own and needs no seed.
 *
 * The values must not depend on each other: of runs that follow one another take one figure for each burst. Medians of
 * few values are few; the ends are rounded outwards, without which an interval of 95 % holds the truth in 92 %.
 * @param values at least one, in any order and unit
 * @param confidence between 0 and 1
 */
export function medianInterval(values: readonly number[], confidence = defaultConfidence): Interval {
  const outcomes = resampledMedians(values);
  const tail = (1 - confidence) / 2;
  return [endOf(outcomes, tail), endOf(outcomes.reverse(), tail)];
}

/** The fewest values from which an interval of this confidence can be had: fewer agree by chance too often. */
export function fewestValues(confidence: number): number {
  return Math.floor(Math.log2(2 / (1 - confidence))) + 1;
}

export interface RatioEstimate {
  /** Median over the rounds of `row` ÷ `reference`: below 1 is faster. */
  readonly ratio: number;
  readonly interval: Interval;
}

/**
 * How many times as long something takes as its reference, both timed once in every round. Only what was timed in the
 * same round is divided, so that a machine that changes its speed from round to round changes no ratio.
 * @param row a duration a round
 * @param reference as many, of the same rounds, above 0
 */
export function pairedRatio(row: readonly number[], reference: readonly number[], confidence = defaultConfidence): RatioEstimate {
  const logarithms = row.map((duration, round) => Math.log(duration / (reference[round] ?? NaN)));
  const [low, high] = medianInterval(logarithms, confidence);
  return { ratio: Math.exp(median(logarithms) ?? NaN), interval: [Math.exp(low), Math.exp(high)] };
}

/** Median and interval of a duration that was timed once in every round. */
export function medianEstimate(values: readonly number[], confidence = defaultConfidence): { readonly median: number; readonly interval: Interval } {
  return { median: median(values) ?? NaN, interval: medianInterval(values, confidence) };
}

interface Outcome {
  readonly value: number;
  readonly probability: number;
}

/** Every median that a resample of the same size can have. */
function resampledMedians(values: readonly number[]): Outcome[] {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const at = (rank: number) => sorted[rank - 1] ?? NaN;
  const half = Math.floor(count / 2);
  if (count % 2 === 1) {
    return Array.from(sorted, (value, index) => ({ value, probability: atLeast(count, half + 1, (index + 1) / count) - atLeast(count, half + 1, index / count) }));
  }
  // An even number of values has two in its middle. That the lower one is of rank i and the upper one of a higher rank j
  // means: one half of the draws has i as its greatest, the other half j as its least, and any half may be which.
  const ways = Math.exp(logFactorial(count) - 2 * logFactorial(half));
  const greatestIs = (rank: number) => (rank / count) ** half - ((rank - 1) / count) ** half;
  const outcomes: Outcome[] = [];
  for (let lower = 1; lower <= count; lower++) {
    let apart = 0;
    for (let upper = lower + 1; upper <= count; upper++) {
      const probability = ways * greatestIs(lower) * greatestIs(count - upper + 1);
      apart += probability;
      outcomes.push({ value: (at(lower) + at(upper)) / 2, probability });
    }
    const lowerHere = atLeast(count, half, lower / count) - atLeast(count, half, (lower - 1) / count);
    outcomes.push({ value: at(lower), probability: Math.max(0, lowerHere - apart) });
  }
  return outcomes.sort((left, right) => left.value - right.value);
}

/** The last value, going inwards, up to which no more than `tail` of the medians lie. */
function endOf(outcomes: readonly Outcome[], tail: number): number {
  const total = sum(outcomes, ({ probability }) => probability);
  let end = outcomes[0]?.value ?? NaN;
  let reached = 0;
  for (const [index, { value, probability }] of outcomes.entries()) {
    reached += probability / total;
    if (reached > tail) break;
    // Different pairs can have the same middle: it counts once all of them do.
    if (outcomes[index + 1]?.value !== value) end = value;
  }
  return end;
}

/** Probability of at least `least` successes in `trials`, each with probability `success`. */
function atLeast(trials: number, least: number, success: number): number {
  if (success <= 0) return 0;
  if (success >= 1) return 1;
  let total = 0;
  for (let successes = least; successes <= trials; successes++) {
    total += Math.exp(
      logFactorial(trials) - logFactorial(successes) - logFactorial(trials - successes)
      + successes * Math.log(success) + (trials - successes) * Math.log1p(-success),
    );
  }
  return total;
}

const logFactorials = [0];

function logFactorial(number: number): number {
  for (let next = logFactorials.length; next <= number; next++) logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  return logFactorials[number] ?? NaN;
}
