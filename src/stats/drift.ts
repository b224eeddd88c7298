import { quantileSorted } from 'd3-array';
import { SlidingWindow } from './sliding-window';

/** How much slower the latest window's median must be than the first minute's before a device counts as slowed. */
const slowedRatio = 1.2;

/** Fewer samples than this tell nothing. */
const fewestSamples = 20;

export interface DriftReading {
  /** Median of the latest window over the median of the baseline; null until both hold enough samples. */
  readonly ratio: number | null;
  readonly slowed: boolean;
}

/**
 * Tells whether what is timed again and again has become slower since its beginning, as devices do when they grow hot.
 * The baseline is everything within the first minute, or longer until it is enough; the latest ten seconds are held against it. Slowed means that their
 * median is 20 % above the baseline's and above its 95th percentile: single slow runs, which the baseline has too, are
 * not enough.
 */
export class DriftWatch {
  readonly #baseline_ms: number;
  readonly #latest: SlidingWindow;
  #begun_ms: number | null = null;
  #collected: number[] = [];
  #median: number | null = null;
  #high = Infinity;

  constructor(baseline_ms = 60_000, window_ms = 10_000) {
    this.#baseline_ms = baseline_ms;
    this.#latest = new SlidingWindow(window_ms);
  }

  add(at_ms: number, duration_ms: number): void {
    this.#begun_ms ??= at_ms;
    if (this.#median === null) {
      if (at_ms - this.#begun_ms < this.#baseline_ms || this.#collected.length < fewestSamples) {
        this.#collected.push(duration_ms);
        return;
      }
      const sorted = this.#collected.sort((left, right) => left - right);
      this.#median = quantileSorted(sorted, 0.5) ?? null;
      this.#high = quantileSorted(sorted, 0.95) ?? Infinity;
    }
    this.#latest.add(at_ms, duration_ms);
  }

  reading(now_ms: number): DriftReading {
    const { count, median } = this.#latest.summary(now_ms);
    if (this.#median === null || median === null || count < fewestSamples) return { ratio: null, slowed: false };
    const ratio = median / this.#median;
    return { ratio, slowed: ratio >= slowedRatio && median > this.#high };
  }

  /** Begins anew: what is timed from now on is something else. */
  restart(): void {
    this.#begun_ms = null;
    this.#collected = [];
    this.#median = null;
    this.#high = Infinity;
    this.#latest.clear();
  }
}
