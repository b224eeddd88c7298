/**
 * How far values are from a reference, in the field's usual figures. All of them come out of one pass over both, and
 * several pairs (runs, samples) can be added up, so that memory does not grow with their number.
 */

export interface ErrorMetrics {
  /** Pairs of finite values that were compared. */
  readonly count: number;
  /** Pairs of which one value is infinite or no number and the other is not the same; they count for nothing else. */
  readonly notFinite: number;
  /** Mean squared error, in squared units of the values. */
  readonly mse: number;
  /** Root of the mean squared error, in units of the values. */
  readonly rmse: number;
  readonly max_abs: number;
  readonly mean_abs: number;
  /** Mean difference with its sign: what a bias correction takes away. */
  readonly mean_error: number;
  /** Cosine of the angle between both as vectors; 1 for two that are all zeros, 0 where only one is. */
  readonly cosine: number;
  /** Signal to quantization noise ratio in dB: power of the reference over power of the error; infinite without an error. */
  readonly sqnr_db: number;
  /** Peak signal to noise ratio in dB; the peak is the reference's range (greatest minus least value). Infinite without an error. */
  readonly psnr_db: number;
}

/** The mean squared error up to which a variant is usually accepted. */
export const usualAcceptedMse = 1e-5;

/** Sums up differences between values and their reference. */
export class ErrorAccumulator {
  #count = 0;
  #notFinite = 0;
  #squares = 0;
  #absolutes = 0;
  #errors = 0;
  #greatest = 0;
  #reference = 0;
  #values = 0;
  #product = 0;
  #least = Infinity;
  #most = -Infinity;

  /** @throws RangeError when the lengths differ */
  add(reference: ArrayLike<number>, values: ArrayLike<number>): void {
    if (reference.length !== values.length) throw new RangeError(`${values.length} values cannot be compared with ${reference.length}`);
    for (let index = 0; index < reference.length; index++) {
      const wanted = reference[index] ?? NaN;
      const got = values[index] ?? NaN;
      const difference = got - wanted;
      if (!Number.isFinite(difference)) {
        if (!Object.is(wanted, got)) this.#notFinite++;
        continue;
      }
      this.#count++;
      this.#squares += difference * difference;
      this.#errors += difference;
      const absolute = Math.abs(difference);
      this.#absolutes += absolute;
      if (absolute > this.#greatest) this.#greatest = absolute;
      this.#reference += wanted * wanted;
      this.#values += got * got;
      this.#product += wanted * got;
      if (wanted < this.#least) this.#least = wanted;
      if (wanted > this.#most) this.#most = wanted;
    }
  }

  /** NaN for all figures but the counts when nothing was compared. */
  metrics(): ErrorMetrics {
    const count = this.#count;
    const mse = this.#squares / count;
    return {
      count,
      notFinite: this.#notFinite,
      mse,
      rmse: Math.sqrt(mse),
      max_abs: count === 0 ? NaN : this.#greatest,
      mean_abs: this.#absolutes / count,
      mean_error: this.#errors / count,
      cosine: count === 0 ? NaN : cosineOf(this.#product, this.#reference, this.#values),
      sqnr_db: decibels(this.#reference, this.#squares),
      psnr_db: count === 0 ? NaN : decibels((this.#most - this.#least) ** 2, mse),
    };
  }
}

/** The figures of one pair. @throws RangeError when the lengths differ */
export function errorMetrics(reference: ArrayLike<number>, values: ArrayLike<number>): ErrorMetrics {
  const accumulator = new ErrorAccumulator();
  accumulator.add(reference, values);
  return accumulator.metrics();
}

function cosineOf(product: number, reference: number, values: number): number {
  if (reference === 0 && values === 0) return 1;
  if (reference === 0 || values === 0) return 0;
  return Math.min(1, Math.max(-1, product / Math.sqrt(reference) / Math.sqrt(values)));
}

function decibels(signal: number, noise: number): number {
  return noise === 0 ? (Number.isNaN(signal) ? NaN : Infinity) : 10 * Math.log10(signal / noise);
}

/** How often differences fall between equally spaced limits. */
export interface DifferenceHistogram {
  /** Limits of the first and the last bin, symmetric around zero. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/**
 * Differences (value minus reference) in an odd number of bins, the middle one around zero. Pairs that are not finite are left out.
 *
 * @param bins odd, at least 1
 * @throws RangeError when the lengths differ, or for an even number of bins
 */
export function differenceHistogram(reference: ArrayLike<number>, values: ArrayLike<number>, bins = 41): DifferenceHistogram {
  if (reference.length !== values.length) throw new RangeError(`${values.length} values cannot be compared with ${reference.length}`);
  if (bins < 1 || bins % 2 !== 1) throw new RangeError(`${bins} bins have no middle`);
  let greatest = 0;
  for (let index = 0; index < reference.length; index++) {
    const size = Math.abs((values[index] ?? NaN) - (reference[index] ?? NaN));
    if (Number.isFinite(size) && size > greatest) greatest = size;
  }
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < reference.length; index++) {
    const difference = (values[index] ?? NaN) - (reference[index] ?? NaN);
    if (!Number.isFinite(difference)) continue;
    const position = greatest === 0 ? (bins - 1) / 2 : Math.floor(((difference + greatest) / (2 * greatest)) * bins);
    const bin = Math.min(bins - 1, position);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from: -greatest, to: greatest, counts };
}
