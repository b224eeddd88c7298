import { isMeasured, type BenchmarkResult, type FailedResult, type Report } from '../../report/report';
import { runs as text } from '../../messages/runs';
import type { KeptRun } from '../../history/shared/runs';

/** One result of a kept run: a line of the table. */
export interface RunRow {
  readonly key: string;
  readonly run: KeptRun;
  readonly result: BenchmarkResult | FailedResult;
  /** The first line of a run carries its name. */
  readonly first: boolean;
}

export function rowsOf(runs: readonly KeptRun[]): RunRow[] {
  return runs.flatMap((run) => run.report.results.map((result, index) => ({ key: `${run.id}/${index}`, run, result, first: index === 0 })));
}

/** Runs in whose name, tags, models or configurations every word of a question occurs. */
export function findRuns(runs: readonly KeptRun[], question: string): readonly KeptRun[] {
  const words = question.toLowerCase().split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) return runs;
  return runs.filter(({ name, tags, report }) => {
    const text = [name, ...tags, ...report.results.flatMap(configurationWords)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function configurationWords(result: BenchmarkResult | FailedResult): string[] {
  if (!isMeasured(result)) return [result.model.name, result.error.code];
  const { runtime, accelerator, variant } = result.configuration;
  return [result.model.name, runtime, accelerator, variant];
}

/** A row's median divided by the reference row's; null where either was not measured. */
export function ratioTo(row: RunRow, reference: RunRow | undefined): number | null {
  if (reference === undefined || !isMeasured(row.result) || !isMeasured(reference.result)) return null;
  const ratio = row.result.latency_metrics.median_ms / reference.result.latency_metrics.median_ms;
  return Number.isFinite(ratio) ? ratio : null;
}

/** Browser, platform and cores in one line. */
export function whereText({ environment }: Report): string {
  const { browser, platform, cores } = environment;
  return text.where(browser === null ? text.unnamedBrowser : `${browser.name} ${browser.version}`, platform, cores);
}
