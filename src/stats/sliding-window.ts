import { quantileSorted } from 'd3-array';

/** Figures of the samples in a window, in the samples' own unit; null without samples. */
export interface SlidingSummary {
  readonly count: number;
  readonly median: number | null;
  readonly p95: number | null;
  readonly latest: number | null;
}

interface Sample {
  readonly at_ms: number;
  readonly value: number;
}

/** Keeps the samples of the latest span of time. Times must not fall. */
export class SlidingWindow {
  readonly span_ms: number;
  #samples: Sample[] = [];

  constructor(span_ms: number) {
    this.span_ms = span_ms;
  }

  add(at_ms: number, value: number): void {
    this.#samples.push({ at_ms, value });
    // Trimmed now and then rather than for each sample, which would shift the whole list every time.
    const start = this.#start(at_ms);
    if (start > 256) this.#samples = this.#samples.slice(start);
  }

  /** The samples not older than the span, oldest first. */
  values(now_ms: number): readonly number[] {
    return this.#samples.slice(this.#start(now_ms)).map(({ value }) => value);
  }

  /** Percentiles interpolate linearly between samples, as in `summarizeSamples`. */
  summary(now_ms: number): SlidingSummary {
    const values = this.values(now_ms);
    const sorted = [...values].sort((left, right) => left - right);
    return {
      count: values.length,
      median: quantileSorted(sorted, 0.5) ?? null,
      p95: quantileSorted(sorted, 0.95) ?? null,
      latest: values.at(-1) ?? null,
    };
  }

  /** Samples a second over the time that lies between the first and the last one; null for fewer than two. */
  rate(now_ms: number): number | null {
    const start = this.#start(now_ms);
    const first = this.#samples[start];
    const last = this.#samples.at(-1);
    const count = this.#samples.length - start;
    if (first === undefined || last === undefined || count < 2 || last.at_ms <= first.at_ms) return null;
    return ((count - 1) * 1000) / (last.at_ms - first.at_ms);
  }

  clear(): void {
    this.#samples = [];
  }

  #start(now_ms: number): number {
    const index = this.#samples.findIndex(({ at_ms }) => at_ms >= now_ms - this.span_ms);
    return index === -1 ? this.#samples.length : index;
  }
}
