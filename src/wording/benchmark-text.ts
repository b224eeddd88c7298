import type { LatencyMetrics } from '../report/benchmark';
import { formatMilliseconds } from '../messages/format';
import { wording as text } from '../messages/wording';

/** `Half of the runs take at most 2.76 ms, 95 of 100 at most 4.50 ms.` @param runs how many were timed @param runsPerSample how many at once */
export function distributionText({ median_ms, p95_ms, avg_ms }: Pick<LatencyMetrics, 'median_ms' | 'p95_ms' | 'avg_ms'>, runs: number, runsPerSample = 1): string {
  if (runs === 1) return text.oneRun(formatMilliseconds(median_ms));
  // The clock steps over most of such runs; of many the mean still tells.
  if (median_ms === 0) return avg_ms === 0 ? text.belowClock : text.mostBelowClock((avg_ms * 1000).toPrecision(2));
  const [median, p95] = [formatMilliseconds(median_ms), formatMilliseconds(p95_ms)];
  return runsPerSample > 1 ? text.timedTogether(runsPerSample, median, p95) : text.distribution(median, p95);
}
