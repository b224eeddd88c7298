import { sum } from 'd3-array';

/** What share of an invoke an op takes, with an interval of 95 %. */
export interface OpShare {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

interface Cut {
  /** Ops that the cut model has: those before this position. */
  readonly at: number;
  /** Its time, of the whole model's. */
  readonly share: number;
  /** Standard error of the share. */
  readonly error: number;
}

/** 97.5 % of a normal distribution lie below this many standard errors. */
const z95 = 1.959964;

/**
 * Decides after which ops a model is cut next, and what the cuts say. The longest stretch between two cuts is cut in two
 * where half of its arithmetic is done, until a stretch is one op, or shorter than what is looked for, or
 * shorter than what its ends leave open.
 */
export class SlicePlan {
  readonly #weights: readonly number[];
  readonly #finest: number;
  #cuts: Cut[];

  /**
   * @param weights a guess of each op's time, in any unit; it steers where cuts are made, and divides what is not cut further
   * @param finest share of the whole below which a stretch is not cut further
   */
  constructor(weights: readonly number[], finest: number) {
    this.#weights = weights.map((weight) => (weight > 0 && Number.isFinite(weight) ? weight : Number.MIN_VALUE));
    this.#finest = finest;
    this.#cuts = [{ at: 0, share: 0, error: 0 }, { at: weights.length, share: 1, error: 0 }];
  }

  /** How many ops the next model has; null when there is nothing left to tell apart. */
  next(): number | null {
    let best: readonly [from: number, to: number, share: number] | null = null;
    for (const [from, to] of stretches(monotone(this.#cuts))) {
      const share = to.share - from.share;
      if (this.#isTold(from, to) || share <= (best?.[2] ?? 0)) continue;
      best = [from.at, to.at, share];
    }
    return best === null ? null : this.#middle(best[0], best[1]);
  }

  /** What the model with the first `at` ops took, of the whole model's time. */
  add(at: number, share: number, error: number): void {
    this.#cuts = [...this.#cuts, { at, share, error }].sort((one, other) => one.at - other.at);
  }

  /** Of the whole time, the share that is told apart as far as it will be. */
  get told(): number {
    return sum(stretches(monotone(this.#cuts)), ([from, to]) => (this.#isTold(from, to) ? to.share - from.share : 0));
  }

  /** Every op's share; together they are 1. */
  shares(): readonly OpShare[] {
    return stretches(monotone(this.#cuts)).flatMap(([from, to]): OpShare[] => {
      const whole = to.share - from.share;
      const half = z95 * Math.hypot(from.error, to.error);
      const weights = this.#weights.slice(from.at, to.at);
      const all = sum(weights);
      return weights.map((weight) => {
        const share = (whole * weight) / all;
        // Of a stretch that was not cut, one op may have taken all or nothing.
        return weights.length === 1 ? { share, low: Math.max(0, share - half), high: share + half } : { share, low: 0, high: whole + half };
      });
    });
  }

  #isTold(from: Cut, to: Cut): boolean {
    const share = to.share - from.share;
    return to.at - from.at < 2 || share < this.#finest || share < z95 * Math.hypot(from.error, to.error);
  }

  #middle(from: number, to: number): number {
    const half = sum(this.#weights.slice(from, to)) / 2;
    let before = 0;
    for (let at = from; at < to - 1; at++) {
      const weight = this.#weights[at] ?? 0;
      // On whichever side of the op in the middle more is balanced.
      if (before + weight >= half) return Math.min(to - 1, Math.max(from + 1, half - before > before + weight - half ? at + 1 : at));
      before += weight;
    }
    return to - 1;
  }
}

function stretches(cuts: readonly Cut[]): (readonly [Cut, Cut])[] {
  return cuts.slice(1).flatMap((to, index) => { const from = cuts[index]; return from === undefined ? [] : [[from, to] as const]; });
}

/**
 * More ops take no less time: where noise says otherwise, neighbours are levelled to their mean, weighted by certainty
 * (isotonic regression by pooling adjacent violators). Ends stay where they are.
 */
function monotone(cuts: readonly Cut[]): readonly Cut[] {
  const pools: { share: number; weight: number; members: Cut[] }[] = [];
  for (const cut of cuts) {
    let pool = { share: cut.share, weight: 1 / Math.max(1e-12, cut.error ** 2), members: [cut] };
    for (let before = pools.at(-1); before !== undefined && before.share > pool.share; before = pools.at(-1)) {
      pools.pop();
      const weight = before.weight + pool.weight;
      pool = { share: (before.share * before.weight + pool.share * pool.weight) / weight, weight, members: [...before.members, ...pool.members] };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ share, members }) => members.map((cut) => ({ ...cut, share: cut.error === 0 ? cut.share : Math.min(1, Math.max(0, share)) })));
}
