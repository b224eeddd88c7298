import { describe, expect, it } from 'vitest';
import { layoutHistogram } from './charts/histogram-scale';
import { describeFallback, describeConfiguration } from '../wording/configuration-text';
import { parseNumberList } from './number-list';
import { coordinatesOf, pageOf } from './parts/paging';
import { describeProgress, TimeLeft } from '../wording/progress';
import { safeFileName } from '../wording/report-text';
import { suggestShape } from '../wording/shapes';

describe('TimeLeft', () => {
  const at = (samples: number) => ({ kind: 'find-ranges', samples, total: 100, fraction: samples / 100 }) as const;

  it('goes by what the step took so far, and begins anew with the next step', () => {
    const timeLeft = new TimeLeft();
    const of = (progress: Parameters<typeof describeProgress>[0], now_ms: number) => timeLeft.of(progress, describeProgress(progress), now_ms);
    expect(of(at(0), 1000)).toBeUndefined();
    // Too early to tell, by time and by share.
    expect(of(at(10), 2000)).toBeUndefined();
    expect(of(at(2), 4000)).toBeUndefined();
    expect(of(at(20), 5000)).toBe(16);
    expect(of({ kind: 'quantize' }, 6000)).toBeUndefined();
    expect(of({ kind: 'prove', runtime: 'litert', fraction: 0.5 }, 7000)).toBeUndefined();
    expect(of({ kind: 'prove', runtime: 'litert', fraction: 0.75 }, 10_000)).toBe(3);
  });
});

describe('describeProgress', () => {
  it('gives downloads in bytes, with a share only where the total is known', () => {
    expect(describeProgress({ kind: 'download', what: 'a.tflite', loaded_bytes: 1_200_000, total_bytes: 2_400_000 })).toEqual({ text: 'Downloading a.tflite: 1.20 MB of 2.40 MB', fraction: 0.5 });
    expect(describeProgress({ kind: 'download', what: 'a.tflite', loaded_bytes: 1_200_000, total_bytes: null })).toEqual({ text: 'Downloading a.tflite: 1.20 MB', fraction: null });
  });

  it('gives timed runs with their median', () => {
    expect(describeProgress({ kind: 'timed-runs', runs: 12, fraction: 0.24, median_ms: 2.8 })).toEqual({ text: 'Measuring: 12 runs, median 2.80 ms', fraction: 0.24 });
  });
});

describe('configurations in words', () => {
  const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
  const tfjs = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;
  const litert = { ...tfjs, runtime: 'litert' } as const;

  it('says what was asked for and what ran', () => {
    expect(describeConfiguration(litert)).toBe('litert · WebAssembly · 1 thread');
    expect(describeFallback({ ...auto, runtime: 'tfjs-tflite' }, tfjs, litert)).toBe('tfjs-tflite was asked for, litert ran.');
    expect(describeFallback(auto, tfjs, litert)).toBe('tfjs-tflite was passed over, litert ran.');
  });

  it('names accelerator and threads where the runtime is the same', () => {
    expect(describeFallback({ ...auto, accelerator: 'webgpu' }, { ...litert, accelerator: 'webgpu' }, litert)).toBe('litert · WebGPU · 1 thread was asked for, litert · WebAssembly · 1 thread ran.');
  });
});

describe('layoutHistogram', () => {
  it('holds every sample, within the plot', () => {
    const samples = Array.from({ length: 200 }, (_, index) => 3 + Math.sin(index) * 0.2);
    for (const fromZero of [true, false]) {
      const { bars } = layoutHistogram(samples, 400, 100, fromZero);
      expect(bars.reduce((sum, { bin }) => sum + bin.count, 0)).toBe(200);
      for (const { x, width, height } of bars) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(402);
        expect(height).toBeLessThanOrEqual(100);
      }
    }
  });

  it('keeps a stall from squeezing the others', () => {
    const samples = [...Array.from({ length: 100 }, (_, index) => 3 + (index % 10) / 50), 250];
    const { bars, xOf } = layoutHistogram(samples, 400, 100, true);
    expect(bars.at(-1)).toMatchObject({ overflow: true, bin: { count: 1 } });
    expect(xOf(3)).toBeGreaterThan(200);
    expect(xOf(250)).toBeGreaterThan(380);
  });

  it.each([[[]], [[2]], [[2, 2, 2]], [[0]]])('survives %j', (samples) => {
    for (const fromZero of [true, false]) {
      for (const { x, width } of layoutHistogram(samples, 400, 100, fromZero).bars) expect(Number.isFinite(x + width)).toBe(true);
    }
  });
});

describe('small helpers', () => {
  it('reads lists of numbers', () => {
    expect(parseNumberList('127.5')).toEqual([127.5]);
    expect(parseNumberList('1, 2 3')).toEqual([1, 2, 3]);
    expect(parseNumberList('')).toBeNull();
    expect(parseNumberList('a')).toBeNull();
  });

  it('finds coordinates and pages', () => {
    expect(coordinatesOf(23, [2, 3, 4])).toEqual([1, 2, 3]);
    expect(coordinatesOf(0, [])).toEqual([]);
    expect(pageOf(120, 50, 130)).toBe(2);
    expect(pageOf(999, 50, 130)).toBe(2);
    expect(pageOf(0, 50, 0)).toBe(0);
  });

  it('suggests sizes for free dimensions', () => {
    expect(suggestShape([-1, -1, -1, 3])).toEqual([1, 224, 224, 3]);
    expect(suggestShape([-1, 10])).toEqual([1, 10]);
  });

  it('makes names that file systems take', () => {
    expect(safeFileName('Face detection, short range/StatefulPartitionedCall:0')).toBe('Face-detection-short-range-StatefulPartitionedCall-0');
    expect(safeFileName('..')).toBe('litescope');
  });
});
