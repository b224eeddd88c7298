import type { DifferenceHistogram } from './metrics';

const bins = 81;
const middle = (bins - 1) / 2;

/**
 * How often differences of any size occur, over any number of pairs, in memory that does not grow: when a difference
 * lies beyond the last bin, three bins become one. Three, because three of them cover the new one's width exactly, with
 * the middle one around zero, so that every count stays true.
 */
export class DifferenceCounter {
  readonly #counts = new Array<number>(bins).fill(0);
  /** Of one bin; 0 until something differs. */
  #width = 0;

  /** Pairs that are not finite are left out. @throws RangeError when the lengths differ */
  add(reference: ArrayLike<number>, values: ArrayLike<number>): void {
    if (reference.length !== values.length) throw new RangeError(`${values.length} values cannot be compared with ${reference.length}`);
    let greatest = 0;
    for (let index = 0; index < reference.length; index++) {
      const size = Math.abs((values[index] ?? NaN) - (reference[index] ?? NaN));
      if (Number.isFinite(size) && size > greatest) greatest = size;
    }
    this.#reach(greatest);
    for (let index = 0; index < reference.length; index++) {
      const difference = (values[index] ?? NaN) - (reference[index] ?? NaN);
      if (!Number.isFinite(difference)) continue;
      const bin = middle + (this.#width === 0 ? 0 : Math.round(difference / this.#width));
      this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    }
  }

  /** The bins between the outermost ones that hold something, symmetric around zero. */
  result(): DifferenceHistogram {
    let side = middle;
    while (side > 0 && this.#counts[middle - side] === 0 && this.#counts[middle + side] === 0) side--;
    const limit = (side + 0.5) * this.#width;
    return { from: -limit, to: limit, counts: this.#counts.slice(middle - side, middle + side + 1) };
  }

  #reach(greatest: number): void {
    // Denormal widths would divide to infinity.
    if (greatest > 0 && this.#width === 0) this.#width = Math.max(greatest / middle, Number.MIN_VALUE * 2 ** 60);
    while (Math.round(greatest / this.#width) > middle) this.#merge();
  }

  #merge(): void {
    const merged = new Array<number>(bins).fill(0);
    for (const [bin, count] of this.#counts.entries()) {
      const target = middle + Math.round((bin - middle) / 3);
      merged[target] = (merged[target] ?? 0) + count;
    }
    merged.forEach((count, bin) => { this.#counts[bin] = count; });
    this.#width *= 3;
  }
}
