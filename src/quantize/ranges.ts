import type { CalibratedTensor, ValueHistogram } from './calibration';

/** How the range that a tensor's integers cover follows from what calibration saw. */
export type RangeMethod =
  /** Everything that was seen. One outlier makes all steps coarse. */
  | { readonly kind: 'min-max' }
  /** Averages of each sample's range, newer samples counting more. */
  | { readonly kind: 'moving-average' }
  /** Leaves out the same share of values on both sides: 99.99 keeps all but one in ten thousand. */
  | { readonly kind: 'percentile'; readonly percentile: number }
  /** The range in which rounding and cutting off together cost the least mean squared error. */
  | { readonly kind: 'mse' };

export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * The range that a method gives. It contains zero, which quantization must represent exactly.
 *
 * @param steps how many steps the integers divide the range into: 255 for 8 bits
 * @param symmetric true where the zero point is fixed to 0, so that both sides reach equally far
 */
export function calibratedRange(tensor: CalibratedTensor, method: RangeMethod, steps: number, symmetric: boolean): Range {
  switch (method.kind) {
    case 'min-max': return withZero(tensor);
    case 'moving-average': return withZero({ min: tensor.movingMin, max: tensor.movingMax });
    case 'percentile': return withZero(percentileRange(tensor, (100 - method.percentile) / 100));
    case 'mse': return leastSquares(tensor, steps, symmetric);
  }
}

/** The range of all values of a constant. */
export function constantRange(values: ArrayLike<number>): Range {
  let [min, max] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

export function unionOf(ranges: readonly Range[]): Range {
  return withZero({ min: Math.min(...ranges.map(({ min }) => min)), max: Math.max(...ranges.map(({ max }) => max)) });
}

function withZero({ min, max }: Range): Range {
  return { min: Math.min(0, min), max: Math.max(0, max) };
}

/** Cuts `share` of all values off each side, at the limits of bins and never beyond what was seen. */
function percentileRange({ histogram, count, min, max }: CalibratedTensor, share: number): Range {
  const { width, counts, zeros } = histogram;
  const middle = counts.length / 2;
  const allowed = share * count;
  /** How many values lie beyond each limit, from outside in; exact zeros lie at the middle. */
  const limit = (from: number, step: 1 | -1): number => {
    let beyond = 0;
    for (let bin = from; bin >= 0 && bin < counts.length; bin += step) {
      if ((step === 1 && bin === middle) || (step === -1 && bin === middle - 1)) beyond += zeros;
      beyond += counts[bin] ?? 0;
      if (beyond > allowed) return (bin - middle + (step === 1 ? 0 : 1)) * width;
    }
    return 0;
  };
  return { min: Math.max(min, limit(0, 1)), max: Math.min(max, limit(counts.length - 1, -1)) };
}

/** Ranges that are tried: from the whole one down to a tenth of each side, finer where errors change faster. */
const fractions = Array.from({ length: 61 }, (_, index) => 0.945 ** index).filter((fraction) => fraction > 0.03);

/** Searches each side's limit in turn, the other one standing still, until neither moves. */
function leastSquares({ histogram, min, max }: CalibratedTensor, steps: number, symmetric: boolean): Range {
  const whole = withZero({ min, max });
  if (histogram.width === 0 || whole.min === whole.max) return whole;
  const costs = new RangeCosts(histogram);
  if (symmetric) {
    const greatest = Math.max(-whole.min, whole.max);
    const [best] = cheapest(fractions, (fraction) => costs.of(-greatest * fraction, greatest * fraction, steps));
    return { min: -greatest * best, max: greatest * best };
  }
  let [low, high] = cheapest(fractions, (fraction) => costs.of(whole.min * fraction, whole.max * fraction, steps)).map((best) => [best, best] as const)[0] ?? [1, 1];
  for (let round = 0; round < 4; round++) {
    const before = [low, high];
    const [bestLow] = whole.min === 0 ? [1] : cheapest(fractions, (fraction) => costs.of(whole.min * fraction, whole.max * high, steps));
    low = bestLow;
    const [bestHigh] = whole.max === 0 ? [1] : cheapest(fractions, (fraction) => costs.of(whole.min * low, whole.max * fraction, steps));
    high = bestHigh;
    if (low === before[0] && high === before[1]) break;
  }
  return { min: whole.min * low, max: whole.max * high };
}

function cheapest(candidates: readonly number[], cost: (candidate: number) => number): [number] {
  let [best, least] = [candidates[0] ?? 1, Infinity];
  for (const candidate of candidates) {
    const price = cost(candidate);
    if (price < least) [best, least] = [candidate, price];
  }
  return [best];
}

/** The squared error of a range, from sums over the histogram so that each range costs no more than any other. */
class RangeCosts {
  readonly #width: number;
  readonly #middle: number;
  /** Number, sum and sum of squares of all values below each bin. */
  readonly #below: readonly [Float64Array, Float64Array, Float64Array];

  constructor({ width, counts }: ValueHistogram) {
    this.#width = width;
    this.#middle = counts.length / 2;
    const below = [new Float64Array(counts.length + 1), new Float64Array(counts.length + 1), new Float64Array(counts.length + 1)] as const;
    for (let bin = 0; bin < counts.length; bin++) {
      const count = counts[bin] ?? 0;
      const value = (bin - this.#middle + 0.5) * width;
      below[0][bin + 1] = (below[0][bin] ?? 0) + count;
      below[1][bin + 1] = (below[1][bin] ?? 0) + count * value;
      below[2][bin + 1] = (below[2][bin] ?? 0) + count * value * value;
    }
    this.#below = below;
  }

  /** Rounding to steps leaves their squared width divided by 12 for each value within; a value beyond loses its distance. */
  of(min: number, max: number, steps: number): number {
    const [counts, sums, squares] = this.#below;
    const low = this.#binAt(min);
    const high = this.#binAt(max);
    const end = counts.length - 1;
    const step = (max - min) / steps;
    const inside = (counts[high] ?? 0) - (counts[low] ?? 0);
    const beneath = (squares[low] ?? 0) - 2 * min * (sums[low] ?? 0) + min * min * (counts[low] ?? 0);
    const [above, aboveSum, aboveSquares] = [counts, sums, squares].map((sum) => (sum[end] ?? 0) - (sum[high] ?? 0)) as [number, number, number];
    return (inside * step * step) / 12 + beneath + aboveSquares - 2 * max * aboveSum + max * max * above;
  }

  #binAt(value: number): number {
    return Math.min(this.#below[0].length - 1, Math.max(0, Math.round(value / this.#width) + this.#middle));
  }
}
