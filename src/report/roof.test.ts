import { describe, expect, it } from 'vitest';
import type { OpProfile } from './op-profile';
import { peakFor, readRoof } from './roof';

// 40 GFLOP/s and 10 GB/s: the ridge lies at 4 operations for each byte.
const one = { threads: 1, gflops: 40, bandwidth_gbs: 10 };
const two = { threads: 2, gflops: 80, bandwidth_gbs: 12 };
const roofline = { instruction: 'f32x4.relaxed_madd', peaks: [two, one] };

type Op = OpProfile['ops'][number];
const op = (index: number, more: Partial<Op>): Op => ({
  op: index, kind: 'CONV_2D', name: `op ${index}`, fate: { kind: 'timed' }, time_ms: 1, interval_ms: null, accelerated: true, kernel: null, macs: null, bytes: null, times_called: 1, ...more,
});
const profile = (...ops: Op[]): OpProfile => ({ method: 'profiler', runs: 1, invoke_ms: 5, other_ms: 0, subgraph: 0, ops } as OpProfile);

describe('readRoof', () => {
  it('places ops by hand-made arithmetic', () => {
    const reading = readRoof(roofline, profile(
      // 20 MFLOP over 1 MB in 1 ms: 20 GFLOP/s under a ceiling of 40.
      op(0, { macs: 1e7, bytes: 1e6 }),
      // 1 MFLOP over 1 MB in 0.2 ms: below the ridge; 1 MB takes 0.1 ms from memory.
      op(1, { kind: 'DEPTHWISE_CONV_2D', macs: 5e5, bytes: 1e6, time_ms: 0.2 }),
      // No arithmetic to speak of, 5 MB in 1 ms.
      op(2, { kind: 'ADD', bytes: 5e6 }),
      op(3, { fate: { kind: 'elided' }, time_ms: 0, bytes: 10 }),
      op(4, { bytes: null }),
    ), 1);
    expect(reading?.peak).toBe(one);
    expect(reading?.points.map(({ op: index }) => index)).toEqual([0, 1, 2]);
    expect(reading?.points[0]).toMatchObject({ intensity: 20, gflops: 20, share: 0.5, bound: 'arithmetic' });
    expect(reading?.points[1]).toMatchObject({ intensity: 1, gflops: 5, share: 0.5, bound: 'memory' });
    expect(reading?.points[2]).toMatchObject({ intensity: null, gflops: null, bandwidth_gbs: 5, share: 0.5, bound: 'memory' });
    expect(reading?.share).toBeCloseTo(0.5, 12);
  });

  it('takes the peak of as many threads, or the nearest below', () => {
    expect(readRoof(roofline, profile(op(0, { macs: 1e7, bytes: 1e6 })), 2)?.points[0]?.share).toBeCloseTo(0.25, 12);
    expect([peakFor(roofline, 8), peakFor(roofline, 1), peakFor({ ...roofline, peaks: [two] }, 1), peakFor({ ...roofline, peaks: [] }, 1)]).toEqual([two, one, two, null]);
    expect(readRoof({ ...roofline, peaks: [] }, profile(), 1)).toBeNull();
  });
});
