import { bin, deviation, max, mean, min, quantileSorted, thresholdFreedmanDiaconis } from 'd3-array';

/** Figures of latency samples in milliseconds, under the names that a report gives them. NaN when there are no samples. */
export interface SampleSummary {
  readonly min_ms: number;
  readonly max_ms: number;
  readonly avg_ms: number;
  /** Of the samples themselves (divided by n), as TFLite's benchmark_model gives it, not an estimate for all runs. */
  readonly stddev_ms: number;
  readonly p5_ms: number;
  readonly median_ms: number;
  readonly p95_ms: number;
}

/** Samples from `from` up to `to`; `to` itself counts only in the last bin. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Summarises latencies in milliseconds. Percentiles interpolate linearly between samples (type 7 of Hyndman and Fan,
 * the default of NumPy and R). The order of the samples does not matter; they are not changed.
 */
export function summarizeSamples(samples: readonly number[]): SampleSummary {
  const sorted = [...samples].sort((left, right) => left - right);
  const percentile = (fraction: number): number => quantileSorted(sorted, fraction) ?? NaN;
  const count = sorted.length;
  return {
    min_ms: min(sorted) ?? NaN,
    max_ms: max(sorted) ?? NaN,
    avg_ms: mean(sorted) ?? NaN,
    stddev_ms: count === 1 ? 0 : (deviation(sorted) ?? NaN) * Math.sqrt((count - 1) / count),
    p5_ms: percentile(0.05),
    median_ms: percentile(0.5),
    p95_ms: percentile(0.95),
  };
}

/**
 * Counts samples in bins that touch each other, from the smallest sample to the largest: together all samples. Bins have
 * one width, chosen by Freedman and Diaconis, but the last one may be an overflow bin: samples slower than the upper
 * quartile by more than three interquartile ranges (Tukey's "far out") share it, so that one stall does not squeeze
 * all other samples into a single bin. Identical samples give one bin of width 0.
 *
 * @param samples finite numbers
 * @param maximumBins at least 1; with 1 there is no overflow bin
 * @returns no bins when there are no samples
 */
export function histogram(samples: readonly number[], maximumBins: number): HistogramBin[] {
  const sorted = [...samples].sort((left, right) => left - right);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const lowerQuartile = quantileSorted(sorted, 0.25) ?? first;
  const upperQuartile = quantileSorted(sorted, 0.75) ?? last;
  const fence = upperQuartile + 3 * (upperQuartile - lowerQuartile);
  const overflow = maximumBins < 2 ? [] : sorted.filter((sample) => sample > fence);
  const regular = sorted.slice(0, sorted.length - overflow.length);
  // The regular bins reach up to the overflow's, so that no gap lies between them.
  const end = overflow.length === 0 ? last : fence;
  const bins = equalBins(regular, first, end, maximumBins - Math.min(overflow.length, 1));
  return overflow.length === 0 ? bins : [...bins, { from: end, to: last, count: overflow.length }];
}

function equalBins(sorted: readonly number[], from: number, to: number, maximumBins: number): HistogramBin[] {
  if (from === to) return [{ from, to, count: sorted.length }];
  const suggested = thresholdFreedmanDiaconis(sorted, from, to);
  const count = Math.max(1, Math.min(Math.floor(maximumBins), suggested));
  const edges = Array.from({ length: count - 1 }, (_, index) => from + ((to - from) * (index + 1)) / count);
  const bins = bin<number, number>().domain([from, to]).thresholds(edges)(sorted);
  return bins.map((members) => ({ from: members.x0 ?? from, to: members.x1 ?? to, count: members.length }));
}
