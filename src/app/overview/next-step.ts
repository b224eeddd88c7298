import type { RecipeEstimate } from '../../quantize/estimate';
import { findings, type Evidence, type Finding, type FindingCode } from '../../report/findings';
import { formatMilliseconds } from '../../messages/format';
import { smallerText } from '../../wording/overview-text';
import { overview as text } from '../../messages/overview';

/** What the page can do about a finding. */
export type NextAction =
  | { readonly kind: 'threads'; readonly caption: string; readonly threads: number }
  | { readonly kind: 'look'; readonly caption: string }
  | { readonly kind: 'variant'; readonly caption: string };

/** What is worth doing next, with the reason. */
export interface NextStep {
  readonly code: FindingCode | 'SMALLER' | 'NOTHING_FOUND';
  readonly sentence: string;
  readonly action: NextAction;
}

const look = (): NextAction => ({ kind: 'look', caption: text.seeWhy });
const convert = (): NextAction => ({ kind: 'variant', caption: text.makeVariant });
/** A variant that saves less than this share of the size is not worth its differences. */
const worthSaving = 0.25;

/**
 * The dearest finding as a sentence and a button: what every run pays, else what int8 would save, else what the start pays.
 * @param evidence what a short look has measured; findings that need more are made in “Why slow”
 * @param estimate what int8 would bring
 */
export function nextStep(evidence: Evidence, estimate: RecipeEstimate | null): NextStep {
  const [first] = findings(evidence);
  const smaller = estimate === null || estimate.changed === 0 || estimate.bytes > (1 - worthSaving) * estimate.original_bytes ? null : smallerText(estimate);
  if (smaller !== null && first?.paid !== 'every run') return { code: 'SMALLER', sentence: text.onlySmaller(smaller), action: convert() };
  if (first === undefined) return { code: 'NOTHING_FOUND', sentence: text.nothingFound, action: { kind: 'look', caption: text.lookCloser } };
  return { code: first.code, sentence: sentenceOf(first), action: actionOf(first, evidence) };
}

function sentenceOf({ title, cost, paid, advice }: Finding): string {
  return text.finding(title, formatMilliseconds(cost.ms), cost.kind === 'at most', paid === 'once', advice);
}

function actionOf({ code }: Finding, { series }: Evidence): NextAction {
  switch (code) {
    case 'MORE_THREADS':
    case 'TOO_MANY_THREADS': return { kind: 'threads', caption: text.runOn(series?.enough_threads ?? 1), threads: series?.enough_threads ?? 1 };
    case 'LEGACY_UINT8':
    case 'FLOAT16_UNFOLDED': return convert();
    default: return look();
  }
}
