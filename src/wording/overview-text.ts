import type { RecipeEstimate } from '../quantize/estimate';
import type { KindRow } from '../report/profile-figures';
import { levelsWithOne } from '../report/speed-ups';
import { isSlower } from '../report/thread-law';
import type { SweepSeries } from '../report/thread-sweep';
import { formatBytes, formatCount, formatPlural } from '../messages/format';

/** `about 350 a second`: two digits, for nobody counts on more of them. */
export function rateText(median_ms: number): string {
  const rate = 1000 / median_ms;
  if (!Number.isFinite(rate) || rate <= 0) return '';
  if (rate < 1) return `one takes about ${formatDigits(median_ms / 1000)} s`;
  return `about ${formatDigits(rate)} a second`;
}

/** Two significant digits, without an exponent. */
function formatDigits(value: number): string {
  const rounded = Number(value.toPrecision(2));
  return rounded >= 10 ? formatCount(rounded) : rounded.toFixed(1);
}

/** `CONV_2D takes 62 % of the time.` */
export function largestKindText(rows: readonly KindRow[]): string {
  const [largest] = rows;
  if (largest === undefined || largest.time_ms === 0) return 'No op has a time of its own.';
  return `${largest.kind} takes ${Math.round(largest.share * 100)} % of the time.`;
}

/** `2 threads are 1.7 times as fast; more bring nothing.` Only what was measured to differ is called faster or slower. */
export function threadsText({ points, best_threads, enough_threads }: SweepSeries): string {
  const [one] = points;
  if (one === undefined || points.length < 2) return 'Only one thread could be measured.';
  if (best_threads === one.threads) {
    const slower = points.find(isSlower);
    if (slower !== undefined) return `${formatPlural(slower.threads, 'thread')} take ${(1 / slower.speedup).toFixed(1)} times as long as one.`;
    return points.slice(1).every(levelsWithOne) ? 'More threads make no measurable difference.' : 'More threads bring nothing.';
  }
  const enough = points.find(({ threads }) => threads === enough_threads);
  const beyond = points.some(({ threads }) => threads > enough_threads);
  return `${formatPlural(enough_threads, 'thread')} are ${(enough?.speedup ?? NaN).toFixed(1)} times as fast${beyond ? '; more bring nothing' : ''}.`;
}

/** What int8 would bring for this file, in a sentence; null for one that has nothing to be made smaller. */
export function smallerText({ original_bytes, bytes, weighted, changed, reasons }: RecipeEstimate): string | null {
  if (weighted === 0 || changed === 0) {
    const [reason] = reasons;
    return reason === undefined ? null : `Nothing to gain: ${reason.reason}.`;
  }
  const ratio = bytes / original_bytes;
  if (ratio > 0.97 && ratio < 1.1) return 'int8 would leave it about as large as it is.';
  return `int8 would make it about ${formatBytes(bytes)}, ${ratio.toFixed(2)} × its size.`;
}
