import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import type { Report } from '../report';
import { madeReport } from '../testing/made-report';
import { reportAsBenchmarkModel } from './benchmark-model';
import { reportsAsCsv } from './csv';
import { reportsAsMarkdown } from './markdown';

const made = madeReport({ ops: 0, samples: 3 });
const report: Report = {
  ...made,
  results: [
    ...made.results.map((result) => ({
      ...result,
      model: { ...result.model, name: '=HYPERLINK("x")|<b>' },
      samples_ms: [2, 3, 4],
      warmup_samples_ms: [5],
      latency_metrics: { init_ms: 21.4, first_inference_ms: 5, average_warm_up_ms: 5, min_ms: 2, max_ms: 4, avg_ms: 3, stddev_ms: 0.8164, p5_ms: 2.1, median_ms: 3, p95_ms: 3.9 },
    })),
    { name: 'other', model: { name: 'other.tflite', sha256: 'ab'.repeat(32), bytes: 10 }, error: new LitescopeError('UNSUPPORTED_OP', 'It lacks X, and Y.').serialize() },
  ],
};

describe('a report', () => {
  it('as CSV has one line a row, under benchmark_result’s names, and no formula', () => {
    const [head, first, second, end] = reportsAsCsv([report]).split('\r\n');
    const columns = head?.split(',') ?? [];
    expect(columns).toContain('median_ms');
    expect(first).toContain(`"'=HYPERLINK(""x"")|<b>"`);
    expect(first?.split(',').slice(columns.indexOf('median_ms')).slice(0, 4)).toEqual(['3', '3', '0.8164', '2']);
    expect(second).toContain('"UNSUPPORTED_OP: It lacks X, and Y."');
    expect(end).toBe('');
  });

  it('as Markdown is one table in which names stay text', () => {
    const lines = reportsAsMarkdown([report]).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.split(/(?<!\\)\|/).length))).toEqual(new Set([11]));
    expect(lines[2]).toContain('\\|\\<b\\>');
    expect(lines[2]).toContain('| 3.000 | 3.900 | 3.000 ± 0.8164 |');
  });

  it('as benchmark_model’s text counts in microseconds', () => {
    const text = reportAsBenchmarkModel(report);
    expect(text).toContain('first=2000 curr=4000 min=2000 max=4000 avg=3000 std=816 p5=2100 median=3000 p95=3900');
    expect(text).toContain('Inference timings in us: Init: 21400, First inference: 5000, Warmup (avg): 5000, Inference (avg): 3000');
    expect(text).toContain('Failed: The runtime does not have an op of this model (UNSUPPORTED_OP). It lacks X, and Y.');
  });
});
