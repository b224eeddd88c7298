import type { Capabilities } from '../../session/shared/configuration';
import { byteProducts } from './byte-products';

/** Smallest modules that use one feature each; an engine without it rejects them. */
const featureModules = {
  /** `i8x16.splat` and `i8x16.popcnt`. */
  simd: [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
  /** `i8x16.relaxed_swizzle`. */
  relaxedSimd: [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
  /** A shared memory and `i32.atomic.load`. */
  threads: [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11],
} as const;

function has(feature: keyof typeof featureModules): boolean {
  return WebAssembly.validate(new Uint8Array(featureModules[feature]));
}

let known: Promise<Capabilities> | null = null;

/** What this browser offers. Asking for a WebGPU adapter takes a moment, so the answer is kept. */
export function capabilities(): Promise<Capabilities> {
  known ??= detect();
  return known;
}

async function detect(): Promise<Capabilities> {
  const isolated = globalThis.crossOriginIsolated;
  const adapter = await gpuAdapter();
  const products = byteProducts();
  return {
    isolated,
    simd: has('simd'),
    relaxedSimd: has('relaxedSimd'),
    int8Dot: products === 'signed' || products === 'unsigned',
    threads: isolated && typeof SharedArrayBuffer !== 'undefined' && has('threads'),
    jspi: 'Suspending' in WebAssembly,
    webgpu: adapter !== null,
    gpuAdapter: adapter === null ? null : describeAdapter(adapter),
    webnn: 'ml' in navigator,
    cores: navigator.hardwareConcurrency,
  };
}

async function gpuAdapter(): Promise<GPUAdapter | null> {
  // Present only in secure contexts and in browsers that have it, whatever the type says.
  const gpu = (navigator as { gpu?: GPU }).gpu;
  if (gpu === undefined) return null;
  return gpu.requestAdapter().catch(() => null);
}

function describeAdapter({ info }: GPUAdapter): string {
  const known = [info.vendor, info.architecture, info.device, info.description].filter((part) => part !== '');
  return known.length === 0 ? 'unnamed' : [...new Set(known)].join(' ');
}
