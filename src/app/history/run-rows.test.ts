import { describe, expect, it } from 'vitest';
import type { KeptRun } from '../../history/shared/runs';
import { isMeasured } from '../../report/report';
import { madeReport } from '../../report/testing/made-report';
import { failedRow } from '../../report/testing/rows';
import { findRuns, ratioTo, rowsOf, whereText } from './run-rows';

const made = madeReport({ ops: 0, samples: 3 });

function run(id: string, median_ms: number, more: Partial<KeptRun> = {}): KeptRun {
  const results = made.results.map((result) => (isMeasured(result) ? { ...result, latency_metrics: { ...result.latency_metrics, median_ms } } : result));
  return { id, name: `run ${id}`, tags: [], report: { ...made, results: [...results, failedRow] }, ...more };
}

const runs = [run('a', 10, { tags: ['Phone'] }), run('b', 12.5)];

describe('rows of kept runs', () => {
  it('are all results in order, and a run’s first one carries its name', () => {
    expect(rowsOf(runs).map(({ key, first }) => [key, first])).toEqual([['a/0', true], ['a/1', false], ['b/0', true], ['b/1', false]]);
  });

  it('have ratios of medians, and none without figures', () => {
    const rows = rowsOf(runs);
    expect(rows.map((row) => ratioTo(row, rows[0]))).toEqual([1, null, 1.25, null]);
    expect(rows.map((row) => ratioTo(row, rows[1]))).toEqual([null, null, null, null]);
    expect(rows.map((row) => ratioTo(row, rowsOf([run('none', 0)])[0]))).toEqual([null, null, null, null]);
  });

  it.each([['', 2], ['phone', 1], ['run b', 1], ['PHONE b', 0], ['made litert', 0], ['made tfjs', 2], ['UNSUPPORTED', 2]])('are found by “%s”: %i', (question, count) => {
    expect(findRuns(runs, question)).toHaveLength(count);
  });

  it('say where they were measured', () => {
    expect(whereText(made)).toBe('Google Chrome 144, Linux, 8 cores');
    expect(whereText({ ...made, environment: { ...made.environment, browser: null, cores: 1 } })).toBe('Browser not named, Linux, 1 core');
  });
});
