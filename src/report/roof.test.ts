import { describe, expect, it } from 'vitest';
import type { OpProfile } from './op-profile';
import { bandwidthFor, doubtText, peakFor, readRoof } from './roof';

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
    ), 1, []);
    expect(reading?.peak).toBe(one);
    expect(reading?.points.map(({ op: index }) => index)).toEqual([0, 1, 2]);
    expect(reading?.points[0]).toMatchObject({ intensity: 20, gflops: 20, share: 0.5, bound: 'arithmetic' });
    expect(reading?.points[1]).toMatchObject({ intensity: 1, gflops: 5, share: 0.5, bound: 'memory' });
    expect(reading?.points[2]).toMatchObject({ intensity: null, gflops: null, bandwidth_gbs: 5, share: 0.5, bound: 'memory' });
    expect(reading?.share).toBeCloseTo(0.5, 12);
  });

  it('takes the peak of as many threads, or the nearest below', () => {
    expect(readRoof(roofline, profile(op(0, { macs: 1e7, bytes: 1e6 })), 2, [])?.points[0]?.share).toBeCloseTo(0.25, 12);
    expect([peakFor(roofline, 8), peakFor(roofline, 1), peakFor({ ...roofline, peaks: [two] }, 1), peakFor({ ...roofline, peaks: [] }, 1)]).toEqual([two, one, two, null]);
    expect(readRoof({ ...roofline, peaks: [] }, profile(), 1, [])).toBeNull();
  });

  it('tells which ops exceed the roof, by the slowest that they may have been', () => {
    const reading = readRoof(roofline, profile(
      // 52 GFLOP/s under a ceiling of 40; the same with an interval up to 39; 42, as good as 40; 20 GB/s of memory that gives 10.
      op(0, { macs: 2.6e7, bytes: 1e6 }),
      op(1, { macs: 2.6e7, bytes: 1e6, interval_ms: [0.7, 1.33] }),
      op(2, { macs: 2.05e7, bytes: 1e6 }),
      op(3, { kind: 'ADD', bytes: 2e7 }),
    ), 1, []);
    expect(reading?.exceeding.map(({ op: index, bound }) => [index, bound])).toEqual([[0, 'arithmetic'], [3, 'memory']]);
    expect(reading?.points.map(({ exceeds }) => exceeds)).toEqual([true, false, false, true]);
    expect(reading && doubtText(reading)).toContain('2 of 4 ops are faster than this roof allows, op 3 (ADD) at 200 % of it. So the peak of arithmetic and memory is doubtful');
  });

  it('leaves out what only gives the same bytes another shape', () => {
    // 35 MB in 1 ms, where memory gives 10 GB/s: no byte was moved, and the peak is none the worse.
    const reading = readRoof(roofline, profile(op(0, { kind: 'RESHAPE', bytes: 3.5e7 }), op(1, { kind: 'PAD', bytes: 5e6 })), 1, []);
    expect(reading?.points.map(({ op: index }) => index)).toEqual([1]);
    expect(reading?.exceeding).toEqual([]);
  });

  it('lets what fits into caches come from them', () => {
    const caches = [{ bytes: 1000, bandwidth_gbs: 80 }, { bytes: 100_000, bandwidth_gbs: 40 }];
    expect([10, 1000, 99_999, 100_000, 100_001].map((bytes) => bandwidthFor({ ...one, caches }, bytes))).toEqual([80, 80, 80, 40, 10]);
    expect(bandwidthFor(one, 10)).toBe(10);
    // 20 kB in 1 µs are 20 GB/s: a quarter of what the nearest cache gives, and twice what memory does.
    const cached = readRoof({ ...roofline, peaks: [{ ...one, caches }] }, profile(op(0, { kind: 'ADD', bytes: 20_000, time_ms: 0.001 })), 1, []);
    expect(cached?.points).toMatchObject([{ share: 0.25, exceeds: false }]);
  });

  it('holds models of 8 bits against what the browser does with bytes', () => {
    const peaks = [{ ...one, int8_gops: 160 }];
    const fast = profile(op(0, { macs: 4e7, bytes: 1e6 }));
    const weights = (dtype: 'int8' | 'float32') => [{ dtype, tensors: 1, elements: 9, bytes: 9 }, { dtype: 'int32' as const, tensors: 1, elements: 1, bytes: 4 }];
    expect(readRoof({ ...roofline, peaks }, fast, 1, weights('int8'))).toMatchObject({ arithmetic: 'int8', ceiling_gflops: 160, exceeding: [], share: 0.5 });
    expect(readRoof({ ...roofline, peaks }, fast, 1, weights('float32'))).toMatchObject({ arithmetic: 'float32', ceiling_gflops: 40, share: 2 });
    expect(readRoof(roofline, fast, 1, weights('int8'))).toMatchObject({ arithmetic: 'float32', ceiling_gflops: 40 });
  });
});
