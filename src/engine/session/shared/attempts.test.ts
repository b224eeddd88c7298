import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import { assertAvailable, attempts, automaticThreads, maximumThreads } from './attempts';
import type { Capabilities, Configuration, RequestedConfiguration } from '../../configuration/shared/configuration';
import { everyDevice, everything, nothing } from '../../testing/devices';
import { errorOf } from '../../../threads/testing/errors';
import { summaryOf } from '../../testing/summary';

const weights = (dtype: 'int8' | 'uint8' | 'float32', bytes: number) => ({ dtype, tensors: 1, elements: bytes, bytes });
const float = summaryOf({ weights: [weights('float32', 1000)] });
const int8 = summaryOf({ weights: [weights('int8', 900), weights('float32', 100)] });
const halfInt8 = summaryOf({ weights: [weights('int8', 500), weights('float32', 500)] });
const uint8 = summaryOf({ weights: [weights('uint8', 1000)] });

const auto: RequestedConfiguration = { runtime: 'auto', accelerator: 'auto', threads: 'auto' };
const spell = ({ runtime, accelerator, threads }: Configuration) => `${runtime} ${accelerator} ${threads}`;
const isolatedWithoutRelaxedSimd: Capabilities = { ...everything, relaxedSimd: false };

describe('attempts', () => {
  const cases: readonly [string, Partial<RequestedConfiguration>, Capabilities, ModelSummary, readonly string[]][] = [
    ['float weights: the smaller download first', {}, everything, float, ['tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['int8 weights: the runtime with dot products first', {}, everything, int8, ['litert wasm 4', 'tfjs-tflite wasm 4', 'tfjs-kernels wasm 4']],
    ['half int8 is not mostly int8', {}, everything, halfInt8, ['tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['uint8 weights have no dot products', {}, everything, uint8, ['tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['a model without weights', {}, everything, summaryOf(), ['tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['int8 without relaxed SIMD, whose runtime then has no threads', {}, isolatedWithoutRelaxedSimd, int8, ['tfjs-tflite wasm 4', 'litert wasm 1', 'tfjs-kernels wasm 4']],
    ['no threads on a page that is not isolated', {}, { ...everything, threads: false }, float, ['tfjs-tflite wasm 1', 'litert wasm 1', 'tfjs-kernels wasm 1']],
    ['one core stays free', {}, { ...everything, cores: 2 }, float, ['tfjs-tflite wasm 1', 'litert wasm 1', 'tfjs-kernels wasm 1']],
    ['the runtime that was asked for', { runtime: 'litert' }, everything, float, ['litert wasm 4', 'tfjs-tflite wasm 4', 'tfjs-kernels wasm 4']],
    ['the other runtime, against what suits the model', { runtime: 'tfjs-tflite' }, everything, int8, ['tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['the only choice of a runtime is one that works', { runtime: 'litert' }, isolatedWithoutRelaxedSimd, float, ['litert wasm 1', 'tfjs-tflite wasm 4', 'tfjs-kernels wasm 4']],
    ['more threads than stay free, because a person asked', { threads: 8 }, everything, float, ['tfjs-tflite wasm 8', 'litert wasm 8', 'tfjs-kernels wasm 8']],
    ['refused threads: one thread before another runtime', { threads: 9 }, everything, float, ['tfjs-tflite wasm 9', 'tfjs-tflite wasm 1', 'litert wasm 9', 'litert wasm 1', 'tfjs-kernels wasm 9', 'tfjs-kernels wasm 1']],
    ['threads that one runtime refuses', { threads: 2 }, isolatedWithoutRelaxedSimd, float, ['tfjs-tflite wasm 2', 'litert wasm 2', 'litert wasm 1', 'tfjs-kernels wasm 2']],
    ['threads without isolation', { runtime: 'litert', threads: 2 }, nothing, float, ['litert wasm 2', 'litert wasm 1', 'tfjs-tflite wasm 2', 'tfjs-tflite wasm 1', 'tfjs-kernels wasm 2', 'tfjs-kernels wasm 1']],
    ['WebGPU, then WebAssembly', { accelerator: 'webgpu' }, everything, float, ['litert webgpu 1', 'tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['WebNN that the browser lacks is still tried first', { accelerator: 'webnn' }, nothing, float, ['litert webnn 1', 'tfjs-tflite wasm 1', 'litert wasm 1', 'tfjs-kernels wasm 1']],
    [
      'a combination that does not exist is named first', { runtime: 'tfjs-tflite', accelerator: 'webgpu' }, everything, float,
      ['tfjs-tflite webgpu 1', 'litert webgpu 1', 'tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4'],
    ],
    ['the graph op by op, and then what is fast', { runtime: 'tfjs-kernels' }, everything, int8, ['tfjs-kernels wasm 4', 'litert wasm 4', 'tfjs-tflite wasm 4']],
    ['plain JavaScript, then WebAssembly', { runtime: 'tfjs-kernels', accelerator: 'cpu' }, everything, float, ['tfjs-kernels cpu 1', 'tfjs-kernels wasm 4', 'tfjs-tflite wasm 4', 'litert wasm 4']],
    ['plain JavaScript is tfjs-kernels’ own', { runtime: 'litert', accelerator: 'cpu' }, everything, float, ['litert cpu 1', 'tfjs-kernels cpu 1', 'litert wasm 4', 'tfjs-tflite wasm 4', 'tfjs-kernels wasm 4']],
    ['the model compiled, on one thread, and then what interprets it', { runtime: 'compiled' }, everything, float, ['compiled wasm 1', 'tfjs-tflite wasm 4', 'litert wasm 4', 'tfjs-kernels wasm 4']],
    ['threads of tfjs-kernels need SIMD', { runtime: 'tfjs-kernels' }, { ...nothing, threads: true, cores: 8 }, float, ['tfjs-kernels wasm 1', 'tfjs-tflite wasm 4', 'litert wasm 1']],
  ];
  it.each(cases)('%s', (_, requested, device, summary, expected) => {
    expect(attempts({ ...auto, ...requested }, device, summary).map(spell)).toEqual(expected);
  });

  const anyRequest = fc.record({
    runtime: fc.constantFrom('auto', 'tfjs-tflite', 'litert', 'tfjs-kernels', 'compiled'),
    accelerator: fc.constantFrom('auto', 'wasm', 'webgpu', 'webnn', 'cpu'),
    threads: fc.oneof(fc.constant('auto'), fc.integer({ min: -1, max: 40 })),
  }) as fc.Arbitrary<RequestedConfiguration>;
  const anyDevice = fc.record({ device: fc.constantFrom(...everyDevice), cores: fc.integer({ min: 1, max: 64 }) }).map(({ device, cores }) => ({ ...device, cores }));
  const anySummary = fc.constantFrom(float, int8, uint8, summaryOf());
  const isRefused = (configuration: Configuration, device: Capabilities) => {
    try {
      assertAvailable(configuration, device);
      return false;
    } catch {
      return true;
    }
  };

  it('never repeats itself and ends on WebAssembly', () => {
    fc.assert(fc.property(anyRequest, anyDevice, anySummary, (requested, device, summary) => {
      const list = attempts(requested, device, summary);
      expect(new Set(list.map(spell)).size).toBe(list.length);
      expect(list.at(-1)?.accelerator).toBe('wasm');
    }));
  });

  it('begins with exactly what was asked for where nothing was left open', () => {
    fc.assert(fc.property(anyRequest, anyDevice, anySummary, (requested, device, summary) => {
      const { runtime, accelerator, threads } = requested;
      fc.pre(runtime !== 'auto' && accelerator !== 'auto' && threads !== 'auto');
      // Threads are WebAssembly's; the other accelerators have none to give.
      expect(attempts(requested, device, summary)[0]).toEqual({ runtime, accelerator, threads: accelerator === 'wasm' ? threads : 1 });
    }));
  });

  it('holds something that the device can run, whatever was asked for', () => {
    fc.assert(fc.property(anyRequest, anyDevice, anySummary, (requested, device, summary) => {
      fc.pre(requested.threads === 'auto' || requested.threads >= 1);
      expect(attempts(requested, device, summary).some((configuration) => !isRefused(configuration, device))).toBe(true);
    }));
  });

  it('never chooses threads by itself that the device refuses', () => {
    fc.assert(fc.property(anyRequest, anyDevice, anySummary, (requested, device, summary) => {
      const onWasm = attempts({ ...requested, threads: 'auto' }, device, summary).filter(({ accelerator }) => accelerator === 'wasm');
      for (const configuration of onWasm.filter(({ runtime }) => (runtime !== 'litert' && runtime !== 'compiled') || device.simd)) {
        expect(isRefused(configuration, device)).toBe(false);
      }
    }));
  });
});

describe('threads', () => {
  it.each([[1, 1], [2, 1], [3, 2], [4, 3], [5, 4], [64, 4]])('leaves one of %i cores to the page: %i threads', (cores, expected) => {
    expect(automaticThreads({ ...everything, cores })).toBe(expected);
  });

  it('gives one thread where memory cannot be shared', () => {
    const device = { ...everything, threads: false };
    expect([automaticThreads(device), maximumThreads('tfjs-tflite', device), maximumThreads('litert', device)]).toEqual([1, 1, 1]);
  });

  it('gives tfjs-tflite its pool, LiteRT the cores, and LiteRT one thread without relaxed SIMD', () => {
    const device = { ...everything, cores: 3 };
    expect([maximumThreads('tfjs-tflite', device), maximumThreads('litert', device)]).toEqual([8, 3]);
    expect(maximumThreads('litert', { ...device, relaxedSimd: false })).toBe(1);
  });
});

describe('assertAvailable', () => {
  const wasm = { accelerator: 'wasm', threads: 1 } as const;
  const cases: readonly [Configuration, Capabilities, string, string][] = [
    [{ ...wasm, runtime: 'litert', threads: 0 }, everything, 'INVALID_CONFIGURATION', '0 is no number of threads.'],
    [{ ...wasm, runtime: 'tfjs-tflite', threads: 1.5 }, everything, 'INVALID_CONFIGURATION', '1.5 is no number of threads.'],
    [{ ...wasm, runtime: 'tfjs-tflite', threads: Number.NaN }, everything, 'INVALID_CONFIGURATION', 'NaN is no number of threads.'],
    [{ runtime: 'tfjs-tflite', accelerator: 'webgpu', threads: 1 }, everything, 'INVALID_CONFIGURATION', 'tfjs-tflite runs on WebAssembly only.'],
    [{ runtime: 'tfjs-kernels', accelerator: 'webgpu', threads: 1 }, everything, 'INVALID_CONFIGURATION', 'tfjs-kernels runs on WebAssembly or in plain JavaScript.'],
    [{ runtime: 'litert', accelerator: 'cpu', threads: 1 }, everything, 'INVALID_CONFIGURATION', 'litert does not run in plain JavaScript.'],
    [{ runtime: 'tfjs-kernels', accelerator: 'cpu', threads: 2 }, everything, 'INVALID_CONFIGURATION', 'Plain JavaScript runs on one thread.'],
    [{ ...wasm, runtime: 'tfjs-kernels', threads: 2 }, { ...nothing, threads: true }, 'NO_SIMD', 'The threads of tfjs-kernels need WebAssembly SIMD.'],
    [{ ...wasm, runtime: 'tfjs-tflite', threads: 9 }, everything, 'INVALID_CONFIGURATION', 'tfjs-tflite runs at most 8 threads here, not 9.'],
    [{ ...wasm, runtime: 'litert', threads: 9 }, everything, 'INVALID_CONFIGURATION', 'litert runs at most 8 threads here, not 9.'],
    [{ runtime: 'litert', accelerator: 'webgpu', threads: 1 }, { ...everything, webgpu: false }, 'NO_WEBGPU', 'The browser offers no WebGPU adapter.'],
    [{ runtime: 'litert', accelerator: 'webnn', threads: 1 }, { ...everything, webnn: false }, 'NO_WEBNN', 'The browser gives no WebNN context.'],
    [
      { runtime: 'litert', accelerator: 'webnn', threads: 1 }, { ...everything, jspi: false }, 'NO_WEBNN',
      'LiteRT reaches WebNN through JavaScript promise integration, which this browser lacks.',
    ],
    [{ ...wasm, runtime: 'litert' }, nothing, 'NO_SIMD', 'LiteRT needs WebAssembly SIMD.'],
    [{ ...wasm, runtime: 'compiled' }, nothing, 'NO_SIMD', 'Compiled models need WebAssembly SIMD.'],
    [{ ...wasm, runtime: 'compiled', threads: 2 }, everything, 'INVALID_CONFIGURATION', 'compiled runs at most 1 threads here, not 2.'],
    [{ runtime: 'compiled', accelerator: 'webgpu', threads: 1 }, everything, 'INVALID_CONFIGURATION', 'compiled runs on WebAssembly only.'],
    [{ ...wasm, runtime: 'litert', threads: 2 }, isolatedWithoutRelaxedSimd, 'NO_SIMD', 'LiteRT’s threads need relaxed SIMD.'],
    [{ ...wasm, runtime: 'tfjs-tflite', threads: 2 }, { ...everything, isolated: false, threads: false }, 'NOT_ISOLATED', 'Threads need SharedArrayBuffer, which browsers give to isolated pages only.'],
    [{ ...wasm, runtime: 'tfjs-tflite', threads: 2 }, { ...everything, threads: false }, 'NO_SHARED_MEMORY', 'The page is isolated, and the browser makes no shared memory all the same.'],
  ];
  it.each(cases)('refuses %o', (configuration, device, code, details) => {
    const error = errorOf(() => { assertAvailable(configuration, device); });
    expect([error.code, error.details]).toEqual([code, details]);
  });

  it.each<[Configuration, Capabilities]>([
    [{ ...wasm, runtime: 'tfjs-tflite' }, nothing],
    [{ ...wasm, runtime: 'tfjs-kernels' }, nothing],
    [{ ...wasm, runtime: 'tfjs-kernels', threads: 8 }, isolatedWithoutRelaxedSimd],
    [{ runtime: 'tfjs-kernels', accelerator: 'cpu', threads: 1 }, nothing],
    [{ ...wasm, runtime: 'litert' }, { ...nothing, simd: true }],
    [{ ...wasm, runtime: 'tfjs-tflite', threads: 8 }, { ...everything, cores: 2 }],
    [{ ...wasm, runtime: 'litert', threads: 8 }, everything],
    [{ runtime: 'litert', accelerator: 'webgpu', threads: 1 }, { ...everything, jspi: false }],
    [{ runtime: 'litert', accelerator: 'webnn', threads: 1 }, everything],
  ])('allows %o', (configuration, device) => {
    expect(assertAvailable(configuration, device)).toBeUndefined();
  });
});
