import { max, mean, sum } from 'd3-array';

/** What share of an invoke something takes, with an interval of 95 %. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** What an op is thought to take beside other ops, before the model is cut. */
export interface Weight {
  /** In any unit. */
  readonly weight: number;
  /** Standard error, as a share of the weight. */
  readonly error: number;
}

interface Cut {
  /** Its time, of the whole model's. */
  readonly share: number;
  /** Standard error of the share. */
  readonly error: number;
  /** How often it was measured. */
  readonly times: number;
}

/** 97.5 % of a normal distribution lie below this many standard errors. */
const z95 = 1.959964;
/** A cut that is still uncertain after so many measurements stays so. */
const mostTimes = 4;
/** A measurement whose error is this many times what is uncertain already tells next to nothing. */
const uselessFrom = 2;

/** What is known of the time up to a place in the model: mean and variance. */
interface Known {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Puts together what is thought of each op by itself and what cut models say, and decides where to cut next.
 *
 * The time up to a place in the model is a walk whose steps are the ops: each has a mean and a variance, and a cut
 * is an observation of the walk at one place. Both ends are known: 0 and 1. The best estimate of all steps is then the one
 * of a Kalman filter with the smoother of Rauch, Tung and Striebel (1965), here in one dimension: precise cuts decide,
 * and noisy ones change little. The next cut is made where the least is known.
 */
export class SlicePlan {
  /** Mean and variance of each op's share. */
  readonly #steps: readonly Known[];
  readonly #precision: number;
  readonly #cuts = new Map<number, Cut>();
  readonly #initial: number;

  /**
   * @param weights of each op, in run order
   * @param precision standard error of the share up to a place below which nothing more is asked there
   */
  constructor(weights: readonly Weight[], precision: number) {
    const usable = weights.map(({ weight, error }) => (weight > 0 && Number.isFinite(weight) ? { weight, error } : { weight: Number.MIN_VALUE, error: 1 }));
    const all = sum(usable, ({ weight }) => weight);
    this.#steps = usable.map(({ weight, error }) => ({ mean: weight / all, variance: ((weight / all) * error) ** 2 }));
    this.#precision = precision;
    this.#initial = this.#uncertainty();
  }

  /** How many ops the next model has; null when there is nothing left that a measurement would tell. */
  next(): number | null {
    const walk = this.#walk();
    let best: { readonly at: number; readonly deviation: number } | null = null;
    for (let at = 1; at < this.#steps.length; at++) {
      const deviation = Math.sqrt(walk[at]?.known.variance ?? 0);
      if (deviation <= Math.max(this.#precision, best?.deviation ?? 0) || (this.#cuts.get(at)?.times ?? 0) >= mostTimes) continue;
      best = { at, deviation };
    }
    if (best === null) return null;
    const usual = mean(this.#cuts.values(), ({ error, times }) => error * Math.sqrt(times)) ?? 0;
    return usual > uselessFrom * best.deviation ? null : best.at;
  }

  /** What the model with the first `at` ops took, of the whole model's time. Several measurements of one are weighted by their certainty. */
  add(at: number, share: number, error: number): void {
    const known = this.#cuts.get(at);
    this.#cuts.set(at, known === undefined ? { share, error, times: 1 } : pooled(known, { share, error }));
  }

  /** How far the plan has come, 0 to 1. */
  get told(): number {
    const left = this.#uncertainty();
    return this.#initial <= this.#precision ? 1 : Math.min(1, Math.max(0, (this.#initial - left) / (this.#initial - this.#precision)));
  }

  /** Every op's share; together they are 1. */
  shares(): readonly Share[] {
    const walk = this.#walk();
    const steps = this.#steps.map((_, index): Known => {
      const [from, to] = [walk[index], walk[index + 1]];
      if (from === undefined || to === undefined) return { mean: 0, variance: 0 };
      return {
        mean: Math.max(0, to.known.mean - from.known.mean),
        variance: Math.max(0, from.known.variance + to.known.variance - 2 * from.gain * to.known.variance),
      };
    });
    const all = sum(steps, (step) => step.mean);
    return steps.map((step) => {
      const share = all === 0 ? 1 / steps.length : step.mean / all;
      const half = z95 * Math.sqrt(step.variance);
      return { share, low: Math.max(0, share - half), high: share + half };
    });
  }

  #uncertainty(): number {
    return Math.sqrt(max(this.#walk(), ({ known }) => known.variance) ?? 0);
  }

  /** The walk's places, as many as ops and one more, by all that was observed; and how much of what is found out later reaches back to each. */
  #walk(): readonly { readonly known: Known; readonly gain: number }[] {
    const count = this.#steps.length;
    const ahead: Known[] = [];
    const filtered: Known[] = [{ mean: 0, variance: 0 }];
    this.#steps.forEach((step, index) => {
      const before = filtered[index] ?? step;
      const expected = { mean: before.mean + step.mean, variance: before.variance + step.variance };
      ahead.push(expected);
      const cut = index + 1 === count ? { share: 1, error: 0 } : this.#cuts.get(index + 1);
      filtered.push(cut === undefined ? expected : observed(expected, cut));
    });
    const smoothed: { known: Known; gain: number }[] = [];
    for (let at = count; at >= 0; at--) {
      const own = filtered[at] ?? { mean: 0, variance: 0 };
      const [expected, later] = [ahead[at], smoothed.at(-1)?.known];
      if (expected === undefined || later === undefined) {
        smoothed.push({ known: own, gain: 0 });
        continue;
      }
      const gain = expected.variance === 0 ? 0 : own.variance / expected.variance;
      smoothed.push({ known: { mean: own.mean + gain * (later.mean - expected.mean), variance: Math.max(0, own.variance + gain ** 2 * (later.variance - expected.variance)) }, gain });
    }
    return smoothed.reverse();
  }
}

function observed({ mean: expected, variance }: Known, { share, error }: { readonly share: number; readonly error: number }): Known {
  const all = variance + error ** 2;
  const trust = all === 0 ? 1 : variance / all;
  return { mean: expected + trust * (share - expected), variance: (1 - trust) * variance };
}

/** Measurements of one cut, which are of sessions of their own: they differ by more than their errors where sessions do. */
function pooled(known: Cut, { share, error }: { readonly share: number; readonly error: number }): Cut {
  const [before, now] = [1 / Math.max(1e-12, known.error ** 2), 1 / Math.max(1e-12, error ** 2)];
  const together = (known.share * before + share * now) / (before + now);
  const expected = 1 / Math.sqrt(before + now);
  const apart = Math.abs(known.share - share) / Math.sqrt(2 * (known.times + 1));
  return { share: together, error: Math.max(expected, apart), times: known.times + 1 };
}
