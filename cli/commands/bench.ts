import { readFileSync } from 'node:fs';
import { commandLine as text } from '../../src/messages/command-line';
import { reportAsBenchmarkModel } from '../../src/report/export/benchmark-model';
import { reportsAsCsv } from '../../src/report/export/csv';
import { encodeReport } from '../../src/report/link/link-codec';
import { profileText } from '../../src/report/profile-exports';
import { isMeasured, type Report } from '../../src/report/report';
import { baselineOf, exceeded, parseBaseline, parseBudget } from '../budgets';
import { exitCodes, ModelError, UsageError } from '../errors';
import { existingFile, namedInput, namedModel } from '../files';
import type { MeasuringFlags } from '../measuring-flags';
import { save, say, type OutputFlags, ProgressDisplay } from '../output';
import { benchmark, openModel, shareInputs } from '../page-calls';
import { openStage, type StageOptions } from '../stage';
import { whileOpen } from '../while-open';

export interface BenchFlags extends MeasuringFlags, OutputFlags, StageOptions {
  readonly input: readonly string[];
  readonly enable_op_profiling?: boolean | undefined;
  readonly link?: string | boolean | undefined;
  readonly budget: readonly string[];
  readonly baseline?: string | undefined;
}

/** Where links open unless another page is named. */
function linkTo(report: Report, page: string | boolean): string {
  const hash = `#report=${encodeReport(report)}`;
  if (typeof page === 'boolean') return hash;
  if (!URL.canParse(page)) throw new UsageError(text.noPageAddress(page));
  return new URL(hash, page).href;
}

function againstBaseline(report: Report, baseline: Report): string {
  return report.results.filter(isMeasured).map((result) => {
    const earlier = baselineOf(result, baseline);
    if (earlier === null) return `${text.notInBaseline(result.name)}\n`;
    const [now, then] = [result.latency_metrics.median_ms, earlier.latency_metrics.median_ms];
    return `${text.againstBaseline({ row: result.name, now: now.toPrecision(4), then: then.toPrecision(4), ratio: (now / then).toFixed(3) })}\n`;
  }).join('');
}

/** @returns the exit code */
export async function bench(models: readonly string[], flags: BenchFlags, pageFolder: string): Promise<number> {
  // All that can be wrong about the words is told before a browser starts.
  const named = models.map(namedModel);
  const inputs = flags.input.map(namedInput);
  const budgets = flags.budget.map(parseBudget);
  const readReport = (file: string) => parseBaseline(readFileSync(existingFile(file), 'utf8'), file);
  const baselines = new Map(budgets.flatMap((budget): [string, Report][] => (budget.kind === 'ratio' ? [[budget.baseline, readReport(budget.baseline)]] : [])));
  const baseline = flags.baseline === undefined ? null : readReport(flags.baseline);

  const report = await whileOpen(openStage(pageFolder, flags), async (stage) => {
    const display = new ProgressDisplay();
    stage.onProgress = (progress) => { display.show(progress); };
    try {
      const ids: string[] = [];
      for (const model of named) ids.push((await openModel(stage, model)).id);
      const configurations = (flags.num_threads ?? ['auto' as const]).map((threads) => ({ runtime: flags.runtime, accelerator: flags.accelerator ?? ('auto' as const), threads }));
      const { num_runs, warmup_runs, min_secs, max_secs } = flags;
      return await benchmark(stage, { ids, configurations, plan: { num_runs, warmup_runs, min_secs, max_secs }, inputs: shareInputs(stage, inputs), profiled: flags.enable_op_profiling === true });
    } finally {
      display.clear();
    }
  });

  say(reportAsBenchmarkModel(report), flags);
  for (const result of report.results) {
    if (isMeasured(result) && result.op_profile !== undefined) say(`\n${text.profileOf(result.name)}\n${profileText(result.op_profile)}`, flags);
  }
  if (baseline !== null) say(againstBaseline(report, baseline), flags);
  if (flags.json !== undefined) save(flags.json, `${JSON.stringify(report, null, 2)}\n`);
  if (flags.csv !== undefined) save(flags.csv, reportsAsCsv([report]));
  if (flags.link !== undefined) say(linkTo(report, flags.link), flags);
  const failed = report.results.filter((result) => !isMeasured(result));
  if (failed.length > 0) throw new ModelError(failed.map(({ name }) => text.notMeasured(name)).join('\n'));
  const broken = exceeded(report, budgets, baselines);
  if (broken.length === 0) return exitCodes.ok;
  process.stderr.write(broken.map((line) => `${text.overBudget(line)}\n`).join(''));
  return exitCodes.budget;
}
