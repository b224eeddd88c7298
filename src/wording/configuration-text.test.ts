import { expect, test } from 'vitest';
import { configurationLine } from './configuration-text';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const ran = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;

test.each([
  [auto, null, 'Auto: runtime, accelerator and threads'],
  [auto, ran, 'Auto: tfjs-tflite, WebAssembly, 1 thread'],
  [{ ...auto, runtime: 'litert' }, null, 'litert, the rest auto'],
  [{ ...auto, threads: 2 }, { ...ran, threads: 2 }, 'tfjs-tflite (auto), WebAssembly (auto), 2 threads'],
  [{ runtime: 'litert', accelerator: 'webgpu', threads: 1 }, null, 'litert, WebGPU, 1 thread'],
] as const)('%j that came to %j is “%s”', (requested, produced, line) => {
  expect(configurationLine(requested, produced)).toBe(line);
});
