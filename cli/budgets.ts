/** Limits that a benchmark must keep: `median_ms<=20`, `size_mb<=4`, `ratio:baseline.json<=1.1`. */
import { isMeasured, parseReport, type BenchmarkResult, type Report } from '../src/report/report';
import { commandLine } from '../src/messages/command-line';
import { UsageError } from './errors';

const latencies = ['median_ms', 'avg_ms', 'min_ms', 'max_ms', 'p5_ms', 'p95_ms', 'stddev_ms', 'init_ms', 'first_inference_ms', 'average_warm_up_ms'] as const;
const others = ['size_mb', 'peak_mem_mb'] as const;
type Figure = (typeof latencies)[number] | (typeof others)[number];

export type Budget =
  | { readonly kind: 'figure'; readonly text: string; readonly figure: Figure; readonly limit: number }
  /** The median divided by that of the same model and configuration in an earlier report. */
  | { readonly kind: 'ratio'; readonly text: string; readonly baseline: string; readonly limit: number };

/** @throws UsageError */
export function parseBudget(text: string): Budget {
  const [, left = '', right = ''] = /^(.+?)\s*<=\s*([\d.eE+-]+)$/.exec(text.trim()) ?? [];
  const limit = Number(right);
  if (left === '' || right === '' || !Number.isFinite(limit) || limit < 0) throw new UsageError(commandLine.noBudget(text));
  if (left.startsWith('ratio:')) return { kind: 'ratio', text, baseline: left.slice('ratio:'.length), limit };
  const figure = [...latencies, ...others].find((name) => name === left);
  if (figure === undefined) throw new UsageError(commandLine.noFigure(left, [...latencies, ...others]));
  return { kind: 'figure', text, figure, limit };
}

function valueOf(result: BenchmarkResult, figure: Figure): number {
  if (figure === 'size_mb') return result.misc_metrics.model_size_mb;
  if (figure === 'peak_mem_mb') return result.memory_metrics.peak_mem_mb;
  return result.latency_metrics[figure];
}

/** The earlier row that a row is compared with: same configuration, and the same model by content or, after a change, by name. */
export function baselineOf(result: BenchmarkResult, baseline: Report): BenchmarkResult | null {
  const { runtime, accelerator, threads } = result.configuration;
  const same = baseline.results.filter(isMeasured).filter(({ configuration: other }) => other.runtime === runtime && other.accelerator === accelerator && other.threads === threads);
  return same.find(({ model }) => model.sha256 === result.model.sha256) ?? same.find(({ model }) => model.name === result.model.name) ?? null;
}

/**
 * What a report exceeds.
 * @param baselines earlier reports by the file that a budget names
 * @returns one line for each row and budget that is not kept; empty when all are
 */
export function exceeded(report: Report, budgets: readonly Budget[], baselines: ReadonlyMap<string, Report>): string[] {
  return report.results.filter(isMeasured).flatMap((result) => budgets.flatMap((budget) => {
    if (budget.kind === 'figure') {
      const value = valueOf(result, budget.figure);
      return value <= budget.limit ? [] : [commandLine.figureOver({ row: result.name, figure: budget.figure, value: value.toPrecision(4), budget: budget.text })];
    }
    const baseline = baselines.get(budget.baseline);
    const earlier = baseline === undefined ? null : baselineOf(result, baseline);
    if (earlier === null) return [commandLine.noBaselineRow(result.name, budget.baseline, budget.text)];
    const [now, then] = [result.latency_metrics.median_ms, earlier.latency_metrics.median_ms];
    return now / then <= budget.limit ? [] : [commandLine.ratioOver({ row: result.name, ratio: (now / then).toPrecision(4), now: now.toPrecision(4), then: then.toPrecision(4), budget: budget.text })];
  }));
}

/** @throws UsageError when it is no report */
export function parseBaseline(text: string, file: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(commandLine.noJson(file));
  }
  try {
    return parseReport(json);
  } catch (error) {
    throw new UsageError(commandLine.noReport(file, error instanceof Error ? error.message : String(error)));
  }
}
