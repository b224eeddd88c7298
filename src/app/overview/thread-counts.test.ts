import { expect, test } from 'vitest';
import type { Capabilities } from '../../engine/configuration/shared/configuration';
import { overviewThreadCounts } from './thread-counts';

const device = (cores: number, threads = true): Capabilities => ({
  isolated: threads, simd: true, relaxedSimd: true, int8Dot: true, threads, jspi: true, webgpu: false, gpuAdapter: null, webnn: false, cores,
});

test.each([[2, [1, 2]], [4, [1, 2, 4]], [6, [1, 2, 4, 6]], [8, [1, 2, 4, 8]], [32, [1, 2, 4, 8]], [1, [1]]])('On %s cores a short look takes %j threads', (cores, counts) => {
  expect(overviewThreadCounts('tfjs-tflite', 'wasm', device(cores))).toEqual(counts);
});

test('There is nothing to compare without threads, or where the accelerator has none', () => {
  expect(overviewThreadCounts('litert', 'wasm', device(8, false))).toEqual([1]);
  expect(overviewThreadCounts('litert', 'webgpu', device(8))).toEqual([]);
});
