import { jspi, relaxedSimd, simd, threads } from 'wasm-feature-detect';
import type { Capabilities } from '../../configuration/shared/configuration';
import { byteProducts } from './byte-products';

let known: Promise<Capabilities> | null = null;

/** What this browser offers, found by trying. Asking for a WebGPU adapter takes a moment, so the answer is kept. */
export function capabilities(): Promise<Capabilities> {
  known ??= detect();
  return known;
}

async function detect(): Promise<Capabilities> {
  const isolated = globalThis.crossOriginIsolated;
  // Asked at once: each waits for another process.
  const [adapter, webnn, hasThreads] = [gpuAdapter(), givesWebnn(), isolated && threads()] as const;
  const products = byteProducts();
  const [gpu, givesContext, shared, vectors, relaxed, promises] = await Promise.all([adapter, webnn, hasThreads, simd(), relaxedSimd(), jspi()]);
  return {
    isolated,
    simd: vectors,
    relaxedSimd: relaxed,
    int8Dot: products === 'signed' || products === 'unsigned',
    threads: shared,
    jspi: promises,
    webgpu: gpu !== null,
    gpuAdapter: gpu === null ? null : describeAdapter(gpu),
    webnn: givesContext,
    cores: navigator.hardwareConcurrency,
  };
}

/** Browsers have the name without a backend behind it: only a context that is given counts. */
async function givesWebnn(): Promise<boolean> {
  const { ml } = navigator as { ml?: { createContext(): Promise<unknown> } };
  return ml === undefined ? false : ml.createContext().then(() => true, () => false);
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
