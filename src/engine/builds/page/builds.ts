import { LitescopeError } from '../../../errors';
import type { CompileMethods } from '../worker/compile.worker';
import { withWorker } from '../../../threads/page/owned-worker';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { Build } from '../shared/build';
import type { Capabilities, Configuration } from '../../configuration/shared/configuration';
import { loadWorker } from '../../../threads/page/load-worker';
import { StartedAhead } from '../../../threads/page/started-ahead';

/** The build of a runtime that fits a configuration on this device. */
export function chooseBuild(configuration: Configuration, capabilities: Capabilities): Build {
  switch (configuration.runtime) {
    case 'tfjs-tflite': return tfjsTfliteBuild(configuration, capabilities);
    case 'litert': return litertBuild(configuration, capabilities);
    case 'tfjs-kernels': return tfjsKernelsBuild(configuration, capabilities);
    case 'compiled': return compiledBuild(capabilities);
  }
}

function folder(runtime: Configuration['runtime']): { version: string; folder: string } {
  const version = __RUNTIME_VERSIONS__[runtime];
  return { version, folder: new URL(`runtimes/${runtime}-${version}/`, document.baseURI).href };
}

function tfjsTfliteBuild({ threads }: Configuration, { simd }: Capabilities): Build {
  const threaded = threads > 1;
  const suffix = `${simd ? '_simd' : ''}${threaded ? '_threaded' : ''}`;
  const file = `tflite_web_api_cc${suffix}`;
  return {
    runtime: 'tfjs-tflite', name: [simd ? 'simd' : 'no-simd', ...(threaded ? ['threaded'] : [])].join('-'), threaded, ...folder('tfjs-tflite'),
    moduleFile: `${file}.mjs`, classicFile: `${file}.js`, wasmFile: `${file}.wasm`,
  };
}

function litertBuild({ accelerator, threads }: Configuration, { relaxedSimd, jspi }: Capabilities): Build {
  const threaded = accelerator === 'wasm' && threads > 1;
  // Promise integration lets WebGPU and WebNN hand ops that they lack to WASM; it excludes threads.
  const name = threaded ? 'threaded' : accelerator !== 'wasm' && jspi && relaxedSimd ? 'jspi' : relaxedSimd ? 'relaxed-simd' : 'compat';
  const infix = name === 'relaxed-simd' ? '' : `${name}_`;
  const file = `litert_wasm_${infix}internal`;
  return { runtime: 'litert', name, threaded, ...folder('litert'), moduleFile: `${file}.mjs`, classicFile: `${file}.js`, wasmFile: `${file}.wasm` };
}

function tfjsKernelsBuild({ accelerator, threads }: Configuration, { simd }: Capabilities): Build {
  const common = { runtime: 'tfjs-kernels', ...folder('tfjs-kernels') } as const;
  if (accelerator === 'cpu') return { ...common, name: 'javascript', threaded: false, moduleFile: '', classicFile: '', wasmFile: '' };
  const threaded = threads > 1;
  const glue = `tfjs-backend-wasm${threaded ? '-threaded-simd' : ''}`;
  return {
    ...common, name: [simd ? 'simd' : 'no-simd', ...(threaded ? ['threaded'] : [])].join('-'), threaded,
    moduleFile: `${glue}.mjs`, classicFile: `${glue}.js`, wasmFile: `tfjs-backend-wasm${threaded ? '-threaded' : ''}${simd ? '-simd' : ''}.wasm`,
  };
}

/** The session's worker makes its WASM of the model: there is nothing to fetch. */
function compiledBuild({ relaxedSimd }: Capabilities): Build {
  return { runtime: 'compiled', name: relaxedSimd ? 'relaxed-simd' : 'simd', version: __RUNTIME_VERSIONS__.compiled, threaded: false, folder: '', moduleFile: '', classicFile: '', wasmFile: '' };
}

/** Addresses of all files that a build may load, absolute; of the threads' scripts some may not be there. */
export function filesOf({ folder: base, moduleFile, classicFile, wasmFile, threaded }: Build): readonly string[] {
  // Each thread begins with a script of its own, or with the glue itself, and takes the glue as a classic script.
  const files = [moduleFile, wasmFile, ...(threaded ? [classicFile, classicFile.replace(/\.js$/, '.worker.js')] : [])];
  return files.filter((file) => file !== '').map((file) => base + file);
}

/** The builds that this device would use, for any configuration. */
export function usableBuilds(capabilities: Capabilities): readonly Build[] {
  const threads = capabilities.threads ? [1, 2] : [1];
  const configurations: Configuration[] = [
    ...threads.flatMap((count) => (['tfjs-tflite', 'litert', 'tfjs-kernels'] as const).map((runtime): Configuration => ({ runtime, accelerator: 'wasm', threads: count }))),
    ...(capabilities.webgpu || capabilities.webnn ? [{ runtime: 'litert', accelerator: 'webgpu', threads: 1 } as const] : []),
  ];
  return configurations.map((configuration) => chooseBuild(configuration, capabilities));
}

const modules = new Map<string, Promise<WebAssembly.Module>>();
const used = new Set<Build>();

/** The builds whose WASM was asked for since the page is open. */
export const usedBuilds = (): readonly Build[] => [...used];

const compilers = new StartedAhead(() => loadWorker((Worker) => new Worker(new URL('../worker/compile.worker.ts', import.meta.url), { type: 'module', name: 'litescope-compile' })));

/** Starts the worker that compiles the next build, before it is known which. */
export function startCompiler(): void {
  compilers.start();
}

/** Who fetches and compiles: a worker, which ends when it is done. */
async function compileInWorker(build: Build, onProgress: (progress: SessionProgress) => void): Promise<WebAssembly.Module> {
  try {
    return await withWorker<CompileMethods, WebAssembly.Module>(() => compilers.take(), (remote) => remote.compile(build, { onProgress }));
  } catch (error) {
    throw LitescopeError.from(error, 'RUNTIME_LOAD_FAILED');
  }
}

/**
 * A runtime's compiled WASM, fetched and compiled off the main thread once for all sessions; null for a build without
 * any. A failure is not kept: the next call tries again.
 * @throws LitescopeError RUNTIME_LOAD_FAILED
 */
export function compiledModule(build: Build, onProgress: (progress: SessionProgress) => void, compile: typeof compileInWorker = compileInWorker): Promise<WebAssembly.Module | null> {
  if (build.wasmFile === '') return Promise.resolve(null);
  const url = build.folder + build.wasmFile;
  const known = modules.get(url);
  if (known !== undefined) return known;
  used.add(build);
  const compiling = compile(build, onProgress).catch((error: unknown) => {
    modules.delete(url);
    used.delete(build);
    throw error;
  });
  modules.set(url, compiling);
  return compiling;
}
