import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { unwrapThread, withoutDynamicCode } from './glue';

const packages = new URL('../../node_modules/', import.meta.url);
const folder = new URL('@tensorflow/tfjs-tflite/wasm/', packages);
const builds = ['tflite_web_api_cc', 'tflite_web_api_cc_simd', 'tflite_web_api_cc_threaded', 'tflite_web_api_cc_simd_threaded'] as const;
const replaced = ['createNamedFunction', 'craftInvokerFunction', '__emval_get_method_caller', 'craftEmvalAllocator'] as const;

const glueOf = (build: string) => readFileSync(new URL(`${build}.js`, folder), 'utf8');

describe('withoutDynamicCode', () => {
  it.each(builds)('leaves no way to compile source text in %s', (build) => {
    const original = glueOf(build);
    expect(original).toMatch(/new Function\(/);
    expect(original).toMatch(/new_\(Function/);
    const patched = withoutDynamicCode(original);
    expect(patched).not.toMatch(/new Function|new_\(Function|Function\}\(\)\(|[^.\w]eval\(/);
    expect(() => new vm.Script(patched)).not.toThrow();
  });

  it.each(builds)('keeps every other function of %s as it is', (build) => {
    const others = (glue: string) => glue.split(/(?=function [\w$]+\()/).filter((text) => ![...replaced, 'emval_get_global'].some((name) => text.startsWith(`function ${name}(`)));
    const original = glueOf(build);
    expect(others(original).length).toBeGreaterThan(150);
    expect(others(withoutDynamicCode(original))).toEqual(others(original));
  });

  it.each(replaced)('notices when %s is missing or there twice', (name) => {
    const glue = glueOf('tflite_web_api_cc');
    const message = `Expected exactly one ${name} in tfjs-tflite's glue`;
    expect(() => withoutDynamicCode(glue.replace(`function ${name}(`, 'function renamed('))).toThrow(message);
    expect(() => withoutDynamicCode(`${glue}\nfunction ${name}(){}`)).toThrow(message);
  });

  it('notices source text that is compiled in a new place', () => {
    expect(() => withoutDynamicCode(`${glueOf('tflite_web_api_cc')}\nvar f=new Function("return 1")`)).toThrow("tfjs-tflite's glue still compiles source text");
  });

  it('reads a heap that can grow through the threaded builds’ accessor', () => {
    expect(withoutDynamicCode(glueOf('tflite_web_api_cc_threaded'))).toContain('requireRegisteredType(GROWABLE_HEAP_U32()[argTypes>>2]');
    expect(withoutDynamicCode(glueOf('tflite_web_api_cc'))).toContain('requireRegisteredType(HEAPU32[argTypes>>2]');
  });
});

interface Vector<T> { size(): number; get(index: number): T }
interface Tensor { readonly name: string; readonly shape: string; readonly dataType: string; data(): Float32Array }
interface Runner { GetInputs(): Vector<Tensor>; GetOutputs(): Vector<Tensor>; Infer(): boolean; GetProfilingResults(): Vector<object>; GetProfilingSummary(): string; delete(): void }
interface Status { ok(): boolean; errorMessage(): string; value(): Runner; delete(): void }
interface Module {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  readonly TFLiteWebModelRunner: { CreateFromBufferAndOptions(...args: readonly unknown[]): Status };
}

const wasm = WebAssembly.compile(readFileSync(new URL('tflite_web_api_cc_simd.wasm', folder)));
const model = readFileSync(new URL('@mediapipe/face_detection/face_detection_short_range.tflite', packages));

/** Starts the glue in a realm of its own that looks like a page, with or without leave to compile source text. */
async function start(glue: string, mayCompile: boolean): Promise<Module> {
  const page = { WebAssembly, TextDecoder, performance, setTimeout, window: {}, document: {} };
  const realm = vm.createContext(page, { codeGeneration: { strings: mayCompile, wasm: true } });
  const factory = vm.runInContext(`${glue}\n;tflite_web_api_ModuleFactory`, realm) as (options: object) => Promise<Module>;
  const compiled = await wasm;
  return new Promise((resolve, reject) => {
    factory({
      print: () => undefined,
      printErr: () => undefined,
      locateFile: (file: string) => file,
      instantiateWasm(imports: WebAssembly.Imports, onInstance: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) {
        WebAssembly.instantiate(compiled, imports).then((instance) => { onInstance(instance, compiled); }, reject);
        return {};
      },
    }).then(resolve, reject);
  });
}

const options = { numThreads: 1, enableProfiling: true, maxProfilingBufferEntries: 1024 };

function loadModel(module: Module, bytes: Uint8Array = model): Status {
  const pointer = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, pointer);
  return module.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, bytes.length, options);
}

function all<T>(vector: Vector<T>): T[] {
  return Array.from({ length: vector.size() }, (_, index) => vector.get(index));
}

/** Everything that embind hands over in one run: strings, numbers, objects, views and vectors. */
function run(module: Module) {
  const status = loadModel(module);
  const runner = status.value();
  const describeTensor = ({ name, shape, dataType }: Tensor) => ({ name, shape, dataType });
  const [input] = all(runner.GetInputs());
  // A sequence that is the same everywhere; its values matter less than that there are many of them.
  let seed = 42;
  input?.data().forEach((_, index, view) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    view[index] = seed / 2 ** 31 - 1;
  });
  const succeeded = runner.Infer();
  const outputs = all(runner.GetOutputs());
  return {
    ok: status.ok(), succeeded,
    inputs: all(runner.GetInputs()).map(describeTensor),
    outputs: outputs.map(describeTensor),
    bits: outputs.map((output) => {
      const view = output.data();
      return [...new Uint32Array(view.buffer, view.byteOffset, view.length)];
    }),
    profiled: runner.GetProfilingResults().size() > 0 && runner.GetProfilingSummary().length > 0,
  };
}

describe('the patched glue', () => {
  it('runs face detection where source text may not be compiled, bit for bit as the original does where it may', async () => {
    const patched = run(await start(withoutDynamicCode(glueOf('tflite_web_api_cc_simd')), false));
    const original = run(await start(glueOf('tflite_web_api_cc_simd'), true));
    expect(patched).toEqual(original);
    expect(patched).toMatchObject({
      ok: true, succeeded: true, profiled: true,
      inputs: [{ name: 'input', shape: '1,128,128,3', dataType: 'float32' }],
      outputs: [{ name: 'regressors', shape: '1,896,16' }, { name: 'classificators', shape: '1,896,1' }],
    });
    expect(patched.bits.map(({ length }) => length)).toEqual([896 * 16, 896]);
    expect(new Set(patched.bits[0]).size).toBeGreaterThan(10_000);
  });

  it('is needed: the original cannot start there', async () => {
    await expect(start(glueOf('tflite_web_api_cc_simd'), false)).rejects.toThrow('Code generation from strings disallowed for this context');
  });

  it('checks arguments and hands back errors as the original does', async () => {
    for (const [glue, mayCompile] of [[withoutDynamicCode(glueOf('tflite_web_api_cc_simd')), false], [glueOf('tflite_web_api_cc_simd'), true]] as const) {
      const module = await start(glue, mayCompile);
      expect(() => module.TFLiteWebModelRunner.CreateFromBufferAndOptions(1)).toThrow(/called with 1 arguments, expected 3 args!/);
      const status = loadModel(module, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
      expect([status.ok(), status.errorMessage()]).toEqual([false, "INVALID_ARGUMENT: Can't initialize model"]);
      const live = loadModel(module).value();
      live.delete();
      expect(() => live.Infer()).toThrow(/deleted object/);
    }
  });
});

describe('unwrapThread', () => {
  const packaged = readFileSync(new URL('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js', packages), 'utf8');

  it('gives the thread script that the package keeps in a string, without its way in for Node', () => {
    const script = unwrapThread(packaged);
    expect(() => new vm.Script(script)).not.toThrow();
    expect(script).toMatch(/^"use strict";var Module=\{\};/);
    expect(script).toContain('importScripts(e.data.urlOrBlob)');
    expect(script).not.toMatch(/\beval\b|require\(/);
  });

  it.each([
    ['another export', packaged.replace('wasmWorkerContents', 'other')],
    ['a second string', `${packaged}\nmodule.exports.more = \`x\`;`],
    ['a string that is put together', packaged.replace('"use strict"', '${strict}')],
    ['no way in for Node', packaged.replace('if(ENVIRONMENT_IS_NODE){', 'if(false){')],
    ['source text that is compiled', packaged.replace('var initializedJS=false', 'eval("1")')],
  ])('refuses %s', (_, script) => {
    expect(() => unwrapThread(script)).toThrow('TensorFlow.js');
  });
});
