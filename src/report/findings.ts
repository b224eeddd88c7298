import { median, sum } from 'd3-array';
import type { ModelSummary } from '../tflite/analysis/summary';
import type { Roofline } from './comparison';
import type { OpProfile, OpTime } from './op-profile';
import type { BenchmarkResult, Environment } from './report';
import { reportFindings as wording } from '../messages/report-findings';
import { medianInterval } from '../stats/bootstrap';
import { readRoof } from './roof';
import type { SweepSeries } from './thread-sweep';

export type FindingCode =
  | 'NOT_ACCELERATED' | 'REQUANTIZATION' | 'LEGACY_UINT8' | 'FLOAT16_UNFOLDED' | 'SINGLE_THREADED' | 'TOO_MANY_THREADS' | 'MORE_THREADS'
  | 'MEMORY_BOUND' | 'FIRST_INFERENCE' | 'DENORMAL_WEIGHTS';

/** What would be saved: the difference of two ways that were both timed, or the time of what would become faster and not vanish. */
export interface Cost {
  readonly kind: 'measured' | 'at most';
  readonly ms: number;
}

/** Something that takes time and need not. */
export interface Finding {
  readonly code: FindingCode;
  readonly title: string;
  /** Never estimated from the model alone. */
  readonly cost: Cost;
  /** Whether every run pays it, or only the session's start or first run. */
  readonly paid: 'every run' | 'once';
  /** The figures behind the cost. */
  readonly proof: string;
  readonly advice: string;
  /** The ops that pay, by index. */
  readonly ops: readonly number[];
}

/** How long a model took to be loaded in each of several rounds, as it is and with its half-precision weights stored as float32. */
export interface UnfoldingTimes {
  readonly half_ms: readonly number[];
  readonly float_ms: readonly number[];
}

/** How long runs took in turn, of a model with legacy weights as it is and with signed ones for each channel. */
export interface SigningTimes {
  readonly unsigned_ms: readonly number[];
  readonly signed_ms: readonly number[];
}

/** What is known of a model on a configuration; the more of it, the more is found. */
export interface Evidence {
  readonly summary: ModelSummary;
  readonly result: BenchmarkResult;
  readonly environment: Environment;
  readonly profile: OpProfile | null;
  readonly roofline: Roofline | null;
  /** Of the same model, runtime and accelerator. */
  readonly series: SweepSeries | null;
  readonly unfolding: UnfoldingTimes | null;
  /** Null where there are no legacy weights, or what would come of them could not be timed. */
  readonly signing: SigningTimes | null;
}

/** What takes less than this share of a run is not worth a line. */
const worthShare = 0.02;

const ms = (value: number) => `${value >= 10 ? value.toFixed(1) : value.toFixed(2)} ms`;

function timed(profile: OpProfile | null, belongs: (op: OpTime) => boolean): { readonly ops: readonly OpTime[]; readonly ms: number } {
  const ops = profile?.ops.filter((op) => op.fate.kind === 'timed' && op.time_ms > 0 && belongs(op)) ?? [];
  return { ops, ms: sum(ops, ({ time_ms }) => time_ms) };
}

function kindsOf(ops: readonly OpTime[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of ops) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return wording.kinds([...counts].sort((left, right) => right[1] - left[1]).slice(0, 4), counts.size > 4);
}

/** What was saved in each of several rounds of two ways in turn: the middle, and an interval of 95 % for it. */
function saved(before_ms: readonly number[], after_ms: readonly number[]): { readonly cost: Cost; readonly interval: readonly [number, number] } {
  const less = before_ms.map((before, round) => before - (after_ms[round] ?? NaN));
  const [low, high] = medianInterval(less);
  return { cost: { kind: 'measured', ms: median(less) ?? 0 }, interval: [low, high] };
}

/** Whether costs do not add up: findings that share ops, or one about whole runs beside others, have the same time in their costs. */
export function overlap(found: readonly Finding[]): boolean {
  const everyRun = found.filter(({ paid }) => paid === 'every run');
  const ops = everyRun.flatMap(({ ops: own }) => own);
  return everyRun.length > 1 && (everyRun.some(({ ops: own }) => own.length === 0) || new Set(ops).size < ops.length);
}

/** Why a model is as slow as it is, the dearest first. Each finding has a cost that was measured, or a bound for it. */
export function findings(evidence: Evidence): Finding[] {
  const { result, profile } = evidence;
  const run_ms = result.latency_metrics.median_ms;
  const found = [notAccelerated(profile), requantization(profile), legacyUint8(evidence), singleThreaded(evidence), ...threadCount(evidence), memoryBound(evidence), ...denormalWeights(result)];
  return [...found.filter((finding) => finding !== null && finding.cost.ms >= run_ms * worthShare), firstInference(result), float16Unfolded(evidence)]
    .filter((finding) => finding !== null)
    .sort((left, right) => Number(left.paid === 'once') - Number(right.paid === 'once') || right.cost.ms - left.cost.ms);
}

function notAccelerated(profile: OpProfile | null): Finding | null {
  const { ops, ms: own_ms } = timed(profile, ({ accelerated }) => accelerated === false);
  if (profile === null || ops.length === 0) return null;
  return {
    code: 'NOT_ACCELERATED', title: wording.notAccelerated.title, cost: { kind: 'at most', ms: own_ms }, paid: 'every run', ops: ops.map(({ op }) => op),
    proof: wording.notAccelerated.proof(ops.length, kindsOf(ops), ms(own_ms), ms(profile.invoke_ms)),
    advice: wording.notAccelerated.advice,
  };
}

function requantization(profile: OpProfile | null): Finding | null {
  const { ops, ms: own_ms } = timed(profile, ({ kind }) => kind === 'QUANTIZE' || kind === 'DEQUANTIZE');
  if (profile === null || ops.length === 0) return null;
  return {
    code: 'REQUANTIZATION', title: wording.requantization.title, cost: { kind: 'at most', ms: own_ms }, paid: 'every run', ops: ops.map(({ op }) => op),
    proof: wording.requantization.proof(kindsOf(ops), ms(own_ms), ms(profile.invoke_ms)),
    advice: wording.requantization.advice,
  };
}

function legacyUint8({ summary, profile, signing }: Evidence): Finding | null {
  const bytes = (dtype: string) => summary.weights.find((weights) => weights.dtype === dtype)?.bytes ?? 0;
  const all = sum(summary.weights, (weights) => weights.bytes);
  if (all === 0 || bytes('uint8') < all / 2) return null;
  const { ops, ms: own_ms } = timed(profile, ({ macs }) => (macs ?? 0) > 0);
  const finding = (cost: Cost, proof: string): Finding => ({
    code: 'LEGACY_UINT8', title: wording.legacyUint8.title, cost, paid: 'every run', ops: ops.map(({ op }) => op), proof,
    advice: wording.legacyUint8.advice,
  });
  if (signing === null) {
    return profile === null ? null : finding({ kind: 'at most', ms: own_ms }, wording.legacyUint8.atMost(ops.length, ms(own_ms), ms(profile.invoke_ms)));
  }
  const { unsigned_ms, signed_ms } = signing;
  const { cost, interval: [low, high] } = saved(unsigned_ms, signed_ms);
  if (low <= 0) return null;
  return finding(cost, wording.legacyUint8.timed({ runs: unsigned_ms.length, unsigned: ms(median(unsigned_ms) ?? 0), signed: ms(median(signed_ms) ?? 0), low: ms(low), high: ms(high) }));
}

function singleThreaded({ result, environment, profile }: Evidence): Finding | null {
  const { isolated, cores } = environment;
  if (isolated || cores < 2 || result.configuration.threads > 1 || result.configuration.accelerator !== 'wasm') return null;
  const { ops, ms: parallel_ms } = timed(profile, ({ accelerated, macs }) => accelerated !== false && (macs ?? 0) > 0);
  if (profile === null || ops.length === 0) return null;
  const ideal_ms = (threads: number) => parallel_ms * (1 - 1 / threads);
  return {
    code: 'SINGLE_THREADED', title: wording.singleThreaded.title, cost: { kind: 'at most', ms: ideal_ms(cores) }, paid: 'every run', ops: ops.map(({ op }) => op),
    proof: wording.singleThreaded.proof({ ops: ops.length, own: ms(parallel_ms), invoke: ms(profile.invoke_ms), cores, onTwo: ms(ideal_ms(2)), onAll: cores === 2 ? null : ms(ideal_ms(cores)) }),
    advice: wording.singleThreaded.advice,
  };
}

function threadCount({ result, series }: Evidence): Finding[] {
  const here = series?.points.find(({ threads }) => threads === result.configuration.threads);
  const best = series?.points.find(({ threads }) => threads === series.enough_threads);
  if (here === undefined || best === undefined || here === best) return [];
  const cost_ms = here.median_ms - best.median_ms;
  if (cost_ms <= 0 || best.interval_ms[1] >= here.interval_ms[0]) return [];
  const more = best.threads > here.threads;
  return [{
    code: more ? 'MORE_THREADS' : 'TOO_MANY_THREADS', title: more ? wording.threadCount.moreThreads : wording.threadCount.tooManyThreads, cost: { kind: 'measured', ms: cost_ms }, paid: 'every run', ops: [],
    proof: wording.threadCount.proof(ms(here.median_ms), here.threads, ms(best.median_ms), best.threads),
    advice: wording.threadCount.advice(best.threads),
  }];
}

function memoryBound({ summary, result, profile, roofline }: Evidence): Finding | null {
  if (profile === null || roofline === null) return null;
  const reading = readRoof(roofline, profile, result.configuration.threads, summary.weights);
  // Where ops were faster than memory is said to be, nothing is known of those that wait for it.
  if (reading === null || reading.exceeding.some(({ bound }) => bound === 'memory')) return null;
  // Only what comes near the memory's roof waits for it; other ops have other reasons.
  const waiting = reading.points.filter(({ bound, share }) => bound === 'memory' && share > 0.5);
  if (waiting.length === 0) return null;
  const own_ms = sum(waiting, ({ time_ms }) => time_ms);
  return {
    code: 'MEMORY_BOUND', title: wording.memoryBound.title, cost: { kind: 'at most', ms: own_ms }, paid: 'every run', ops: waiting.map(({ op }) => op),
    proof: wording.memoryBound.proof(waiting.length, ms(own_ms), reading.peak.bandwidth_gbs.toFixed(1)),
    advice: wording.memoryBound.advice,
  };
}

function denormalWeights({ warnings }: BenchmarkResult): Finding[] {
  return warnings.flatMap(({ code, text, cost_ms }): Finding[] => (code !== 'DENORMAL_WEIGHTS' || cost_ms === null ? [] : [{
    code: 'DENORMAL_WEIGHTS', title: wording.denormalWeights.title, cost: { kind: 'measured', ms: cost_ms }, paid: 'every run', ops: [], proof: text,
    advice: wording.denormalWeights.advice,
  }]));
}

function firstInference({ latency_metrics: { first_inference_ms, median_ms } }: BenchmarkResult): Finding | null {
  const cost_ms = first_inference_ms - median_ms;
  if (cost_ms < median_ms || cost_ms < 5) return null;
  return {
    code: 'FIRST_INFERENCE', title: wording.firstInference.title, cost: { kind: 'measured', ms: cost_ms }, paid: 'once', ops: [],
    proof: wording.firstInference.proof(ms(first_inference_ms), ms(median_ms)),
    advice: wording.firstInference.advice,
  };
}

function float16Unfolded({ summary, profile, unfolding }: Evidence): Finding | null {
  const half = summary.weights.find(({ dtype }) => dtype === 'float16');
  if (half === undefined || unfolding === null) return null;
  const { half_ms, float_ms } = unfolding;
  const { cost, interval: [low, high] } = saved(half_ms, float_ms);
  if (low <= 0) return null;
  const unfolded = profile?.ops.filter(({ kind, fate }) => kind === 'DEQUANTIZE' && fate.kind === 'folded') ?? [];
  return {
    code: 'FLOAT16_UNFOLDED', title: wording.float16Unfolded.title, cost, paid: 'once', ops: unfolded.map(({ op }) => op),
    proof: wording.float16Unfolded.proof({
      loads: half_ms.length, half: ms(median(half_ms) ?? 0), float: ms(median(float_ms) ?? 0), low: ms(low), high: ms(high), stored_mb: (half.bytes / 1e6).toFixed(1), unfolded_mb: (half.bytes / 5e5).toFixed(1),
    }),
    advice: wording.float16Unfolded.advice,
  };
}
