import { describe, expect, it } from 'vitest';
import { emptySummary } from './testing/summary';
import { findings, overlap, type Evidence, type Finding } from './findings';
import type { OpProfile } from './op-profile';
import type { Environment } from './report';
import { measuredRow } from './testing/rows';

const environment: Environment = {
  user_agent: 'test', browser: null, platform: 'test', cores: 4, device_memory_gb: null, isolated: true, simd: true, relaxed_simd: true, gpu_adapter: null,
};
const result = measuredRow({ samples_ms: [10, 10, 10] });
type Op = OpProfile['ops'][number];
const op = (index: number, kind: string, time_ms: number, more: Partial<Op> = {}): Op => ({
  op: index, kind, name: `op ${index}`, fate: { kind: 'timed' }, time_ms, interval_ms: null, accelerated: true, kernel: null, macs: null, bytes: null, times_called: 1, ...more,
});
const profile = (...ops: Op[]): OpProfile => ({ method: 'profiler', runs: 1, invoke_ms: 10, other_ms: 0, subgraph: 0, ops } as OpProfile);
const find = (more: Partial<Evidence>) => findings({ summary: emptySummary, result, environment, profile: null, roofline: null, series: null, unfolding: null, signing: null, ...more });
const brief = (more: Partial<Evidence>) => find(more).map(({ code, cost: { kind, ms }, ops }) => [code, kind, Number(ms.toFixed(6)), ops]);

describe('findings', () => {
  it('are none where nothing was measured that costs', () => {
    expect(find({})).toEqual([]);
    expect(find({ profile: profile(op(0, 'CONV_2D', 9, { macs: 1000, bytes: 10 })) })).toEqual([]);
  });

  it('add up ops that XNNPACK left, with their kinds', () => {
    const found = find({ profile: profile(op(0, 'CONV_2D', 5), op(1, 'CUSTOM', 2, { accelerated: false }), op(2, 'CUSTOM', 1, { accelerated: false }), op(3, 'GATHER', 0, { accelerated: false })) });
    expect(found).toMatchObject([{ code: 'NOT_ACCELERATED', cost: { kind: 'at most', ms: 3 }, ops: [1, 2], proof: '2 ops (2 × CUSTOM) took 3.00 ms of 10.0 ms in the interpreter’s own kernels; faster ones would take some of it too.' }]);
  });

  it('come dearest first, those of the start last, and none below a fiftieth of a run', () => {
    expect(brief({
      profile: profile(op(0, 'QUANTIZE', 0.5), op(1, 'DEQUANTIZE', 0.25), op(2, 'CUSTOM', 0.1, { accelerated: false }), op(3, 'FFT', 4, { accelerated: false })),
      result: { ...result, latency_metrics: { ...result.latency_metrics, first_inference_ms: 60 } },
    })).toEqual([['NOT_ACCELERATED', 'at most', 4.1, [2, 3]], ['REQUANTIZATION', 'at most', 0.75, [0, 1]], ['FIRST_INFERENCE', 'measured', 50, []]]);
    expect(find({ profile: profile(op(0, 'QUANTIZE', 0.1)) })).toEqual([]);
  });

  it('tell of legacy weights by the time of the ops that have them', () => {
    const summary = { ...emptySummary, weights: [{ dtype: 'uint8' as const, tensors: 1, elements: 10, bytes: 10 }, { dtype: 'int32' as const, tensors: 1, elements: 1, bytes: 4 }] };
    expect(brief({ summary, profile: profile(op(0, 'CONV_2D', 6, { macs: 5 }), op(1, 'ADD', 3)) })).toEqual([['LEGACY_UINT8', 'at most', 6, [0]]]);
    expect(find({ summary })).toEqual([]);
  });

  it('tell of legacy weights by what signed ones saved where both were timed, and are silent where those are no faster', () => {
    const summary = { ...emptySummary, weights: [{ dtype: 'uint8' as const, tensors: 1, elements: 10, bytes: 10 }] };
    const ops = profile(op(0, 'CONV_2D', 6, { macs: 5 }));
    const signed_ms = [6, 6.5, 7, 7.5, 8, 8.5, 9];
    const longerBy = (...more: number[]) => ({ unsigned_ms: signed_ms.map((run, round) => run + (more[round] ?? 0)), signed_ms });
    expect(find({ summary, profile: ops, signing: longerBy(3, 2.5, 3.5, 2, 4, 2.75, 3.25) })).toMatchObject([{
      code: 'LEGACY_UINT8', cost: { kind: 'measured', ms: 3 }, ops: [0],
      proof: 'In 7 runs of each in turn, a run took 10.5 ms as the model is and 7.50 ms with its weights signed, with a scale for each channel: 2.00 ms to 4.00 ms less (95 %).',
    }]);
    expect(find({ summary, profile: null, signing: longerBy(3, 2.5, 3.5, 2, 4, 2.75, 3.25) })).toMatchObject([{ cost: { kind: 'measured', ms: 3 }, ops: [] }]);
    expect(find({ summary, profile: ops, signing: longerBy(1, -1, 2, -2, 0.5, 1, 0) })).toEqual([]);
  });

  it('tell of half-precision weights once, with what loading them took longer, where it surely did', () => {
    const summary = { ...emptySummary, weights: [{ dtype: 'float16' as const, tensors: 1, elements: 500_000, bytes: 1_000_000 }] };
    const folded = profile(op(0, 'DEQUANTIZE', 0, { fate: { kind: 'folded' } }));
    const float_ms = [60, 61, 62, 63, 64, 65, 66];
    const longerBy = (...more: number[]) => ({ half_ms: float_ms.map((load, round) => load + (more[round] ?? 0)), float_ms });
    expect(find({ summary, profile: folded, unfolding: longerBy(110, 120, 90, 100, 105, 115, 95) })).toMatchObject([{
      code: 'FLOAT16_UNFOLDED', cost: { kind: 'measured', ms: 105 }, paid: 'once', ops: [0],
      proof: 'In 7 loads of each in turn, loading took 169.0 ms as it is and 63.0 ms with the same weights stored as float32: 90.0 ms to 120.0 ms more (95 %). 1.0 MB of weights take 2.0 MB of memory.',
    }]);
    expect(find({ summary, profile: folded, unfolding: longerBy(9, -1, 8, -2, 7, 6, 5) })).toEqual([]);
    expect(find({ summary, profile: folded })).toEqual([]);
  });

  it('tell of one thread where the page is not isolated: n threads save at most 1 − 1/n of what they share', () => {
    const ops = profile(op(0, 'CONV_2D', 8, { macs: 5 }));
    expect(find({ environment: { ...environment, isolated: false }, profile: ops })).toMatchObject([{
      code: 'SINGLE_THREADED', cost: { kind: 'at most', ms: 6 }, ops: [0],
      proof: '1 op that runtimes spread over threads took 8.00 ms of 10.0 ms. The device has 4 cores: two threads would save at most 4.00 ms and 4 threads at most 6.00 ms. How much they do save cannot be measured in this page.',
    }]);
    const [onTwo] = find({ environment: { ...environment, isolated: false, cores: 2 }, profile: ops });
    expect(onTwo?.cost).toEqual({ kind: 'at most', ms: 4 });
    expect(onTwo?.proof).toContain('The device has 2 cores: two threads would save at most 4.00 ms. How');
    expect(find({ profile: ops })).toEqual([]);
  });

  it('tell of too many and too few threads by the sweep, where the intervals are apart', () => {
    const point = (threads: number, median_ms: number, spread: number) => ({ threads, row: 0, median_ms, interval_ms: [median_ms - spread, median_ms + spread] as const, speedup: 10 / median_ms, speedup_interval: null, efficiency: 1 });
    const series = (here: number, enough_threads: number, spread: number) => ({
      name: 'm', points: [point(1, here, spread), point(2, 6, spread), point(4, 9, spread)], amdahl: null, usl: null, best_threads: enough_threads, enough_threads,
    });
    expect(brief({ series: series(10, 2, 0.5) })).toEqual([['MORE_THREADS', 'measured', 4, []]]);
    expect(brief({ series: series(10, 2, 0.5), result: { ...result, configuration: { ...result.configuration, threads: 4 } } })).toEqual([['TOO_MANY_THREADS', 'measured', 3, []]]);
    expect(find({ series: series(10, 2, 3) })).toEqual([]);
    expect(find({ series: series(5, 1, 0.5) })).toEqual([]);
  });

  it('tell of ops that wait for memory when they come near its roof', () => {
    const roofline = { instruction: 'x', peaks: [{ threads: 1, gflops: 40, bandwidth_gbs: 10 }] };
    expect(brief({
      roofline,
      // 7 MB in 1 ms is 7 GB/s; 1 MB in 1 ms is slow for another reason.
      profile: profile(op(0, 'ADD', 1, { bytes: 7e6 }), op(1, 'MUL', 1, { bytes: 1e6 }), op(2, 'CONV_2D', 3, { macs: 5e7, bytes: 1e6 })),
    })).toEqual([['MEMORY_BOUND', 'at most', 1, [0]]]);
  });

  it('pass on what a runtime’s check measured', () => {
    expect(find({ result: { ...result, warnings: [{ code: 'DENORMAL_WEIGHTS', text: 'Ten times slower than on zeros.', cost_ms: 9 }] } })).toMatchObject([{ code: 'DENORMAL_WEIGHTS', cost: { kind: 'measured', ms: 9 }, proof: 'Ten times slower than on zeros.' }]);
  });

  it('say nothing of memory where an op was faster than it is said to be', () => {
    const roofline = { instruction: 'x', peaks: [{ threads: 1, gflops: 40, bandwidth_gbs: 10 }] };
    expect(find({ roofline, profile: profile(op(0, 'ADD', 1, { bytes: 7e6 }), op(1, 'MUL', 1, { bytes: 2e7 })) })).toEqual([]);
  });

  it('overlap where they share ops or one is about whole runs', () => {
    const finding = (ops: readonly number[], paid: Finding['paid'] = 'every run'): Finding => ({ code: 'MEMORY_BOUND', title: '', cost: { kind: 'at most', ms: 1 }, paid, proof: '', advice: '', ops });
    expect([[finding([1, 2]), finding([2, 3])], [finding([1]), finding([])]].map(overlap)).toEqual([true, true]);
    expect([[], [finding([1])], [finding([])], [finding([1]), finding([2])], [finding([1]), finding([], 'once')], [finding([1]), finding([1], 'once')]].map(overlap)).toEqual([false, false, false, false, false, false]);
  });
});
