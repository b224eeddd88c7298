import type { Proof } from '../studies/variants/page/prove';
import type { RuntimeProof } from '../studies/variants/page/runtime-proof';
import type { FidelityVerdict, RuntimeSpeed, SpeedVerdict } from '../studies/variants/page/verdicts';
import type { RecipeEstimate } from '../quantize/estimate';
import type { RecipeName } from '../quantize/recipe';
import type { OperatorOutcome } from '../quantize/quantize';
import type { RangeMethod } from '../quantize/ranges';
import { summaryText } from './agreement-text';
import { formatBytes, formatCount, formatDecibelsFigure, formatPercent, formatPlural } from '../messages/format';

export const recipeTitles: Readonly<Record<RecipeName, string>> = {
  int8: 'Full int8',
  int16: 'int16 activations, int8 weights',
  'dynamic-int8': 'Dynamic range int8',
  'weights-int8': 'Weights int8',
  float16: 'Float16',
};

/** What a recipe is; what it brings follows from the file (`estimateText`) and from running it. */
export const recipePurposes: Readonly<Record<RecipeName, string>> = {
  int8: 'Weights and activations are int8, the last layers float; the fastest where a runtime has fast int8. Needs samples.',
  int16: 'Activations keep 16 bits: nearly float’s accuracy, many times slower where XNNPACK has no kernels for it, as on LiteRT. Needs samples.',
  'dynamic-int8': 'Weights are int8, activations are rounded in every run by what is seen in it. Needs no samples; several times slower on LiteRT.',
  'weights-int8': 'Weights are stored as int8 and converted when the model is loaded; speed and activations are those of float.',
  float16: 'Weights are stored in half precision; speed is that of float, and so, nearly, is the accuracy.',
};

/** What a recipe would bring to this file. */
export function estimateText({ original_bytes, bytes, weighted, changed, reasons }: RecipeEstimate): string {
  if (weighted === 0) return 'No op of this model has weights that could be stored smaller.';
  const [reason] = reasons;
  const why = reason === undefined ? '' : `: ${reason.reason}`;
  const ratio = bytes / original_bytes;
  // Its error is some percent.
  const size = Math.abs(ratio - 1) < 0.03 ? 'It would stay about as large as it is' : `About ${formatBytes(bytes)}, ${ratio.toFixed(2)} × this file’s ${formatBytes(original_bytes)}`;
  if (changed === 0) return `${size}: none of its ${formatPlural(weighted, 'op')} with weights would change${why}.`;
  const left = weighted - changed;
  return `${size}: the weights of ${formatPlural(changed, 'op')} would change${left === 0 ? '' : `, those of ${formatCount(left)} not${why}`}.`;
}

export const schemeTitles: Readonly<Record<OperatorOutcome['scheme'], string>> = {
  static: 'integers', dynamic: 'int8 weights, integers by the run', weights: 'int8 weights, computes in float', float16: 'float16 weights', float: 'float',
};

export const rangeMethods = {
  mse: ['Least squared error', { kind: 'mse' }],
  percentile: ['Percentile 99.99', { kind: 'percentile', percentile: 99.99 }],
  'moving-average': ['Moving average', { kind: 'moving-average' }],
  'min-max': ['Least and greatest value', { kind: 'min-max' }],
} as const satisfies Readonly<Record<RangeMethod['kind'], readonly [title: string, method: RangeMethod]>>;

/** The whole in a few words: what it is, and what it costs. */
export function verdictTitle({ verdict, verdicts: { size, speed, fidelity }, runtimes }: Proof): string {
  if (verdict !== 'mixed') return { good: 'Good', doubtful: 'Doubtful', wrong: 'Wrong', unproven: 'Unproven' }[verdict];
  const slower = speed.runtimes.filter((each) => each.verdict === 'slower').map(({ runtime }) => runtime);
  const refusing = runtimes.filter(({ lost }) => lost).map(({ runtime }) => runtime);
  const costs = [
    ...(slower.length > 0 ? [`slower on ${slower.join(' and ')}`] : []),
    ...(size.verdict === 'larger' ? ['larger'] : []),
    ...(refusing.length > 0 ? [`refused by ${refusing.join(' and ')}`] : []),
  ];
  const nearness = fidelity.verdict === 'good' ? 'Right' : 'Usable';
  return costs.length === 0 ? nearness : `${nearness}, but ${costs.join(' and ')}`;
}

export const speedTitles: Readonly<Record<SpeedVerdict['verdict'], string>> = {
  faster: 'faster', slower: 'slower', mixed: 'faster and slower', 'no measurable difference': 'no measurable difference', unproven: 'not compared',
};

/** `litert 31.2 times the time (30 to 33)`. */
export function speedText({ runtime, ratio, interval, reason }: RuntimeSpeed): string {
  if (ratio === null || interval === null) return `${runtime}: ${reason ?? 'not compared'}`;
  const [low, high] = interval;
  return `${runtime}: ${timesText(ratio)} times the original’s time (${timesText(low)} to ${timesText(high)})`;
}

/** Three digits are more than turns of this number tell. */
function timesText(ratio: number): string {
  return ratio >= 9.995 ? ratio.toFixed(1) : ratio.toFixed(2);
}

/** What fidelity was judged by, in a sentence for each runtime. */
export function fidelityTexts({ basis, figures }: FidelityVerdict, runtimes: readonly RuntimeProof[]): readonly string[] {
  return runtimes.flatMap(({ runtime, task }) => {
    const own = figures.filter((figure) => figure.runtime === runtime);
    const worst = own.reduce<typeof own[number] | undefined>((least, figure) => (least === undefined || figure.value < least.value ? figure : least), undefined);
    if (worst === undefined) return [];
    if (basis === 'task' && task.agreement !== null) return [`${runtime}: ${summaryText(task.agreement)}`];
    return [`${runtime}: the output that is furthest off has ${formatDecibelsFigure(worst.value)}${Number.isFinite(worst.value) ? ' dB' : ''}: ${noiseText(worst.value)}`];
  });
}

/** A signal to noise ratio as what it means. */
function noiseText(sqnr_db: number): string {
  return sqnr_db === Infinity ? 'no value differs.' : `values are off by ${formatPercent(10 ** (-sqnr_db / 20))} of their size.`;
}
