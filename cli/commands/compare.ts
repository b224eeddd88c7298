import { basename } from 'node:path';
import { summaryText } from '../../src/wording/agreement-text';
import { commandLine as text } from '../../src/messages/command-line';
import { formatBytes, formatMilliseconds } from '../../src/messages/format';
import { numbers } from '../../src/messages/numbers';
import { report as reportText } from '../../src/messages/report';
import type { ComparedModel } from '../../src/studies/accuracy/shared/outputs-comparison';
import { isMeasured } from '../../src/report/report';
import { ModelError, toldError, UsageError } from '../errors';
import { namedModel, picturesIn } from '../files';
import type { MeasuringFlags } from '../measuring-flags';
import { ProgressDisplay, save, say, table, tableWidth, type OutputFlags } from '../output';
import { benchmark, compareOutputs, openModel } from '../page-calls';
import { openStage, type StageOptions } from '../stage';
import { whileOpen } from '../while-open';

export interface CompareFlags extends MeasuringFlags, OutputFlags, StageOptions {
  readonly images?: string | undefined;
}

/** Without pictures: inputs of random values, each with a seed of its own. */
const randomSamples = 8;

/** Holds a model against a variant of it: how large, how fast, how far what comes out differs. */
export async function compare(a: string, b: string, flags: CompareFlags, pageFolder: string): Promise<void> {
  const named = [namedModel(a), namedModel(b)] as const;
  const pictures = flags.images === undefined ? null : picturesIn(flags.images);
  if ((flags.num_threads?.length ?? 0) > 1) throw new UsageError(text.oneThreadCount);
  const configuration = { runtime: flags.runtime, accelerator: flags.accelerator ?? ('auto' as const), threads: flags.num_threads?.[0] ?? ('auto' as const) };

  const { models, compared, report } = await whileOpen(openStage(pageFolder, flags), async (stage) => {
    const display = new ProgressDisplay();
    stage.onProgress = (progress) => { display.show(progress); };
    try {
      const opened = [await openModel(stage, named[0]), await openModel(stage, named[1])] as const;
      const ids = opened.map(({ id }) => id);
      const compared = await compareOutputs(stage, { ids, configuration, pictures: pictures?.map((path) => ({ name: basename(path), url: stage.share(path) })) ?? null, randomSamples });
      const { num_runs, warmup_runs, min_secs, max_secs } = flags;
      const measured = await benchmark(stage, { ids, configurations: [configuration], plan: { num_runs, warmup_runs, min_secs, max_secs }, inputs: [], profiled: false });
      return { models: opened, compared, report: measured };
    } finally {
      display.clear();
    }
  });

  const [first, second] = models;
  const [, variant] = compared.models;
  if (variant === undefined) throw new UsageError(text.twoModels);
  if (variant.error !== null && variant.samples === 0) throw new ModelError(toldError(variant.error));
  const failed = compared.samples.flatMap(({ name, models: results }) => results.flatMap((result) => (result !== null && 'failed' in result ? [{ name, failure: result.failed }] : [])));
  const [ratio] = report.comparison?.ratios ?? [];
  const heading = pictures === null ? text.outputsOnRandom(randomSamples) : text.outputsOnPictures(pictures.length);
  const ms = report.results.map((result) => (isMeasured(result) ? formatMilliseconds(result.latency_metrics.median_ms) : result.error.title));
  const [low = NaN, high = NaN] = ratio?.interval ?? [];
  const room = tableWidth(flags);
  say([
    table([['', text.columns.size, text.columns.median], [`A: ${first.name}`, formatBytes(first.bytes), ms[0] ?? ''], [`B: ${second.name}`, formatBytes(second.bytes), ms[1] ?? '']], room),
    text.sizeRatio((second.bytes / first.bytes).toFixed(3)),
    ratio === undefined ? text.noLatency : text.latencyRatio({ ratio: ratio.ratio.toFixed(3), low: low.toFixed(3), high: high.toFixed(3), verdict: reportText.verdicts[ratio.verdict] }),
    `\n${heading}\n${outputsText(variant, compared.flag_mse, room)}`,
    ...(variant.agreement === null ? [] : [summaryText(variant.agreement)]),
    ...failed.map(({ name, failure }) => text.notCompared(name, failure.title, failure.details)),
  ].join('\n'), flags);
  if (flags.json !== undefined) {
    const size = { a_bytes: first.bytes, b_bytes: second.bytes, ratio: second.bytes / first.bytes };
    save(flags.json, `${JSON.stringify({ models: [first.name, second.name], size, compared, report }, null, 2)}\n`);
  }
}

function outputsText({ outputs, unmatched }: ComparedModel, flag_mse: number, room: number): string {
  const rows = outputs.flatMap(({ name, metrics, flagged }) => (metrics === null ? [] : [[
    name, figure(metrics.rmse), figure(metrics.max_abs), metrics.cosine.toFixed(6), Number.isFinite(metrics.sqnr_db) ? metrics.sqnr_db.toFixed(1) : numbers.equal, flagged ? text.above(flag_mse) : text.within,
  ]]));
  const notes = [
    ...outputs.flatMap(({ name, other, by, sizes }) => (other === null ? [text.noCounterpart(name)] : sizes !== null ? [text.otherCount(name, sizes.reference, sizes.other)] : by === 'position' ? [text.byPlace(name, other)] : [])),
    ...unmatched.map((name) => text.outputOfB(name)),
  ];
  const { columns } = text;
  return `${table([[columns.output, columns.rmse, columns.greatestError, columns.cosine, columns.sqnr, columns.mse], ...rows], room)}${notes.map((note) => `${note}\n`).join('')}`;
}

function figure(value: number): string {
  return value === 0 ? '0' : value.toPrecision(4);
}
