import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../tflite/testing/models';
import { arbitraryReport } from '../../report/testing/arbitrary-report';
import { madeReport } from '../../report/testing/made-report';
import { nameFor, parseTags, readRuns, writeRuns } from './runs';

const report = madeReport({ ops: 3, samples: 5 });

describe('kept runs', () => {
  it('come back from JSON as they were, whatever they hold', () => {
    fc.assert(fc.property(fc.array(fc.record({ name: fc.string({ maxLength: 200 }), tags: fc.array(fc.string({ maxLength: 40 }), { maxLength: 20 }), report: arbitraryReport({ items: 2, text: 5 }) }), { maxLength: 3 }), (runs) => {
      expect(readRuns(writeRuns(runs.map((run, index) => ({ ...run, id: String(index) })), 'json'))).toEqual(runs);
    }), { numRuns: 30 });
  });

  it('come from a single report too, and are called after its model', () => {
    expect(readRuns(JSON.stringify(report))).toEqual([{ name: 'made.tflite', tags: [], report }]);
    expect(nameFor({ ...report, results: [...report.results, ...report.results] })).toBe('made.tflite, 2 rows');
  });

  it.each([
    ['{', 'The file is no JSON.'],
    ['[]', 'schema'],
    ['{"litescope_runs":2,"runs":[]}', 'litescope_runs'],
    [JSON.stringify({ litescope_runs: 1, runs: [{ name: 'x', tags: [], report: { ...report, plan: { ...report.plan, num_runs: -1 } } }] }), 'runs.0.report.plan.num_runs'],
  ])('from %s are refused', (text, details) => {
    expect(errorOf(() => readRuns(text))).toMatchObject({ code: 'INVALID_REPORT', details: expect.stringContaining(details) as string });
  });

  it('as CSV, Markdown and text have a row for every result', () => {
    const runs = ['a', 'b'].map((id) => ({ id, name: `run\n${id}`, tags: [], report }));
    expect(writeRuns(runs, 'csv').trimEnd().split('\r\n')).toHaveLength(3);
    expect(writeRuns(runs, 'markdown').trimEnd().split('\n')).toHaveLength(4);
    expect(writeRuns(runs, 'benchmark_model').match(/^(# run [ab], .*|count=5 .* median=\d+ .*)$/gm)).toHaveLength(4);
  });
});

describe('tags', () => {
  it('are parted by commas, and none stands twice', () => {
    expect(parseTags(' phone, lite ,,phone,')).toEqual(['phone', 'lite']);
    expect(parseTags(Array.from({ length: 30 }, (_, index) => index).join(','))).toHaveLength(20);
    expect(parseTags('x'.repeat(100))).toEqual(['x'.repeat(40)]);
  });
});
