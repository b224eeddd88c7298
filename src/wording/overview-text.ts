import type { RecipeEstimate } from '../quantize/estimate';
import type { KindRow } from '../report/profile-figures';
import { levelsWithOne } from '../report/speed-ups';
import { isSlower } from '../report/thread-law';
import type { SweepSeries } from '../report/thread-sweep';
import { formatBytes, formatCount } from '../messages/format';
import { wordingSpeed as text } from '../messages/wording-speed';

/** `about 350 a second`: two digits, for nobody counts on more of them. */
export function rateText(median_ms: number): string {
  const rate = 1000 / median_ms;
  if (!Number.isFinite(rate) || rate <= 0) return '';
  if (rate < 1) return text.secondsEach(formatDigits(median_ms / 1000));
  return text.perSecond(formatDigits(rate));
}

/** Two significant digits, without an exponent. */
function formatDigits(value: number): string {
  const rounded = Number(value.toPrecision(2));
  return rounded >= 10 ? formatCount(rounded) : rounded.toFixed(1);
}

/** `CONV_2D takes 62 % of the time.` */
export function largestKindText(rows: readonly KindRow[]): string {
  const [largest] = rows;
  if (largest === undefined || largest.time_ms === 0) return text.noOpTimed;
  return text.largestKind(largest.kind, Math.round(largest.share * 100));
}

/** An interval whose ends are further apart hides differences that a person sees in the curve. */
const widestTelling = 1.25;

/** `2 threads are 1.7 times as fast; more bring nothing.` Only what was measured to differ is called faster or slower. */
export function threadsText({ points, best_threads, enough_threads }: SweepSeries): string {
  const [one] = points;
  if (one === undefined || points.length < 2) return text.onlyOneThread;
  if (best_threads === one.threads) {
    const slower = points.find(isSlower);
    if (slower !== undefined) return text.threadsSlower(slower.threads, (1 / slower.speedup).toFixed(1));
    if (!points.slice(1).every(levelsWithOne)) return text.bringNothing;
    const unsure = points.slice(1).find(({ speedup_interval: interval }) => interval !== null && interval[1] > interval[0] * widestTelling);
    const [low, high] = unsure?.speedup_interval ?? [1, 1];
    return unsure === undefined ? text.noDifference : text.threadsUnsure(unsure.threads, low.toFixed(1), high.toFixed(1));
  }
  const enough = points.find(({ threads }) => threads === enough_threads);
  const beyond = points.some(({ threads }) => threads > enough_threads);
  return text.threadsFaster(enough_threads, (enough?.speedup ?? NaN).toFixed(1), beyond);
}

/** What int8 would bring for this file, in a sentence; null for one that has nothing to be made smaller. */
export function smallerText({ original_bytes, bytes, weighted, changed, reasons }: RecipeEstimate): string | null {
  if (weighted === 0 || changed === 0) {
    const [reason] = reasons;
    return reason === undefined ? null : text.nothingToGain(reason.reason);
  }
  const ratio = bytes / original_bytes;
  if (ratio > 0.97 && ratio < 1.1) return text.int8AsLarge;
  return text.int8Size(formatBytes(bytes), ratio.toFixed(2));
}
