import type { BenchmarkPlan } from '../../../report/benchmark';
import type { ComparisonPlan } from '../../../report/comparison';
import type { Report } from '../../../report/report';
import { sweepSeries } from '../../../report/speed-ups';
import { measureRows, type MeasureOptions } from './benchmark';
import type { RowSubject } from './row';

/** What differs in its number of threads only. */
export interface SweepSubject {
  readonly name: string;
  readonly rows: readonly RowSubject[];
}

/**
 * Measures all rows in turn, as `measureRows` does, and reads speed-ups from them. A count that a runtime refuses is a
 * row that failed, and never another count in its place.
 * @throws LitescopeError CANCELLED
 */
export async function sweepThreads(subjects: readonly SweepSubject[], plan: BenchmarkPlan, comparison: ComparisonPlan, options: MeasureOptions): Promise<Required<Pick<Report, 'results' | 'calibration' | 'sweep'>>> {
  const { results, calibration } = await measureRows(subjects.flatMap(({ rows }) => rows), plan, comparison, { ...options, fallback: false, takeTurns: true });
  let next = 0;
  const series = subjects.flatMap(({ name, rows }) => {
    const found = sweepSeries(name, results, rows.map(() => next++));
    return found === null ? [] : [found];
  });
  return { results, calibration, sweep: { series } };
}
