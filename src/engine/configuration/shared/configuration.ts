import type { PaddingReport } from './padding-report';

/** `compiled` makes a WebAssembly module of the model itself; the others interpret it. */
export type RuntimeName = 'tfjs-tflite' | 'litert' | 'tfjs-kernels' | 'compiled';
/** `cpu` is plain JavaScript, which only tfjs-kernels has. */
export type Accelerator = 'wasm' | 'webgpu' | 'webnn' | 'cpu';

/** What is asked for; `auto` lets the engine choose and fall back. */
export interface RequestedConfiguration {
  readonly runtime: RuntimeName | 'auto';
  readonly accelerator: Accelerator | 'auto';
  readonly threads: number | 'auto';
}

/** One attempt: nothing left open. */
export interface Configuration {
  readonly runtime: RuntimeName;
  readonly accelerator: Accelerator;
  readonly threads: number;
}

/** What really runs. */
export interface ProducedConfiguration extends Configuration {
  /** The WASM build: `simd-threaded`, `compat`, `jspi`, … */
  readonly variant: string;
  /** npm version of the runtime's package; of `compiled` that of Litescope. */
  readonly version: string;
  /** False when the accelerator (XNNPACK on `wasm`) took only part of the graph; null where the runtime does not say. */
  readonly fullyAccelerated: boolean | null;
  /** What `litert` on WebAssembly needed done to its packed weights; left out where nothing is known to be wrong. */
  readonly padding?: PaddingReport;
}

/** What this browser offers; measured in a worker, where sessions live. */
export interface Capabilities {
  readonly isolated: boolean;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Whether relaxed SIMD multiplies bytes without losing bits, which int8 needs to be fast: see `byteProducts`. */
  readonly int8Dot: boolean;
  readonly threads: boolean;
  readonly jspi: boolean;
  readonly webgpu: boolean;
  /** Vendor and architecture of the WebGPU adapter, as the browser names them; null where there is none. */
  readonly gpuAdapter: string | null;
  readonly webnn: boolean;
  readonly cores: number;
}
