import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../report/findings';
import { measuredRow } from '../../report/testing/rows';
import { emptySummary } from '../../report/testing/summary';
import { nextStep } from './next-step';

const result = measuredRow({ samples_ms: [10, 10, 10] });
const nothing: Evidence = {
  summary: emptySummary, result, profile: null, roofline: null, series: null, unfolding: null, signing: null,
  environment: { user_agent: 'test', browser: null, platform: 'test', cores: 4, device_memory_gb: null, isolated: true, simd: true, relaxed_simd: true, gpu_adapter: null },
};

describe('nextStep', () => {
  it('says that nothing was found, and where to look closer', () => {
    expect(nextStep(nothing, null)).toEqual({ code: 'NOTHING_FOUND', sentence: 'Nothing was found that takes time and need not.', action: { kind: 'look', caption: 'Look closer' } });
  });

  it('offers the number of threads that was measured to be faster', () => {
    const point = (threads: number, median_ms: number) => ({ threads, row: 0, median_ms, interval_ms: [median_ms - 0.1, median_ms + 0.1] as const, speedup: 10 / median_ms, speedup_interval: null, efficiency: 1 });
    const threads = result.configuration.threads;
    const series = { name: 'model', points: [point(threads, 10), point(threads + 1, 6)], amdahl: null, usl: null, best_threads: threads + 1, enough_threads: threads + 1 };
    const step = nextStep({ ...nothing, series }, null);
    expect(step).toMatchObject({ code: 'MORE_THREADS', action: { kind: 'threads', threads: threads + 1 } });
    expect(step.sentence).toBe(`More threads would be faster. It costs 4.00 ms in every run. Choose ${threads + 1} threads.`);
  });

  it('sends legacy weights to where variants are made', () => {
    const summary = { ...emptySummary, weights: [{ dtype: 'uint8' as const, tensors: 1, elements: 10, bytes: 10 }] };
    const signing = { unsigned_ms: [9, 9.5, 10, 9, 9.5, 10, 9], signed_ms: [6, 6.5, 7, 6, 6.5, 7, 6] };
    expect(nextStep({ ...nothing, summary, signing }, null)).toMatchObject({ code: 'LEGACY_UINT8', action: { kind: 'variant' } });
  });

  it('offers int8 where it saves much and no run pays for anything else', () => {
    const estimate = { original_bytes: 1000, bytes: 300, weighted: 1, changed: 1, reasons: [] };
    expect(nextStep(nothing, estimate)).toMatchObject({ code: 'SMALLER', sentence: 'Nothing was found that takes time in every run and need not. int8 would make it about 300 B, 0.30 × its size.', action: { kind: 'variant' } });
    expect(nextStep(nothing, { ...estimate, bytes: 900 }).code).toBe('NOTHING_FOUND');
    const slowStart = { ...nothing, result: { ...result, latency_metrics: { ...result.latency_metrics, first_inference_ms: 60 } } };
    expect([nextStep(slowStart, estimate).code, nextStep(slowStart, null).code]).toEqual(['SMALLER', 'FIRST_INFERENCE']);
  });
});
