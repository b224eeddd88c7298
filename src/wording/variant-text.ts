import type { Proof } from '../studies/variants/page/prove';
import type { RuntimeProof } from '../studies/variants/page/runtime-proof';
import type { FidelityVerdict, RuntimeSpeed, SpeedVerdict } from '../studies/variants/page/verdicts';
import type { RecipeEstimate } from '../quantize/estimate';
import type { RecipeName } from '../quantize/recipe';
import type { OperatorOutcome } from '../quantize/quantize';
import type { RangeMethod } from '../quantize/ranges';
import { summaryText } from './agreement-text';
import { formatBytes, formatDecibelsFigure, formatPercent } from '../messages/format';
import { wordingVariants as text } from '../messages/wording-variants';

export function recipeTitle(recipe: RecipeName): string {
  return text.recipes[recipe];
}

/** What a recipe is; what it brings follows from the file (`estimateText`) and from running it. */
export function recipePurpose(recipe: RecipeName): string {
  return text.purposes[recipe];
}

/** What a recipe would bring to this file. */
export function estimateText({ original_bytes, bytes, weighted, changed, reasons }: RecipeEstimate): string {
  if (weighted === 0) return text.nothingSmaller;
  const ratio = bytes / original_bytes;
  // Its error is some percent.
  const size = Math.abs(ratio - 1) < 0.03 ? null : { bytes: formatBytes(bytes), ratio: ratio.toFixed(2), original: formatBytes(original_bytes) };
  return text.estimate(size, weighted, changed, reasons[0]?.reason ?? null);
}

export function schemeTitle(scheme: OperatorOutcome['scheme']): string {
  return text.schemes[scheme];
}

/** Each method with the settings that it has unless others are chosen. */
export const rangeMethods: Readonly<Record<RangeMethod['kind'], RangeMethod>> = {
  mse: { kind: 'mse' },
  percentile: { kind: 'percentile', percentile: 99.99 },
  'moving-average': { kind: 'moving-average' },
  'min-max': { kind: 'min-max' },
};

export function rangeTitle(kind: RangeMethod['kind']): string {
  return text.ranges[kind];
}

/** The whole in a few words: what it is, and what it costs. */
export function verdictTitle({ verdict, verdicts: { size, speed, fidelity }, runtimes }: Proof): string {
  if (verdict !== 'mixed') return text.verdicts[verdict];
  return text.mixed({
    isRight: fidelity.verdict === 'good',
    slowerOn: speed.runtimes.filter((each) => each.verdict === 'slower').map(({ runtime }) => runtime),
    isLarger: size.verdict === 'larger',
    refusedBy: runtimes.filter(({ lost }) => lost).map(({ runtime }) => runtime),
  });
}

export function speedTitle(verdict: SpeedVerdict['verdict']): string {
  return text.speeds[verdict];
}

/** `litert 31.2 times the time (30 to 33)`. */
export function speedText({ runtime, ratio, interval, reason }: RuntimeSpeed): string {
  if (ratio === null || interval === null) return text.notCompared(runtime, reason);
  const [low, high] = interval;
  return text.timesOriginal({ runtime, ratio: timesText(ratio), low: timesText(low), high: timesText(high) });
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
    if (basis === 'task' && task.agreement !== null) return [text.ofRuntime(runtime, summaryText(task.agreement))];
    // What a signal to noise ratio means.
    const off = worst.value === Infinity ? null : formatPercent(10 ** (-worst.value / 20));
    return [text.furthestOff(runtime, `${formatDecibelsFigure(worst.value)}${Number.isFinite(worst.value) ? ' dB' : ''}`, off)];
  });
}
