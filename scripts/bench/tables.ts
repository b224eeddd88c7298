/** The bench's figures as plain text. */
import { pairedRatio } from '../../src/stats/bootstrap';
import type { Comparison, Measured, Outcome, Overhead } from './types';
import type { StartUp } from './start-up';

/** A run on random values that takes this many times as long as on zeros has met the slow path of denormal numbers. */
const affectedFrom = 1.5;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? Number.NaN)) / 2;
}

/** The time that only every tenth run stays below: hardly touched by what else the machine does. */
function tenthPercentile(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 10)] ?? Number.NaN;
}

/** Lowest and highest of the bursts' medians. */
function spread(bursts: readonly (readonly number[])[]): string {
  const medians = bursts.map(median);
  return `${milliseconds(Math.min(...medians))}–${milliseconds(Math.max(...medians))}`;
}

export function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

/**
 * How many times slower than on zeros, where that is suspicious. Compared are the fast runs: what slows a model down
 * slows all its runs, while a busy machine spares some.
 */
function slowdown(outcome: Measured): number | null {
  const times = tenthPercentile(outcome.bursts.flat()) / tenthPercentile(outcome.zeros);
  return times >= affectedFrom ? times : null;
}

/** Lays out cells in columns: text to the left, all else to the right. */
export function layOut(head: readonly string[], rows: readonly (readonly string[])[], textColumns: number): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    return column < textColumns ? cell.padEnd(width) : cell.padStart(width);
  }).join('  ').trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

function cells(outcome: Outcome | undefined, baseline: Outcome | null): string[] {
  if (outcome === undefined) return ['', '', ...(baseline === null ? [] : [''])];
  if (!outcome.ok) return [outcome.code, '', ...(baseline === null ? [] : [''])];
  const own = median(outcome.bursts.flat());
  const times = slowdown(outcome);
  const shown = [`${milliseconds(own)}${times === null ? '' : '*'}`, spread(outcome.bursts)];
  if (baseline === null) return shown;
  return [...shown, baseline.ok ? (own / median(baseline.bursts.flat())).toFixed(2) : '–'];
}

/** The time of an outcome over that of the faster of our runtimes with XNNPACK’s whole graph. */
function overFaster(outcome: Outcome | undefined, { 'tfjs-tflite': tflite, litert }: Comparison['outcomes']): string {
  const fastest = Math.min(...[tflite, litert].flatMap((each) => (each?.ok === true ? [median(each.bursts.flat())] : [])));
  return outcome?.ok === true && Number.isFinite(fastest) ? (median(outcome.bursts.flat()) / fastest).toFixed(2) : '–';
}

const byMedian = ({ bursts }: Measured): number => median(bursts.flat());

/** How many times as fast compiled models are as the faster of the runtimes that have XNNPACK, and as the README's way. */
export function compiledTable(rows: readonly Comparison[], titles: ReadonlyMap<string, string>): string {
  const head = ['model', 'compiled', 'bursts', 'faster of the others', 'ms', 'times as fast', '95 %', 'README', 'times as fast', '95 %'];
  const times: { readonly others: number[]; readonly readme: number[] } = { others: [], readme: [] };
  const body = rows.map(({ model, outcomes: { compiled, 'tfjs-tflite': tflite, litert, readme } }) => {
    const title = titles.get(model) ?? model;
    if (compiled?.ok !== true) return [title, compiled?.code ?? ''];
    const against = (other: Measured, into: number[]): string[] => {
      const { ratio, interval: [low, high] } = pairedRatio(other.bursts.map(median), compiled.bursts.map(median));
      into.push(ratio);
      return [ratio.toFixed(2), `${low.toFixed(2)}–${high.toFixed(2)}`];
    };
    const others = Object.entries({ 'tfjs-tflite': tflite, litert }).flatMap(([name, outcome]) => (outcome?.ok === true ? [{ name, outcome }] : []));
    const [faster] = others.sort((one, other) => byMedian(one.outcome) - byMedian(other.outcome));
    return [
      title, milliseconds(byMedian(compiled)), spread(compiled.bursts),
      ...(faster === undefined ? ['–', '', '', ''] : [faster.name, milliseconds(byMedian(faster.outcome)), ...against(faster.outcome, times.others)]),
      ...(readme?.ok === true ? [milliseconds(byMedian(readme)), ...against(readme, times.readme)] : [readme?.code ?? '']),
    ];
  });
  const geometric = (ratios: readonly number[]): string => Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length).toFixed(2);
  return [
    'Milliseconds a run on one thread, taken in turn in one page; median around invoke in our engine’s worker, README’s as its README shows.',
    'times as fast: median of the rounds’ ratios, with its interval. bursts: lowest and highest of the bursts’ medians.',
    '',
    layOut(head, body, 1),
    '',
    `Geometric mean of ${times.others.length}: ${geometric(times.others)} times as fast as the faster runtime, of ${times.readme.length}: ${geometric(times.readme)} times as README’s.`,
  ].join('\n');
}

export function modelsTable(rows: readonly Comparison[], titles: ReadonlyMap<string, string>): string {
  const head = ['model', 'threads', 'tfjs-tflite', 'bursts', '÷ README', 'litert', 'bursts', '÷ README', 'tfjs-kernels', 'bursts', '÷ faster', 'README', 'bursts', 'of it reading'];
  const body = rows.map(({ model, threads, outcomes }) => {
    const readme = outcomes.readme ?? null;
    return [
      titles.get(model) ?? model, String(threads), ...cells(outcomes['tfjs-tflite'], readme), ...cells(outcomes.litert, readme),
      ...cells(outcomes['tfjs-kernels'], null), overFaster(outcomes['tfjs-kernels'], outcomes), ...cells(outcomes.readme, null),
      readme?.ok === true ? milliseconds(median(readme.reading)) : '',
    ];
  });
  const affected = rows.flatMap(({ model, threads, outcomes }) => Object.entries(outcomes).flatMap(([name, outcome]) => {
    const times = outcome.ok ? slowdown(outcome) : null;
    return times === null ? [] : [`  ${titles.get(model) ?? model}, ${threads} thread${threads === 1 ? '' : 's'}, ${name}: ${times.toFixed(1)} × the time on zeros`];
  }));
  const refused = rows.flatMap(({ model, threads, outcomes }) => Object.entries(outcomes).flatMap(([name, outcome]) =>
    outcome.ok ? [] : [`  ${titles.get(model) ?? model}, ${threads} thread${threads === 1 ? '' : 's'}, ${name}: ${outcome.code}: ${outcome.details}`]));
  return [
    'Milliseconds a run. tfjs-tflite, litert and tfjs-kernels: median around invoke in our engine’s worker. README: @litertjs/core on a',
    'page as its README shows, median of `await model.run(input)` and reading the first result (moveTo, toTypedArray), a',
    'fresh instance for every row; with 2 threads also `loadLiteRt(…, {threads: true})` and `cpuOptions: {numThreads: 2}`.',
    '÷ README: ours over README’s, below 1 is faster. ÷ faster: TensorFlow.js’ kernels, op by op, over the faster of tfjs-tflite and',
    'litert. bursts: lowest and highest of the bursts’ medians.',
    '',
    layOut(head, body, 1),
    ...(affected.length === 0 ? [] : [
      '',
      '* Far slower than on an input of zeros. For litert and README that is a sign of denormal numbers in XNNPACK’s packed weights (a bug of',
      '  LiteRT); tfjs-tflite has not got it, so that there the machine was busy. Such figures, and the ratios with them, depend on luck.',
      ...affected,
    ]),
    ...(refused.length === 0 ? [] : ['', 'Refused:', ...refused]),
  ].join('\n');
}

/** What the engine may cost, as part of the bare loop's time. */
const aim = 0.03;

function percent(ratio: number): string {
  return `${ratio >= 1 ? '+' : '−'}${(Math.abs(ratio - 1) * 100).toFixed(1)} %`;
}

interface RatioByRound {
  readonly ratio: number;
  /** Half the width of the interval that holds the true ratio 19 times in 20, from how far the rounds lie apart. */
  readonly uncertainty: number;
  /** Lowest and highest round, for the table. */
  readonly extremes: string;
}

/** How two series of bursts compare, round by round: what disturbs a round disturbs both sides of it. */
function byRound(left: readonly (readonly number[])[], right: readonly (readonly number[])[]): RatioByRound {
  const ratios = left.map((samples, round) => median(samples) / median(right[round] ?? []));
  const ratio = median(ratios);
  // The median absolute deviation, times 1.48, stands for a standard deviation; a median's own error is 1.25 times a mean's.
  const deviation = 1.48 * median(ratios.map((value) => Math.abs(value - ratio)));
  return { ratio, uncertainty: (2 * 1.25 * deviation) / Math.sqrt(ratios.length), extremes: `${percent(Math.min(...ratios))} … ${percent(Math.max(...ratios))}` };
}

function verdict({ ratio, uncertainty }: RatioByRound, itself: RatioByRound): string {
  if (Math.abs(itself.ratio - 1) > aim || uncertainty > aim) return 'busy machine';
  return Math.abs(ratio - 1) <= aim ? 'yes' : 'NO';
}

export function overheadTable(rows: readonly Overhead[], titles: ReadonlyMap<string, string>): string {
  const head = ['model', 'runtime', 'ours', 'bare loop', 'ours ÷ bare', 'rounds', 'fast runs', 'bare ÷ itself', 'rounds', `within ${aim * 100} %`];
  const body = rows.map(({ model, runtime, ours, bare, control }) => {
    // Both bare loops together are the yardstick, so that neither side of the turn is favoured.
    const yardstick = bare.map((samples, round) => [...samples, ...(control[round] ?? [])]);
    const overhead = byRound(ours, yardstick);
    const itself = byRound(control, bare);
    return [
      titles.get(model) ?? model, runtime, median(ours.flat()).toFixed(3), median(yardstick.flat()).toFixed(3), `${percent(overhead.ratio)} ± ${(overhead.uncertainty * 100).toFixed(1)}`, overhead.extremes,
      percent(tenthPercentile(ours.flat()) / tenthPercentile(yardstick.flat())), percent(itself.ratio), itself.extremes, verdict(overhead, itself),
    ];
  });
  return [
    'Medians in milliseconds, 1 thread, input of zeros. ours: what the session’s benchmark reports to the page. bare loop:',
    'nothing but invoke between two readings of the clock, on the same loaded model in the same worker, in turn with ours.',
    'ours ÷ bare: median of the rounds’ ratios of medians; rounds: the lowest and highest of them; fast runs: ratio of the',
    '10th percentiles. bare ÷ itself: two bare loops against each other, which shows what this machine can tell apart.',
    'Where that, or the uncertainty behind ±, exceeds the aim, the last column gives no verdict.',
    '',
    layOut(head, body, 2),
  ].join('\n');
}

export function startUpTable(rows: readonly StartUp[]): string {
  const head = ['browser', 'what', 'median', 'lowest–highest', 'of the README’s', '95 %'];
  const body = rows.map(({ browser, name, samples }) => {
    const reference = rows.find((row) => row.browser === browser && row.name === 'readme');
    const { ratio, interval: [low, high] } = pairedRatio(samples, reference?.samples ?? samples);
    return [browser, name, median(samples).toFixed(0), `${Math.min(...samples).toFixed(0)}–${Math.max(...samples).toFixed(0)}`, ratio.toFixed(2), `${low.toFixed(2)}–${high.toFixed(2)}`];
  });
  return ['Milliseconds from navigation to the first result of face detection short range; nothing cached, over loopback.', '', layOut(head, body, 2)].join('\n');
}
