import { levelsWithOne } from '../report/speed-ups';
import { isSlower, lawOf, type ThreadLaw } from '../report/thread-law';
import type { SweepSeries } from '../report/thread-sweep';
import { formatMilliseconds, formatPercent, formatPlural } from '../messages/format';

const listed = (words: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(words);

/** `litert · wasm: 2 threads are fastest, with 1.70 ms.` */
export function fastestText({ name, points, best_threads }: SweepSeries): string {
  const best = points.find(({ threads }) => threads === best_threads);
  return `${name}: ${formatPlural(best_threads, 'thread')} ${best_threads === 1 ? 'is' : 'are'} fastest, with ${formatMilliseconds(best?.median_ms ?? NaN)}.`;
}

/** What else a series of thread counts shows, a sentence each: only what was measured, and a law where one fits. */
export function sweepSentences(series: SweepSeries): string[] {
  const { points, best_threads, enough_threads } = series;
  const more = points.slice(1);
  const slower = more.filter(isSlower);
  const level = more.filter(levelsWithOne);
  const law = lawOf(series);
  return [
    best_threads === points[0]?.threads ? '' : enough_threads === best_threads ? 'No smaller count comes within 5 % of it.' : `${formatPlural(enough_threads, 'thread')} ${enough_threads === 1 ? 'is' : 'are'} within 5 % of it.`,
    slower.length === 0 ? '' : `${listed(slower.map(({ threads }) => String(threads)))} threads are slower than one: ${listed(slower.map(({ speedup }) => (1 / speedup).toFixed(2)))} times as long.`,
    level.length === 0 ? '' : level.length === more.length ? 'More threads make no measurable difference.' : `${listed(level.map(({ threads }) => String(threads)))} threads make no measurable difference from one.`,
    law === null ? '' : lawText(law),
  ].filter((sentence) => sentence !== '');
}

/** `Amdahl’s law fits with 12.0 % of the time serial.` */
export function lawText(law: ThreadLaw): string {
  if (law.kind === 'amdahl') return `Amdahl’s law fits with ${formatPercent(law.serial_share)} of the time serial.`;
  return `The universal scalability law fits with contention ${law.contention.toFixed(3)} and coherence ${law.coherence.toFixed(4)}.`;
}
