import { sum } from 'd3-array';
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
  /** The time that the machine's peak would take ÷ its own. Above 1 where data come from caches, or where 8-bit arithmetic is faster than float32. */
  readonly share: number;
  /** What the roof is at this intensity: the memory's slope, or the arithmetic's ceiling. */
  readonly bound: 'memory' | 'arithmetic';
}

export interface RoofReading {
  readonly peak: Peak;
  readonly points: readonly RoofPoint[];
  /** Of all ops that can be placed: the times that the peak would take ÷ the times that they took. */
  readonly share: number;
}

/** The peak on as many threads, else on the most that are fewer, else on the fewest. */
export function peakFor({ peaks }: Roofline, threads: number): Peak | null {
  const fitting = peaks.filter((peak) => peak.threads <= threads).sort((left, right) => right.threads - left.threads);
  return fitting[0] ?? [...peaks].sort((left, right) => left.threads - right.threads)[0] ?? null;
}

/**
 * Where each op stands under the roof (S. Williams, A. Waterman, D. Patterson, "Roofline", 2009). Ops whose bytes nobody
 * knows are left out. Null without a peak.
 */
export function readRoof(roofline: Roofline, profile: OpProfile, threads: number): RoofReading | null {
  const peak = peakFor(roofline, threads);
  if (peak === null) return null;
  const placed = profile.ops.flatMap((op) => {
    const { fate, time_ms, macs, bytes } = op;
    if (fate.kind !== 'timed' || time_ms <= 0 || bytes === null || bytes === 0) return [];
    const arithmetic_ms = (2 * (macs ?? 0)) / (peak.gflops * 1e6);
    const memory_ms = bytes / (peak.bandwidth_gbs * 1e6);
    const ideal_ms = Math.max(arithmetic_ms, memory_ms);
    const point: RoofPoint = {
      op: op.op, kind: op.kind, name: op.name, time_ms,
      intensity: macs ? (2 * macs) / bytes : null,
      gflops: macs ? (2 * macs) / (time_ms * 1e6) : null,
      bandwidth_gbs: bytes / (time_ms * 1e6),
      share: ideal_ms / time_ms,
      bound: memory_ms > arithmetic_ms ? 'memory' : 'arithmetic',
    };
    return [{ point, ideal_ms }];
  });
  return { peak, points: placed.map(({ point }) => point), share: sum(placed, ({ ideal_ms }) => ideal_ms) / (sum(placed, ({ point }) => point.time_ms) || 1) };
}
