import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runtimeVersions } from '../../../../scripts/vite/runtime-assets';
import { assertAvailable } from '../../session/shared/attempts';
import { LitescopeError } from '../../../errors';
import type { Build } from '../shared/build';
import type { Accelerator, Capabilities, Configuration, RuntimeName } from '../../configuration/shared/configuration';
import { everyDevice, everything, nothing } from '../../testing/devices';
import { rejectionOf } from '../../../threads/testing/errors';
import { chooseBuild, compiledModule, filesOf, usableBuilds } from './builds';

const folders: Readonly<Record<Exclude<RuntimeName, 'compiled'>, URL>> = {
  'tfjs-tflite': new URL('../../../../node_modules/@tensorflow/tfjs-tflite/wasm/', import.meta.url),
  litert: new URL('../../../../node_modules/@litertjs/core/wasm/', import.meta.url),
  'tfjs-kernels': new URL('../../../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url),
};

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://example.org/playground/index.html?model=x' });
  vi.stubGlobal('__RUNTIME_VERSIONS__', runtimeVersions);
});
afterEach(() => { vi.unstubAllGlobals(); });

/** Every configuration that can be asked for, on every device that accepts it. */
const accepted = everyDevice.flatMap((device) => (['tfjs-tflite', 'litert', 'tfjs-kernels'] as const).flatMap((runtime) =>
  (['wasm', 'webgpu', 'webnn', 'cpu'] as const).flatMap((accelerator: Accelerator) => [1, 2].flatMap((threads) => {
    const configuration: Configuration = { runtime, accelerator, threads };
    try {
      assertAvailable(configuration, device);
      return [{ configuration, device }];
    } catch {
      return [];
    }
  }))));

describe('usableBuilds', () => {
  it.each(everyDevice.map((device) => [device] as const))('has every build that a configuration may lead to', (device) => {
    const names = new Set(usableBuilds(device).map(({ folder, wasmFile }) => folder + wasmFile));
    const wanted = accepted.filter((each) => each.device === device && each.configuration.accelerator !== 'cpu').map(({ configuration }) => chooseBuild(configuration, device));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.map(({ folder, wasmFile }) => folder + wasmFile).filter((name) => !names.has(name))).toEqual([]);
  });

  it('needs modules and WASM alone without threads, and with them what threads begin with', () => {
    const build = (threads: number) => chooseBuild({ runtime: 'tfjs-tflite', accelerator: 'wasm', threads }, everything);
    const names = (threads: number) => filesOf(build(threads)).map((address) => address.split('/').at(-1));
    expect(names(1)).toEqual(['tflite_web_api_cc_simd.mjs', 'tflite_web_api_cc_simd.wasm']);
    expect(names(2)).toEqual(['tflite_web_api_cc_simd_threaded.mjs', 'tflite_web_api_cc_simd_threaded.wasm', 'tflite_web_api_cc_simd_threaded.js', 'tflite_web_api_cc_simd_threaded.worker.js']);
    expect(filesOf(chooseBuild({ runtime: 'tfjs-kernels', accelerator: 'cpu', threads: 1 }, everything))).toEqual([]);
    expect(filesOf(chooseBuild({ runtime: 'compiled', accelerator: 'wasm', threads: 1 }, everything))).toEqual([]);
  });
});

describe('chooseBuild', () => {
  const cases: readonly [string, RuntimeName, Accelerator, number, Capabilities, string, string, string?][] = [
    ['the oldest browser', 'tfjs-tflite', 'wasm', 1, nothing, 'no-simd', 'tflite_web_api_cc'],
    ['threads without SIMD', 'tfjs-tflite', 'wasm', 2, { ...nothing, threads: true }, 'no-simd-threaded', 'tflite_web_api_cc_threaded'],
    ['SIMD', 'tfjs-tflite', 'wasm', 1, everything, 'simd', 'tflite_web_api_cc_simd'],
    ['SIMD and threads', 'tfjs-tflite', 'wasm', 4, everything, 'simd-threaded', 'tflite_web_api_cc_simd_threaded'],
    ['SIMD alone', 'litert', 'wasm', 1, { ...nothing, simd: true }, 'compat', 'litert_wasm_compat_internal'],
    ['relaxed SIMD', 'litert', 'wasm', 1, everything, 'relaxed-simd', 'litert_wasm_internal'],
    ['relaxed SIMD and threads', 'litert', 'wasm', 2, everything, 'threaded', 'litert_wasm_threaded_internal'],
    ['WebGPU with help from WASM', 'litert', 'webgpu', 1, everything, 'jspi', 'litert_wasm_jspi_internal'],
    ['WebGPU ignores threads', 'litert', 'webgpu', 4, everything, 'jspi', 'litert_wasm_jspi_internal'],
    ['WebGPU without promise integration', 'litert', 'webgpu', 1, { ...everything, jspi: false }, 'relaxed-simd', 'litert_wasm_internal'],
    ['WebGPU without either', 'litert', 'webgpu', 1, { ...everything, jspi: false, relaxedSimd: false }, 'compat', 'litert_wasm_compat_internal'],
    ['WebNN', 'litert', 'webnn', 1, everything, 'jspi', 'litert_wasm_jspi_internal'],
    ['no SIMD', 'tfjs-kernels', 'wasm', 1, nothing, 'no-simd', 'tfjs-backend-wasm'],
    ['SIMD', 'tfjs-kernels', 'wasm', 1, everything, 'simd', 'tfjs-backend-wasm', 'tfjs-backend-wasm-simd'],
    ['SIMD and threads', 'tfjs-kernels', 'wasm', 2, everything, 'simd-threaded', 'tfjs-backend-wasm-threaded-simd'],
  ];
  it.each(cases)('%s: %s %s, %i threads', (_, runtime, accelerator, threads, device, name, file, wasm = file) => {
    const version = runtimeVersions[runtime];
    expect(chooseBuild({ runtime, accelerator, threads }, device)).toEqual({
      runtime, name, version,
      threaded: accelerator === 'wasm' && threads > 1,
      folder: `https://example.org/playground/runtimes/${runtime}-${version}/`,
      moduleFile: `${file}.mjs`, classicFile: `${file}.js`, wasmFile: `${wasm}.wasm`,
    });
  });

  it.each([[everything, 'relaxed-simd'], [{ ...nothing, simd: true }, 'simd']] as const)('fetches nothing for a model that is compiled', async (device, name) => {
    const build = chooseBuild({ runtime: 'compiled', accelerator: 'wasm', threads: 1 }, device);
    expect(build).toEqual({ runtime: 'compiled', name, version: runtimeVersions.compiled, threaded: false, folder: '', moduleFile: '', classicFile: '', wasmFile: '' });
    expect(await compiledModule(build, () => undefined)).toBeNull();
  });

  it('names files that the packages have, whatever the device', () => {
    const files = new Set(accepted.filter(({ configuration }) => configuration.accelerator !== 'cpu').map(({ configuration, device }) => {
      const { classicFile, wasmFile, moduleFile } = chooseBuild(configuration, device);
      expect(moduleFile).toBe(classicFile.replace(/\.js$/, '.mjs'));
      return `${configuration.runtime} ${classicFile} ${wasmFile}`;
    }));
    for (const [runtime, ...names] of [...files].map((line) => line.split(' '))) {
      for (const name of names) expect(existsSync(new URL(name, folders[runtime as keyof typeof folders])), name).toBe(true);
    }
  });

  it('needs no WASM for plain JavaScript, and fetches none', async () => {
    const build = chooseBuild({ runtime: 'tfjs-kernels', accelerator: 'cpu', threads: 1 }, nothing);
    expect(build).toMatchObject({ name: 'javascript', threaded: false, wasmFile: '' });
    expect(await compiledModule(build, () => undefined)).toBeNull();
  });

  it.each(['tfjs-tflite', 'litert', 'tfjs-kernels'] as const)('has a device for every build of %s', (runtime) => {
    const chosen = new Set(accepted.filter(({ configuration }) => configuration.runtime === runtime && configuration.accelerator !== 'cpu')
      .map(({ configuration, device }) => chooseBuild(configuration, device).wasmFile));
    expect([...chosen].sort()).toEqual(readdirSync(folders[runtime]).filter((file) => file.endsWith('.wasm')).sort());
  });

  it('takes a threaded build for more than one thread and only then', () => {
    for (const { configuration, device } of accepted) {
      const { threaded, classicFile } = chooseBuild(configuration, device);
      expect(threaded).toBe(configuration.accelerator === 'wasm' && configuration.threads > 1);
      expect(classicFile.includes('threaded')).toBe(threaded);
    }
  });
});

describe('compiledModule', () => {
  let places = 0;
  /** Modules are kept by address, so every test has one of its own. */
  const buildAt = (): Build => ({ ...chooseBuild({ runtime: 'litert', accelerator: 'wasm', threads: 1 }, everything), folder: `https://example.org/${places++}/` });
  const emptyModule = () => new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));

  it('compiles once for all sessions', async () => {
    const compiled: Build[] = [];
    const compile = (asked: Build) => Promise.resolve((compiled.push(asked), emptyModule()));
    const build = buildAt();
    const [first, second] = await Promise.all([compiledModule(build, () => undefined, compile), compiledModule(build, () => undefined, compile)]);
    expect(first).toBeInstanceOf(WebAssembly.Module);
    expect(second).toBe(first);
    expect(compiled).toEqual([build]);
  });

  it('tries again after a failure', async () => {
    const outcomes = [Promise.reject(new LitescopeError('RUNTIME_LOAD_FAILED', 'gone')), Promise.resolve(emptyModule())];
    const compile = () => outcomes.shift() ?? Promise.reject(new Error('asked too often'));
    const build = buildAt();
    const error = await rejectionOf(compiledModule(build, () => undefined, compile));
    expect([error.code, error.details]).toEqual(['RUNTIME_LOAD_FAILED', 'gone']);
    expect(await compiledModule(build, () => undefined, compile)).toBeInstanceOf(WebAssembly.Module);
    expect(outcomes).toEqual([]);
  });
});
