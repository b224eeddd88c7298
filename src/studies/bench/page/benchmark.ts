import { shuffler } from 'd3-array';
import type { BenchmarkPlan } from '../../../report/benchmark';
import { compareRows, roundsFor } from '../../../report/compare';
import type { ComparisonPlan } from '../../../report/comparison';
import { isMeasured, type BenchmarkResult, type FailedResult, type Report } from '../../../report/report';
import { conditionWarnings } from '../../../report/warnings';
import { mulberry32 } from '../../../stats/random';
import type { AttemptOptions } from '../../../engine/session/page/sessions';
import { ConditionWatch } from './conditions';
import { Row, type RowSubject } from './row';
import { planOfRound } from '../shared/run-plan';
import type { Progress } from '../../progress';

export interface MeasureOptions extends AttemptOptions<Progress> {
  /** Called with each row, in order, when all are measured. */
  readonly onResult?: ((result: BenchmarkResult | FailedResult) => void) | undefined;
  /** True to measure a single row in rounds too. */
  readonly takeTurns?: boolean | undefined;
  /**
   * Keeps a session a row over all rounds in place of a fresh one for each: a round then takes a fraction of the time, and
   * what differs from one session to the next is no part of the interval.
   */
  readonly keepSessions?: boolean | undefined;
}

export type Measured = Required<Pick<Report, 'results' | 'calibration'>> & Pick<Report, 'comparison'>;

/**
 * Measures rows of a report. One row has a single session for the whole plan. Several take turns: in every round each
 * is measured once, in a new order and in a session of its own that ends before the next one begins. No other session
 * is there to disturb it, a machine that becomes slower slows all rows alike, and what differs from one session to the
 * next (where memory lies, which threads come to lie on which core) becomes part of the interval instead of a difference.
 * @throws LitescopeError CANCELLED; failures belong to their rows
 */
export async function measureRows(
  subjects: readonly RowSubject[],
  plan: BenchmarkPlan,
  comparison: ComparisonPlan,
  options: MeasureOptions,
): Promise<Measured> {
  const rows = subjects.map((subject) => new Row(subject));
  const watch = await ConditionWatch.begin(options);
  try {
    if (rows.length === 1 && options.takeTurns !== true) await rows[0]?.measure(plan, options);
    else await takeTurns(rows, plan, comparison, options);
    for (const row of rows) row.close();
    const conditions = await watch.end(options);
    const results = rows.map((row) => {
      const result = row.result();
      return isMeasured(result) ? { ...result, warnings: [...result.warnings, ...conditionWarnings(conditions, result)] } : result;
    });
    results.forEach((result) => options.onResult?.(result));
    return { results, calibration: conditions.calibration, ...(rows.length < 2 ? {} : { comparison: compareRows(results, comparison) }) };
  } finally {
    for (const row of rows) row.close();
    watch.stop();
  }
}

async function takeTurns(rows: readonly Row[], plan: BenchmarkPlan, comparison: ComparisonPlan, options: MeasureOptions): Promise<void> {
  const rounds = roundsFor(comparison);
  const ofRound = planOfRound(plan, rounds);
  const shuffle = shuffler(mulberry32(comparison.seed));
  for (let round = 1; round <= rounds; round++) {
    const order = shuffle(rows.filter((row) => !row.failed));
    for (const [turn, row] of order.entries()) {
      options.onProgress?.({ kind: 'take-turns', row: row.subject.name, round, rounds, fraction: (round - 1 + turn / order.length) / rounds });
      // A session's own steps would say the same in every round; downloads are told, and happen once.
      await row.measure(ofRound, { ...options, onProgress: (progress) => { if (progress.kind === 'download') options.onProgress?.(progress); } }, options.keepSessions);
    }
  }
}
