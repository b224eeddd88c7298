import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import type { EmscriptenModule } from '../emscripten';

/** The Emscripten module of TensorFlow.js' WASM backend, before and after it is wired up. */
export interface KernelModule extends EmscriptenModule {
  cwrap(name: string, returns: 'number' | null, takes: readonly 'number'[]): (...numbers: number[]) => number;
  tfjs?: Readonly<Record<string, (...numbers: number[]) => number>>;
}

/**
 * Makes TensorFlow.js compute with a WASM module that was started elsewhere. Its own start-up makes workers and scripts out
 * of blobs, which a strict content security policy forbids.
 */
export async function useWasmBackend(module: KernelModule, threads: number): Promise<void> {
  setThreadsCount(threads);
  // The names are those of TensorFlow.js' C functions, `init` and so on.
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => new BackendWasm(module as unknown as ConstructorParameters<typeof BackendWasm>[0]));
  await tf.setBackend('wasm');
}

/** TensorFlow.js in plain JavaScript: slow, and without a line of XNNPACK. */
export async function useJavaScriptBackend(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
}
