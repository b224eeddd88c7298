import type { LatencyMetrics } from '../report/benchmark';
import { formatCount, formatMilliseconds } from '../messages/format';

/** `Half of the runs take at most 2.76 ms, 95 of 100 at most 4.50 ms.` @param runs how many were timed @param runsPerSample how many at once */
export function distributionText({ median_ms, p95_ms, avg_ms }: Pick<LatencyMetrics, 'median_ms' | 'p95_ms' | 'avg_ms'>, runs: number, runsPerSample = 1): string {
  if (runs === 1) return `The one run that was timed took ${formatMilliseconds(median_ms)}.`;
  // The clock steps over most of such runs; of many the mean still tells.
  if (median_ms === 0) return avg_ms === 0 ? 'Runs are shorter than this browser’s clock can tell.' : `Most runs are shorter than the clock’s step; on average one takes ${(avg_ms * 1000).toPrecision(2)} µs.`;
  if (runsPerSample > 1) return `Timed ${formatCount(runsPerSample)} at once, half of the runs take at most ${formatMilliseconds(median_ms)} each, 95 of 100 at most ${formatMilliseconds(p95_ms)}.`;
  return `Half of the runs take at most ${formatMilliseconds(median_ms)}, 95 of 100 at most ${formatMilliseconds(p95_ms)}.`;
}
