import { amdahlTime, uslTime } from '../stats/scaling';
import type { SweepPoint, SweepSeries } from './thread-sweep';

/** A law that describes how a model's speed follows its threads. */
export type ThreadLaw =
  | { readonly kind: 'amdahl'; readonly serial_share: number }
  | { readonly kind: 'usl'; readonly contention: number; readonly coherence: number };

/** Whether a count of threads is faster than one by more than chance: its speed-up's whole interval lies above 1. */
export function isFaster({ threads, speedup_interval }: SweepPoint): boolean {
  return threads > 1 && speedup_interval !== null && speedup_interval[0] > 1;
}

/** Whether it is slower by more than chance. */
export function isSlower({ threads, speedup_interval }: SweepPoint): boolean {
  return threads > 1 && speedup_interval !== null && speedup_interval[1] < 1;
}

/**
 * The law that a series follows, the simpler one where both do; null where none can be held against it.
 *
 * A law is told only of a model that some count of threads makes measurably faster, and only where its curve goes through
 * the 95 % interval of every speed-up: what lies in such an interval is what the runs do not speak against at a level of
 * 5 % (E. L. Lehmann, J. P. Romano, "Testing Statistical Hypotheses", 3rd edition 2005, section 3.5). Curves begin at 1 for one thread.
 * Through as many points as it has parameters a law goes whatever they are, so there have to be more: three counts for
 * Amdahl's law, four for the universal scalability law.
 */
export function lawOf({ points, amdahl, usl }: SweepSeries): ThreadLaw | null {
  if (!points.some(isFaster)) return null;
  const candidates: readonly (ThreadLaw & { readonly counts: number } | null)[] = [
    amdahl === null ? null : { kind: 'amdahl', serial_share: amdahl.serial_share, counts: 3 },
    usl === null ? null : { kind: 'usl', contention: usl.contention, coherence: usl.coherence, counts: 4 },
  ];
  for (const candidate of candidates) {
    if (candidate === null) continue;
    const { counts, ...law } = candidate;
    if (points.length >= counts && points.every((point) => passes(law, point))) return law;
  }
  return null;
}

/** The speed-up that a law expects against one thread. */
export function lawSpeedUp(law: ThreadLaw, threads: number): number {
  return 1 / (law.kind === 'amdahl' ? amdahlTime({ serialShare: law.serial_share, single: 1 }, threads) : uslTime({ ...law, single: 1 }, threads));
}

/** As far as numbers of 64 bits tell. */
const rounding = 1e-9;

function passes(law: ThreadLaw, { threads, speedup_interval }: SweepPoint): boolean {
  if (speedup_interval === null) return false;
  const expected = lawSpeedUp(law, threads);
  const [low, high] = speedup_interval;
  return expected >= low * (1 - rounding) && expected <= high * (1 + rounding);
}
