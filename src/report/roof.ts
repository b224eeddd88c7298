import { sum } from 'd3-array';
import { report as text } from '../messages/report';
import type { ModelSummary } from '../tflite/analysis/summary';
import type { Peak, Roofline } from './comparison';
import type { OpProfile } from './op-profile';

/** An op under the roof. */
export interface RoofPoint {
  readonly op: number;
  readonly kind: string;
  readonly name: string;
  readonly time_ms: number;
  /** Operations for each byte read or written, a multiply-add counted as two; null for ops without multiply-adds. */
  readonly intensity: number | null;
  readonly gflops: number | null;
  readonly bandwidth_gbs: number;
  /** The time that the machine's peak would take ÷ its own. */
  readonly share: number;
  /** What the roof is at this intensity: the slope of the memory or of the caches that could hold its bytes, or the arithmetic's ceiling. */
  readonly bound: 'memory' | 'arithmetic';
  /** Whether it was faster than the roof that bounds it, which then is no peak, or did less than was counted, as where zeros are skipped. */
  readonly exceeds: boolean;
}

export interface RoofReading {
  readonly peak: Peak;
  /** What the ceiling is of: 8-bit arithmetic, where most weights are such and the browser has it, is faster than float32. */
  readonly arithmetic: 'float32' | 'int8';
  readonly ceiling_gflops: number;
  readonly points: readonly RoofPoint[];
  /** The ops that exceed the roof: what it says of others is doubtful. */
  readonly exceeding: readonly RoofPoint[];
  /** Of all ops that can be placed: the times that the peak would take ÷ the times that they took. */
  readonly share: number;
}

/** The peak on as many threads, else on the most that are fewer, else on the fewest. */
export function peakFor({ peaks }: Roofline, threads: number): Peak | null {
  const fitting = peaks.filter((peak) => peak.threads <= threads).sort((left, right) => right.threads - left.threads);
  return fitting[0] ?? [...peaks].sort((left, right) => left.threads - right.threads)[0] ?? null;
}

/** Why nothing is said of what ops reach: what they can do is not known. */
export function doubtText({ exceeding, points }: RoofReading): string {
  const [first] = exceeding.toSorted((left, right) => right.share - left.share);
  if (first === undefined) return '';
  const peaks = (['arithmetic', 'memory'] as const).filter((kind) => exceeding.some(({ bound }) => bound === kind));
  return text.roofDoubt({ exceeding: exceeding.length, all: points.length, op: first.op, kind: first.kind, percent: (first.share * 100).toFixed(0), peaks });
}

/** A peak and an op's time are known to about as much. */
const known = 1.05;

const eightBits: readonly string[] = ['int8', 'uint8'];

/** They give the same bytes another shape, for which a runtime need not touch them. */
const reshaping: readonly string[] = ['RESHAPE', 'SQUEEZE', 'EXPAND_DIMS'];

/** Whether most of a model's weights have 8 bits. */
function isEightBit(weights: ModelSummary['weights']): boolean {
  return 2 * sum(weights, ({ dtype, bytes }) => (eightBits.includes(dtype) ? bytes : 0)) > sum(weights, ({ bytes }) => bytes);
}

/** How fast so many bytes can come at best, GB/s: as fast as from the largest of the measured caches that they fill, and from memory where they are more than any of them. */
export function bandwidthFor({ bandwidth_gbs, caches = [] }: Peak, bytes: number): number {
  const [nearest] = caches;
  const farthest = caches.at(-1);
  if (nearest === undefined || farthest === undefined || bytes > farthest.bytes) return bandwidth_gbs;
  return (caches.findLast((cache) => cache.bytes <= bytes) ?? nearest).bandwidth_gbs;
}

/**
 * Where each op stands under the roof (S. Williams, A. Waterman, D. Patterson, "Roofline", 2009). Ops whose bytes nobody
 * knows, or need not be moved, are left out. Null without a peak.
 * @param weights the model's own, by which the kind of arithmetic is chosen
 */
export function readRoof(roofline: Roofline, profile: OpProfile, threads: number, weights: ModelSummary['weights']): RoofReading | null {
  const peak = peakFor(roofline, threads);
  if (peak === null) return null;
  const int8_gops = isEightBit(weights) ? peak.int8_gops ?? 0 : 0;
  const arithmetic = int8_gops > peak.gflops ? 'int8' : 'float32';
  const ceiling_gflops = Math.max(peak.gflops, int8_gops);
  const placed = profile.ops.flatMap((op) => {
    const { fate, time_ms, interval_ms, macs, bytes, kind } = op;
    if (fate.kind !== 'timed' || reshaping.includes(kind) || time_ms <= 0 || bytes === null || bytes === 0) return [];
    const arithmetic_ms = (2 * (macs ?? 0)) / (ceiling_gflops * 1e6);
    const memory_ms = bytes / (bandwidthFor(peak, bytes) * 1e6);
    const ideal_ms = Math.max(arithmetic_ms, memory_ms);
    const point: RoofPoint = {
      op: op.op, kind: op.kind, name: op.name, time_ms,
      intensity: macs ? (2 * macs) / bytes : null,
      gflops: macs ? (2 * macs) / (time_ms * 1e6) : null,
      bandwidth_gbs: bytes / (time_ms * 1e6),
      share: ideal_ms / time_ms,
      bound: memory_ms > arithmetic_ms ? 'memory' : 'arithmetic',
      exceeds: ideal_ms > known * Math.max(time_ms, interval_ms?.[1] ?? 0),
    };
    return [{ point, ideal_ms }];
  });
  const points = placed.map(({ point }) => point);
  return {
    peak, arithmetic, ceiling_gflops, points, exceeding: points.filter(({ exceeds }) => exceeds),
    share: sum(placed, ({ ideal_ms }) => ideal_ms) / (sum(points, ({ time_ms }) => time_ms) || 1),
  };
}
