import type { ValueStatistics } from '../../inspect/describe/shared/descriptions';
import type { DifferenceHistogram, ErrorMetrics } from '../../quantize/metrics';

/** Differences in the form in which values are drawn. Outputs that are equal have one bin, which gets some width to be seen. */
export function histogramStatistics({ from, to, counts }: DifferenceHistogram, { count, notFinite, mean_error, mse }: ErrorMetrics): ValueStatistics {
  const [least, most] = from === to ? [-1, 1] : [from, to];
  const width = (most - least) / counts.length;
  return {
    elements: count, notFinite, min: from, max: to, mean: mean_error,
    std: Math.sqrt(Math.max(0, mse - mean_error ** 2)),
    zeros: counts[(counts.length - 1) / 2] ?? 0,
    bins: counts.map((each, index) => ({ from: least + index * width, to: least + (index + 1) * width, count: each })),
  };
}
