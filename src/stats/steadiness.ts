import { median, quantileSorted } from 'd3-array';
import { burstMedians } from './bursts';

/** Indices of samples slower than the upper quartile by more than three interquartile ranges: Tukey's "far out". */
export function slowOutliers(samples: readonly number[]): number[] {
  // Of small models there are hundreds of thousands, which an array of objects' kind would sort for too long.
  const sorted = [...Float64Array.from(samples).sort()];
  const lower = quantileSorted(sorted, 0.25) ?? NaN;
  const upper = quantileSorted(sorted, 0.75) ?? NaN;
  const fence = upper + 3 * (upper - lower);
  return samples.flatMap((sample, index) => (sample > fence ? [index] : []));
}

/** Samples one after the other, in groups that hide single slow runs and keep slow changes. */
const groups = 20;
const fewestSamples = 2 * groups;

export interface Drift {
  /** Level at the end ÷ level at the beginning, along the line. */
  readonly ratio: number;
  /** Levels at both ends, in the samples' unit. */
  readonly line: readonly [from: number, to: number];
  /** Whether the samples rise or fall more than chance lets them, and by more than 5 %. */
  readonly significant: boolean;
}

/** Standard normal quantile of a two-sided chance of 1 in 1000. */
const strict = 3.2905;
const materialChange = 0.05;

/**
 * Whether samples become slower or faster from first to last. The line's slope is the median of the slopes between all
 * pairs (Theil and Sen), its significance the rank test of Mann and Kendall, both over medians of twenty groups.
 * Null for fewer than forty samples, which tell nothing.
 */
export function drift(samples: readonly number[]): Drift | null {
  if (samples.length < fewestSamples) return null;
  const levels = burstMedians(samples, groups);
  const slopes: number[] = [];
  let score = 0;
  levels.forEach((later, index) => {
    for (let before = 0; before < index; before++) {
      const rise = later - (levels[before] ?? NaN);
      slopes.push(rise / (index - before));
      score += Math.sign(rise);
    }
  });
  const slope = median(slopes) ?? NaN;
  const middle = median(levels) ?? NaN;
  const from = middle - (slope * (groups - 1)) / 2;
  const to = middle + (slope * (groups - 1)) / 2;
  const deviation = Math.sqrt((groups * (groups - 1) * (2 * groups + 5)) / 18);
  const z = (score - Math.sign(score)) / deviation;
  const ratio = from > 0 ? to / from : Infinity;
  return { ratio, line: [from, to], significant: Math.abs(z) > strict && Math.abs(to - from) > materialChange * middle };
}

export interface SteadyState {
  /** Samples before this one are best left out. */
  readonly from: number;
  /** False when what is best left out is more than half, and differs from the rest by more than 5 %. */
  readonly reached: boolean;
}

/**
 * Where samples have settled: the point after which the marginal standard error of what is left is least (MSER:
 * K. P. White, "An effective truncation heuristic for bias reduction in simulation output", 1997), over medians of
 * twenty groups. Its author takes a point in the second half for a series that never settled. Null for fewer than forty samples.
 */
export function steadyState(samples: readonly number[]): SteadyState | null {
  if (samples.length < fewestSamples) return null;
  const levels = burstMedians(samples, groups);
  let best = 0;
  let least = Infinity;
  // With fewer than five groups left, some are equal by chance.
  for (let start = 0; start <= groups - 5; start++) {
    const rest = levels.slice(start);
    const mean = rest.reduce((total, level) => total + level, 0) / rest.length;
    const error = rest.reduce((total, level) => total + (level - mean) ** 2, 0) / rest.length ** 2;
    if (error < least) {
      least = error;
      best = start;
    }
  }
  const before = median(levels.slice(0, best));
  const after = median(levels.slice(best)) ?? NaN;
  const differs = before !== undefined && Math.abs(before - after) > materialChange * after;
  return { from: Math.round((best * samples.length) / groups), reached: best <= groups / 2 || !differs };
}
