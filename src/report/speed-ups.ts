import { median } from 'd3-array';
import { medianInterval, pairedRatio } from '../stats/bootstrap';
import { fitAmdahl, fitUsl } from '../stats/scaling';
import { roundMedians, verdictOf } from './compare';
import type { OpProfile } from './op-profile';
import { type BenchmarkResult, type FailedResult, isMeasured } from './report';
import type { SweepPoint, SweepSeries } from './thread-sweep';

/** Counts whose time is within this share of the best one's are as good as the best. */
const enough = 1.05;

/**
 * What a row of thread counts says: speed-up and efficiency against one thread (where that was not measured, against the
 * fewest threads, as if they had scaled ideally), both laws, and the counts worth choosing. Null where nothing was measured, or runs are shorter than the clock can tell.
 * @param rows indices into `results` of what differs in its threads only, rounds in common
 */
export function sweepSeries(name: string, results: readonly (BenchmarkResult | FailedResult)[], rows: readonly number[]): SweepSeries | null {
  const measured = rows
    .flatMap((row) => {
      const result = results[row];
      return result !== undefined && isMeasured(result) ? [{ row, threads: result.configuration.threads, rounds: roundMedians(result) }] : [];
    })
    .sort((left, right) => left.threads - right.threads);
  const [base] = measured;
  // What the clock does not see at all has no speed.
  if (base === undefined || measured.some(({ rounds }) => rounds.some((level) => !(level > 0)))) return null;
  const points = measured.map(({ row, threads, rounds }): SweepPoint => {
    const { ratio, interval } = pairedRatio(base.rounds, rounds);
    const speedup = ratio * base.threads;
    return {
      threads, row, median_ms: median(rounds) ?? NaN, interval_ms: [...medianInterval(rounds)],
      speedup, speedup_interval: base.threads === 1 ? [...interval] : null, efficiency: speedup / threads,
    };
  });
  // Speed-ups are of the same rounds and medians are not: what is faster is told by the former, where it is told at all.
  const best = points.reduce((found, point) => (point.speedup > found.speedup && !levelsWithOne(point) ? point : found));
  const times = points.map(({ threads, speedup }) => ({ threads, time: 1 / speedup }));
  const amdahl = fitAmdahl(times);
  const usl = fitUsl(times);
  return {
    name,
    points,
    amdahl: amdahl === null ? null : { serial_share: amdahl.serialShare },
    usl: usl === null ? null : { contention: usl.contention, coherence: usl.coherence },
    best_threads: best.threads,
    enough_threads: points.find(({ speedup }) => best.speedup <= speedup * enough)?.threads ?? best.threads,
  };
}

/** Whether a count makes no measurable difference from one thread. */
export function levelsWithOne({ threads, speedup_interval }: SweepPoint): boolean {
  return threads > 1 && speedup_interval !== null && verdictOf(speedup_interval) === 'no measurable difference';
}

/** How an op's time changes with the number of threads. */
export interface OpScaling {
  readonly op: number;
  readonly kind: string;
  readonly name: string;
  /** By thread count, in the order that was given. */
  readonly times_ms: readonly number[];
  /** Time on the fewest threads ÷ time on the most: below 1 where more threads make it slower. */
  readonly speedup: number;
  /** Share of its time on one thread that did not shrink; null with a single count, and where more threads made it slower: no such share explains that. */
  readonly serial_share: number | null;
  /** What it would save at the most threads if it scaled ideally. */
  readonly lost_ms: number;
}

/**
 * Which ops scale and which do not, by what they lose at the most threads, the worst first.
 * @param profiles the same model's, by thread count, fewest first
 */
export function opScaling(profiles: readonly { readonly threads: number; readonly profile: OpProfile }[]): OpScaling[] {
  const [first] = profiles;
  const last = profiles.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  return first.profile.ops
    .filter(({ fate, time_ms }) => fate.kind === 'timed' && time_ms > 0)
    .map(({ op, kind, name, time_ms }): OpScaling => {
      const times_ms = profiles.map(({ profile }) => profile.ops.find((other) => other.op === op)?.time_ms ?? NaN);
      const fit = fitAmdahl(profiles.map(({ threads }, index) => ({ threads, time: Math.max(times_ms[index] ?? NaN, 1e-6) })));
      const most = times_ms.at(-1) ?? NaN;
      const ideal = (time_ms * first.threads) / last.threads;
      return { op, kind, name, times_ms, speedup: time_ms / Math.max(most, 1e-6), serial_share: most > time_ms ? null : fit?.serialShare ?? null, lost_ms: Math.max(0, most - ideal) };
    })
    .sort((left, right) => right.lost_ms - left.lost_ms);
}
