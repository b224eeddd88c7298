import { basename } from 'node:path';
import { summaryText } from '../../src/wording/agreement-text';
import { formatBytes, formatMilliseconds, formatPlural } from '../../src/messages/format';
import type { ComparedModel } from '../../src/studies/accuracy/shared/outputs-comparison';
import { isMeasured } from '../../src/report/report';
import { ModelError, UsageError } from '../errors';
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
  if ((flags.num_threads?.length ?? 0) > 1) throw new UsageError('compare takes one number of threads.');
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
  if (variant === undefined) throw new UsageError('compare takes two models.');
  if (variant.error !== null && variant.samples === 0) throw new ModelError(`${variant.error.title}: ${variant.error.details}\n${variant.error.hint} (${variant.error.code})`);
  const failed = compared.samples.flatMap(({ name, models: results }) => results.flatMap((result) => (result !== null && 'failed' in result ? [{ name, failure: result.failed }] : [])));
  const [ratio] = report.comparison?.ratios ?? [];
  const what = pictures === null ? `${randomSamples} random inputs` : formatPlural(pictures.length, 'picture');
  const ms = report.results.map((result) => (isMeasured(result) ? formatMilliseconds(result.latency_metrics.median_ms) : result.error.title));
  const [low = NaN, high = NaN] = ratio?.interval ?? [];
  const room = tableWidth(flags);
  say([
    table([['', 'size', 'median'], [`A: ${first.name}`, formatBytes(first.bytes), ms[0] ?? ''], [`B: ${second.name}`, formatBytes(second.bytes), ms[1] ?? '']], room),
    `Size: B is ${(second.bytes / first.bytes).toFixed(3)} times as large as A.`,
    ratio === undefined ? 'Latency: it could not be compared.' : `Latency: B takes ${ratio.ratio.toFixed(3)} times as long as A (${low.toFixed(3)} to ${high.toFixed(3)}): ${ratio.verdict}.`,
    `\nOutputs of B against those of A, on ${what}\n${outputsText(variant, compared.flag_mse, room)}`,
    ...(variant.agreement === null ? [] : [summaryText(variant.agreement)]),
    ...failed.map(({ name, failure }) => `${name}: not compared. ${failure.title}: ${failure.details}`),
  ].join('\n'), flags);
  if (flags.json !== undefined) {
    const size = { a_bytes: first.bytes, b_bytes: second.bytes, ratio: second.bytes / first.bytes };
    save(flags.json, `${JSON.stringify({ models: [first.name, second.name], size, compared, report }, null, 2)}\n`);
  }
}

function outputsText({ outputs, unmatched }: ComparedModel, flag_mse: number, room: number): string {
  const rows = outputs.flatMap(({ name, metrics, flagged }) => (metrics === null ? [] : [[
    name, figure(metrics.rmse), figure(metrics.max_abs), metrics.cosine.toFixed(6), Number.isFinite(metrics.sqnr_db) ? metrics.sqnr_db.toFixed(1) : 'equal', flagged ? `above ${flag_mse}` : 'within',
  ]]));
  const notes = [
    ...outputs.flatMap(({ name, other, by, sizes }) => (other === null ? [`“${name}” has no counterpart in B.`] : sizes !== null ? [`“${name}” has ${sizes.reference} values in A and ${sizes.other} in B.`] : by === 'position' ? [`“${name}” is compared with “${other}”, by its place.`] : [])),
    ...unmatched.map((name) => `“${name}” is an output of B alone.`),
  ];
  return `${table([['output', 'RMSE', 'greatest error', 'cosine', 'SQNR, dB', 'MSE'], ...rows], room)}${notes.map((note) => `${note}\n`).join('')}`;
}

function figure(value: number): string {
  return value === 0 ? '0' : value.toPrecision(4);
}
