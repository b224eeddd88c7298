/** What a variant gains and loses against its original: in size, in speed, and in what comes out. */
import { verdictOf } from '../../../report/compare';
import type { Ratio } from '../../../report/comparison';
import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import { gradeAgreement, gradeOf, type Grade, type GradedFigure, type GradeLines, worstGrade } from './grades';
import type { Acceptance, RuntimeProof } from './runtime-proof';
import { studies as text } from '../../../messages/studies';

export interface SizeVerdict {
  readonly verdict: 'smaller' | 'same' | 'larger';
  readonly bytes: number;
  readonly original_bytes: number;
  /** Files whose sizes differ by less than this share are of one size. */
  readonly threshold: number;
}

export interface RuntimeSpeed {
  readonly runtime: RuntimeName;
  readonly verdict: Ratio['verdict'] | 'unproven';
  /** The variant's time as a multiple of the original's, with its interval of 95 %; null where they were not timed in turn. */
  readonly ratio: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  /** Why there is no verdict; null where there is one. */
  readonly reason: string | null;
}

export interface SpeedVerdict {
  /** `mixed`: faster on one runtime and slower on another. */
  readonly verdict: RuntimeSpeed['verdict'] | 'mixed';
  readonly runtimes: readonly RuntimeSpeed[];
  /** The whole interval must lie beyond this share for a difference to count. */
  readonly threshold: number;
}

export interface FidelityVerdict {
  readonly verdict: Grade | 'unproven';
  /** `task`: what was found, in its own terms; `numbers`: the outputs' values, where the task is not known or nothing was found. */
  readonly basis: 'task' | 'numbers';
  readonly figures: readonly (GradedFigure & { readonly runtime: RuntimeName })[];
  /** What is not good, one sentence each. */
  readonly reasons: readonly string[];
}

export interface Verdicts {
  readonly size: SizeVerdict;
  readonly speed: SpeedVerdict;
  readonly fidelity: FidelityVerdict;
}

/** What metadata and other names take is no gain and no loss. */
const leastSizeDifference = 0.01;

/** Two sessions of one and the same model differ, for their memory lies elsewhere: by up to 4.5 % in 24 such proofs of face detection. */
const leastSpeedDifference = 0.05;

export function judgeSize(bytes: number, original_bytes: number): SizeVerdict {
  const ratio = bytes / original_bytes;
  const verdict = ratio <= 1 - leastSizeDifference ? 'smaller' : ratio >= 1 + leastSizeDifference ? 'larger' : 'same';
  return { verdict, bytes, original_bytes, threshold: leastSizeDifference };
}

export function judgeSpeed(runtimes: readonly RuntimeProof[]): SpeedVerdict {
  const each = runtimes.map(speedOn);
  const told = new Set(each.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'unproven'));
  const verdict = told.has('faster') && told.has('slower') ? 'mixed' : (['slower', 'faster', 'no measurable difference'] as const).find((one) => told.has(one)) ?? 'unproven';
  return { verdict, runtimes: each, threshold: leastSpeedDifference };
}

function speedOn({ runtime, error, reference, before_ms, time_ratio }: RuntimeProof): RuntimeSpeed {
  const unproven = (reason: string): RuntimeSpeed => ({ runtime, verdict: 'unproven', ratio: null, interval: null, reason });
  if (error !== null) return unproven(text.variantDoesNotRun);
  if (time_ratio === null) return unproven(before_ms !== null ? text.tooShortForClock : reference === runtime ? text.originalIsMore : text.originalRanElsewhere);
  const { ratio, interval: [low, high] } = time_ratio;
  const verdict = verdictOf([low * (1 - leastSpeedDifference), high * (1 + leastSpeedDifference)]);
  return { runtime, verdict, ratio, interval: [low, high], reason: null };
}

/** Results in the terms of the task, where there are any, count for more than numbers; but no output may be beyond what is accepted. */
export function judgeFidelity(runtimes: readonly RuntimeProof[], acceptance: Acceptance): FidelityVerdict {
  const ran = runtimes.filter(({ error, outputs }) => error === null && outputs.length > 0);
  const broken = ran.flatMap((each) => brokenOutputs(each, acceptance));
  const task = ran.map(({ runtime, task: { agreement } }) => (agreement === null ? [] : gradeAgreement(agreement)).map((figure) => ({ ...figure, runtime })));
  // A runtime without a figure must not hide behind another one's.
  const basis = task.length > 0 && task.every((figures) => figures.length > 0) ? 'task' : 'numbers';
  const figures = basis === 'task' ? task.flat() : ran.flatMap(({ runtime, outputs }) => outputs.map((output) => ({ ...gradeOutput(output, acceptance), runtime })));
  const short = figures.filter(({ grade }) => grade !== 'good').map((figure) => text.onRuntime(figure.runtime, figureInWords(figure)));
  // The same output may be both broken and short: what broke says it all.
  if (broken.length > 0) return { verdict: 'wrong', basis, figures, reasons: basis === 'task' ? [...broken, ...short] : broken };
  return { verdict: ran.length === 0 ? 'unproven' : worstGrade(figures.map(({ grade }) => grade)), basis, figures, reasons: short };
}

function brokenOutputs({ runtime, outputs }: RuntimeProof, { least_sqnr_db }: Acceptance): string[] {
  return outputs.flatMap(({ name, metrics, constant }) => {
    if (metrics.notFinite > 0) return [text.onRuntime(runtime, text.notFinite(metrics.notFinite, name))];
    if (constant) return [text.onRuntime(runtime, text.becameConstant(name))];
    if (!(metrics.sqnr_db >= least_sqnr_db)) return [text.onRuntime(runtime, text.tooFar(name, metrics.sqnr_db.toFixed(1), least_sqnr_db))];
    return [];
  });
}

function gradeOutput({ name, metrics: { sqnr_db } }: RuntimeProof['outputs'][number], { good_sqnr_db, usable_sqnr_db, least_sqnr_db }: Acceptance): GradedFigure {
  // Who asks for more than is usual asks for no less of what is good.
  const lines: GradeLines = { good: Math.max(good_sqnr_db, least_sqnr_db), usable: Math.max(usable_sqnr_db, least_sqnr_db), doubtful: least_sqnr_db };
  return { name: text.outputSqnr(name), value: sqnr_db, unit: 'dB', lines, grade: gradeOf(sqnr_db, lines) };
}

/** `IoU of masks is 0.712, good from 0.9`. */
export function figureInWords({ name, value, unit, lines: { good, doubtful } }: GradedFigure): string {
  const inUnit = (figure: number): string => (unit === 'dB' ? `${Number(figure.toFixed(1))} dB` : String(Number(figure.toFixed(3))));
  return text.figure(name, inUnit(value), inUnit(good), good < doubtful);
}
