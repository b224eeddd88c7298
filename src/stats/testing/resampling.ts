import { medianSorted } from 'simple-statistics';
import { mulberry32 } from '../random';

export function sampleMedian(values: readonly number[]): number {
  return medianSorted([...values].sort((left, right) => left - right));
}

/** All draws with replacement of as many values: nⁿ of them. */
export function everyResample(values: readonly number[]): number[][] {
  return values.reduce<number[][]>((drawn) => drawn.flatMap((resample) => values.map((value) => [...resample, value])), [[]]);
}

/** Medians of resamples drawn by chance, as the bootstrap is usually had. */
export function drawnMedians(values: readonly number[], seed: number, resamples: number): number[] {
  const random = mulberry32(seed);
  return Array.from({ length: resamples }, () => sampleMedian(values.map(() => values[Math.floor(random() * values.length)] ?? NaN)));
}
