import * as v from 'valibot';
import { LitescopeError } from '../../errors';
import { history as words } from '../../messages/history';
import { reportAsBenchmarkModel } from '../../report/export/benchmark-model';
import { reportsAsCsv } from '../../report/export/csv';
import { reportsAsMarkdown } from '../../report/export/markdown';
import { parseReport, type Report } from '../../report/report';

/** A report that a person keeps, under a name of theirs. */
export interface KeptRun {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly report: Report;
}

export const nameLimit = 200;
const tagLimit = 40;
const mostTags = 20;
const mostRuns = 10_000;

/** How runs leave the page. Only JSON holds all of them, and comes back. */
export const runFormats = ['json', 'csv', 'markdown', 'benchmark_model'] as const;
export type RunFormat = (typeof runFormats)[number];

/** The file's ending and type. */
export const formatFiles: Readonly<Record<RunFormat, { readonly ending: string; readonly type: string }>> = {
  json: { ending: 'json', type: 'application/json' },
  csv: { ending: 'csv', type: 'text/csv' },
  markdown: { ending: 'md', type: 'text/markdown' },
  benchmark_model: { ending: 'txt', type: 'text/plain' },
};

const keptFileSchema = v.strictObject({
  litescope_runs: v.literal(1),
  runs: v.pipe(v.array(v.strictObject({
    name: v.pipe(v.string(), v.maxLength(nameLimit)),
    tags: v.pipe(v.array(v.pipe(v.string(), v.maxLength(tagLimit))), v.maxLength(mostTags)),
    report: v.unknown(),
  })), v.maxLength(mostRuns)),
});

/** `lite, phone` as `['lite', 'phone']`: no empty tag, none twice, none too long. */
export function parseTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, tagLimit)).filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, mostTags);
}

/** What a run is called until a person says otherwise. */
export function nameFor({ results }: Report): string {
  const models = [...new Set(results.map(({ model }) => model.name))];
  const [first = words.nothing] = models;
  return words.runOf(first, Math.max(0, models.length - 1), results.length > models.length ? results.length : 0).slice(0, nameLimit);
}

export function writeRuns(runs: readonly KeptRun[], format: RunFormat): string {
  const reports = runs.map(({ report }) => report);
  if (format === 'csv') return reportsAsCsv(reports);
  if (format === 'markdown') return reportsAsMarkdown(reports);
  if (format === 'benchmark_model') return runs.map(({ name, report }) => `# ${name.replace(/\s+/g, ' ')}, ${report.created}\n${reportAsBenchmarkModel(report)}`).join('\n');
  return `${JSON.stringify({ litescope_runs: 1, runs: runs.map(({ name, tags, report }) => ({ name, tags, report })) }, null, 1)}\n`;
}

/**
 * Reads a file of kept runs, or a single report as the page and the command line save it.
 * @throws LitescopeError INVALID_REPORT with the path of the first thing that is wrong
 */
export function readRuns(text: string): Omit<KeptRun, 'id'>[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LitescopeError('INVALID_REPORT', words.noJson);
  }
  if (typeof json !== 'object' || json === null || !('litescope_runs' in json)) {
    const report = parseReport(json);
    return [{ name: nameFor(report), tags: [], report }];
  }
  const file = v.safeParse(keptFileSchema, json, { abortEarly: true });
  if (!file.success) throw new LitescopeError('INVALID_REPORT', `${v.getDotPath(file.issues[0]) ?? words.theFile}: ${file.issues[0].message}`);
  return file.output.runs.map((run, index) => {
    try {
      return { ...run, report: parseReport(run.report) };
    } catch (error) {
      throw new LitescopeError('INVALID_REPORT', `runs.${index}.report.${LitescopeError.from(error).details}`);
    }
  });
}
