import { LitescopeError } from '../errors';
import type { Capabilities, Configuration, Progress, Variant } from './protocol';

/** The build of a runtime that fits a configuration on this device. */
export function chooseVariant(configuration: Configuration, capabilities: Capabilities): Variant {
  switch (configuration.runtime) {
    case 'tfjs-tflite': return tfjsTfliteVariant(configuration, capabilities);
    case 'litert': return litertVariant(configuration, capabilities);
    case 'tfjs-kernels': return tfjsKernelsVariant(configuration, capabilities);
  }
}

function folder(runtime: Configuration['runtime']): { version: string; folder: string } {
  const version = __RUNTIME_VERSIONS__[runtime];
  return { version, folder: new URL(`runtimes/${runtime}-${version}/`, document.baseURI).href };
}

function tfjsTfliteVariant({ threads }: Configuration, { simd }: Capabilities): Variant {
  const threaded = threads > 1;
  const suffix = `${simd ? '_simd' : ''}${threaded ? '_threaded' : ''}`;
  const file = `tflite_web_api_cc${suffix}`;
  return {
    runtime: 'tfjs-tflite', name: [simd ? 'simd' : 'no-simd', ...(threaded ? ['threaded'] : [])].join('-'), threaded, ...folder('tfjs-tflite'),
    moduleFile: `${file}.mjs`, classicFile: `${file}.js`, wasmFile: `${file}.wasm`,
  };
}

function litertVariant({ accelerator, threads }: Configuration, { relaxedSimd, jspi }: Capabilities): Variant {
  const threaded = accelerator === 'wasm' && threads > 1;
  // Promise integration lets WebGPU and WebNN hand ops that they lack to WASM; it excludes threads.
  const name = threaded ? 'threaded' : accelerator !== 'wasm' && jspi && relaxedSimd ? 'jspi' : relaxedSimd ? 'relaxed-simd' : 'compat';
  const infix = name === 'relaxed-simd' ? '' : `${name}_`;
  const file = `litert_wasm_${infix}internal`;
  return { runtime: 'litert', name, threaded, ...folder('litert'), moduleFile: `${file}.mjs`, classicFile: `${file}.js`, wasmFile: `${file}.wasm` };
}

function tfjsKernelsVariant({ accelerator, threads }: Configuration, { simd }: Capabilities): Variant {
  const common = { runtime: 'tfjs-kernels', ...folder('tfjs-kernels') } as const;
  if (accelerator === 'cpu') return { ...common, name: 'javascript', threaded: false, moduleFile: '', classicFile: '', wasmFile: '' };
  const threaded = threads > 1;
  const glue = `tfjs-backend-wasm${threaded ? '-threaded-simd' : ''}`;
  return {
    ...common, name: [simd ? 'simd' : 'no-simd', ...(threaded ? ['threaded'] : [])].join('-'), threaded,
    moduleFile: `${glue}.mjs`, classicFile: `${glue}.js`, wasmFile: `tfjs-backend-wasm${threaded ? '-threaded' : ''}${simd ? '-simd' : ''}.wasm`,
  };
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * Fetches and compiles a runtime's WASM while it streams in, off the main thread, once for all sessions; null for a build
 * without any. A failure is not kept: the next call tries again.
 * @throws LitescopeError RUNTIME_LOAD_FAILED
 */
export function compiledModule(variant: Variant, onProgress: (progress: Progress) => void): Promise<WebAssembly.Module | null> {
  if (variant.wasmFile === '') return Promise.resolve(null);
  const url = variant.folder + variant.wasmFile;
  const known = modules.get(url);
  if (known !== undefined) return known;
  const compiling = compile(url, variant, onProgress).catch((error: unknown) => {
    modules.delete(url);
    throw LitescopeError.from(error, 'RUNTIME_LOAD_FAILED');
  });
  modules.set(url, compiling);
  return compiling;
}

async function compile(url: string, variant: Variant, onProgress: (progress: Progress) => void): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new LitescopeError('RUNTIME_LOAD_FAILED', `${variant.wasmFile}: HTTP ${response.status}`);
  // A compressed response is counted after it was unpacked, so that its stated length says nothing.
  const length = response.headers.get('Content-Encoding') === null ? Number(response.headers.get('Content-Length')) : 0;
  const total_bytes = length > 0 ? length : null;
  let loaded_bytes = 0;
  const counted = response.body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      loaded_bytes += chunk.byteLength;
      onProgress({ kind: 'download', what: `runtime ${variant.runtime} (${variant.name})`, loaded_bytes, total_bytes });
      controller.enqueue(chunk);
    },
  }));
  return WebAssembly.compileStreaming(new Response(counted, { headers: { 'Content-Type': 'application/wasm' } }));
}
