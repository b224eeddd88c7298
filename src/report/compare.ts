import { mean, median } from 'd3-array';
import { fewestValues, pairedRatio } from '../stats/bootstrap';
import type { Comparison, ComparisonPlan, Ratio } from './comparison';
import { isMeasured, type BenchmarkResult, type FailedResult } from './report';

/**
 * The median of each round's samples, in order; empty for a row that took no turns. Where runs are shorter than the clock's
 * step, so that medians are 0, the means: of many runs they tell what no single one does.
 */
export function roundMedians({ samples_ms, bursts = [] }: Pick<BenchmarkResult, 'samples_ms' | 'bursts'>): number[] {
  let start = 0;
  const rounds = bursts.map((count) => samples_ms.slice(start, start += count));
  const medians = rounds.map((round) => median(round) ?? NaN);
  return medians.includes(0) ? rounds.map((round) => mean(round) ?? NaN) : medians;
}

/** Rounds enough for the confidence that is asked for. */
export function roundsFor({ rounds, confidence }: ComparisonPlan): number {
  return Math.max(Math.round(rounds), fewestValues(confidence));
}

/**
 * Every measured row against one that took turns with it, by the ratios of their medians in the same round.
 * @param reference index of a row; the first one that was measured when left out
 */
export function compareRows(results: readonly (BenchmarkResult | FailedResult)[], plan: ComparisonPlan, reference?: number): Comparison {
  const medians = results.map((result) => (isMeasured(result) ? roundMedians(result) : []));
  const against = reference ?? medians.findIndex((rounds) => rounds.length > 0);
  const ratios = medians.flatMap((rounds, row): Ratio[] => {
    const others = medians[against] ?? [];
    if (row === against || rounds.length === 0 || rounds.length !== others.length) return [];
    const { ratio, interval } = pairedRatio(rounds, others, plan.confidence);
    return [{ row, reference: against, ratio, interval: [...interval], verdict: verdictOf(interval) }];
  });
  return { seed: plan.seed, rounds: medians[against]?.length ?? 0, confidence: plan.confidence, ratios };
}

export function verdictOf([low, high]: readonly [number, number]): Ratio['verdict'] {
  if (low <= 1 && high >= 1) return 'no measurable difference';
  return high < 1 ? 'faster' : 'slower';
}
