import { levelsWithOne } from '../report/speed-ups';
import { isSlower, lawOf, type ThreadLaw } from '../report/thread-law';
import type { SweepSeries } from '../report/thread-sweep';
import { formatMilliseconds, formatPercent } from '../messages/format';
import { wordingSpeed as text } from '../messages/wording-speed';

/** `litert · wasm: 2 threads are fastest, with 1.70 ms.` */
export function fastestText({ name, points, best_threads }: SweepSeries): string {
  const best = points.find(({ threads }) => threads === best_threads);
  return text.fastest(name, best_threads, formatMilliseconds(best?.median_ms ?? NaN));
}

/** What else a series of thread counts shows, a sentence each: only what was measured, and a law where one fits. */
export function sweepSentences(series: SweepSeries): string[] {
  const { points, best_threads, enough_threads } = series;
  const more = points.slice(1);
  const slower = more.filter(isSlower);
  const level = more.filter(levelsWithOne);
  const law = lawOf(series);
  return [
    best_threads === points[0]?.threads ? '' : enough_threads === best_threads ? text.noFewer : text.fewer(enough_threads),
    slower.length === 0 ? '' : text.slower(slower.map(({ threads }) => String(threads)), slower.map(({ speedup }) => (1 / speedup).toFixed(2))),
    level.length === 0 ? '' : level.length === more.length ? text.noDifference : text.noDifferenceOf(level.map(({ threads }) => String(threads))),
    law === null ? '' : lawText(law),
  ].filter((sentence) => sentence !== '');
}

/** `Amdahl’s law fits with 12.0 % of the time serial.` */
export function lawText(law: ThreadLaw): string {
  if (law.kind === 'amdahl') return text.amdahl(formatPercent(law.serial_share));
  return text.scalability(law.contention.toFixed(3), law.coherence.toFixed(4));
}
