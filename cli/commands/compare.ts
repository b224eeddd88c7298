import { formatBytes, formatMilliseconds, formatPlural } from '../../src/app/format';
import { isMeasured } from '../../src/report/report';
import { UsageError } from '../errors';
import { namedModel, picturesIn } from '../files';
import { OutputComparison } from '../output-comparison';
import type { MeasuringFlags } from '../measuring-flags';
import { ProgressDisplay, save, say, table, type OutputFlags } from '../output';
import { benchmark, openModel, run } from '../page-calls';
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

  const { models, outputs, report } = await whileOpen(openStage(pageFolder, flags), async (stage) => {
    const display = new ProgressDisplay();
    stage.onProgress = (progress) => { display.show(progress); };
    try {
      const opened = [await openModel(stage, named[0]), await openModel(stage, named[1])] as const;
      const comparison = new OutputComparison();
      const samples = pictures?.map((path) => ({ inputs: [{ tensor: null, kind: 'image' as const, url: stage.share(path) }], seed: undefined }))
        ?? Array.from({ length: randomSamples }, (_, index) => ({ inputs: [], seed: index + 1 }));
      for (const sample of samples) {
        const [reference, variant] = [await run(stage, { id: opened[0].id, configuration, ...sample }), await run(stage, { id: opened[1].id, configuration, ...sample })];
        comparison.add(reference.outputs, variant.outputs);
      }
      const { num_runs, warmup_runs, min_secs, max_secs } = flags;
      const measured = await benchmark(stage, { ids: opened.map(({ id }) => id), configurations: [configuration], plan: { num_runs, warmup_runs, min_secs, max_secs }, inputs: [], profiled: false });
      return { models: opened, outputs: comparison.figures(), report: measured };
    } finally {
      display.clear();
    }
  });

  const [first, second] = models;
  const [ratio] = report.comparison?.ratios ?? [];
  const what = pictures === null ? `${randomSamples} random inputs` : formatPlural(pictures.length, 'picture');
  const ms = report.results.map((result) => (isMeasured(result) ? formatMilliseconds(result.latency_metrics.median_ms) : result.error.title));
  const [low = NaN, high = NaN] = ratio?.interval ?? [];
  say([
    table([['', 'size', 'median'], [`A: ${first.name}`, formatBytes(first.bytes), ms[0] ?? ''], [`B: ${second.name}`, formatBytes(second.bytes), ms[1] ?? '']]),
    `Size: B is ${(second.bytes / first.bytes).toFixed(3)} times as large as A.`,
    ratio === undefined ? 'Latency: it could not be compared.' : `Latency: B takes ${ratio.ratio.toFixed(3)} times as long as A (${low.toFixed(3)} to ${high.toFixed(3)}): ${ratio.verdict}.`,
    `\nOutputs of B against those of A, on ${what}\n${table([
      ['output', 'RMSE', 'greatest error', 'cosine', 'SQNR, dB', 'same largest value'],
      ...outputs.map(({ name, rmse, max_abs, cosine, sqnr_db, agreeing, samples }) => [name, figure(rmse), figure(max_abs), cosine.toFixed(6), sqnr_db === null ? 'equal' : sqnr_db.toFixed(1), `${agreeing} of ${samples}`]),
    ])}`,
    ...(outputs.length === 0 ? ['No output of A has a counterpart of its size in B.'] : []),
  ].join('\n'), flags);
  if (flags.json !== undefined) {
    const size = { a_bytes: first.bytes, b_bytes: second.bytes, ratio: second.bytes / first.bytes };
    save(flags.json, `${JSON.stringify({ models: [first.name, second.name], size, outputs, report }, null, 2)}\n`);
  }
}

function figure(value: number): string {
  return value === 0 ? '0' : value.toPrecision(4);
}
