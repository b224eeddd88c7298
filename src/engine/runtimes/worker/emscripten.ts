import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { operatorPlace } from '../../../tflite/format/model';
import type { Build } from '../../builds/shared/build';
import type { RuntimeLog } from './runtime';

/** What every Emscripten module has that we use. */
export interface EmscriptenModule {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

export interface CppObject {
  delete(): void;
}

export interface CppVector<T> extends CppObject {
  size(): number;
  get(index: number): T;
}

interface ModuleOptions {
  locateFile(file: string): string;
  mainScriptUrlOrBlob: string;
  print(line: string): void;
  printErr(line: string): void;
  instantiateWasm(imports: WebAssembly.Imports, onInstance: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
}

type ModuleFactory<Module> = (options: ModuleOptions) => Promise<Module>;

/**
 * Starts one instance of a runtime's WASM from its compiled module.
 * @throws LitescopeError RUNTIME_LOAD_FAILED, OUT_OF_MEMORY
 */
export async function startModule<Module extends EmscriptenModule>(build: Build, wasm: WebAssembly.Module | null, log: RuntimeLog): Promise<Module> {
  if (wasm === null) throw new LitescopeError('INTERNAL', text.noWasm(build.name, build.runtime));
  try {
    const glue = (await import(/* @vite-ignore */ build.folder + build.moduleFile)) as { default: ModuleFactory<Module> };
    // Emscripten's own promise never settles when instantiation fails inside the hook, so this one does.
    return await new Promise<Module>((resolve, reject) => {
      glue.default({
        locateFile: (file) => build.folder + file,
        // Threads import the glue again, as a classic script.
        mainScriptUrlOrBlob: build.folder + build.classicFile,
        print: log.write,
        printErr: log.write,
        instantiateWasm(imports, onInstance) {
          tellRefusedGrowth(imports, log);
          WebAssembly.instantiate(wasm, imports).then((instance) => {
            onInstance(instance, wasm);
          }, reject);
          return {};
        },
      }).then(resolve, reject);
    });
  } catch (error) {
    throw trapToError(error, 'RUNTIME_LOAD_FAILED', log, 0);
  }
}

/**
 * Writes to the log when the heap cannot grow. The runtimes only abort then, without a word, as they do on other
 * failures, so that the reason would be lost.
 */
function tellRefusedGrowth(imports: WebAssembly.Imports, log: RuntimeLog): void {
  for (const group of Object.values(imports)) {
    for (const [key, value] of Object.entries(group)) {
      // Imports bear single letters; the functions behind them keep their names.
      if (typeof value !== 'function' || !value.name.endsWith('emscripten_resize_heap')) continue;
      const resize = value as (bytes: number) => boolean | number;
      group[key] = (bytes: number) => {
        const grown = resize(bytes);
        if (!grown) log.write(`ERROR: Out of memory: the heap could not grow to ${bytes >>> 0} bytes.`);
        return grown;
      };
    }
  }
}

/**
 * What a WASM trap, an abort or a C++ exception means. The runtime's own log says more than the exception does,
 * so its errors since `mark` come first.
 */
export function trapToError(error: unknown, fallback: 'RUNTIME_LOAD_FAILED' | 'MODEL_REFUSED' | 'INVOKE_FAILED', log: RuntimeLog, mark: number): LitescopeError {
  if (error instanceof LitescopeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const said = log.errorsSince(mark).filter((line) => !line.startsWith('Aborted'));
  const details = [...said, message].filter((line) => line.trim() !== '').join(' · ');
  if (/out of memory|\bOOM\b|Cannot enlarge memory|memory allocation|bad_alloc|Array buffer allocation failed/i.test(details)) {
    return new LitescopeError('OUT_OF_MEMORY', details, { cause: error });
  }
  const op = unsupportedOp(said);
  if (op !== null) return new LitescopeError('UNSUPPORTED_OP', op.details, { place: op.place, cause: error });
  return new LitescopeError(fallback, details, { cause: error });
}

/** Finds an op that TFLite's interpreter lacks in what it printed. */
export function unsupportedOp(errors: readonly string[]): { details: string; place: string | undefined } | null {
  const lacking = errors.find((line) => /Didn't find op for builtin opcode|Op builtin_code out of range|unresolved custom op|Select TensorFlow op\(s\)/i.test(line));
  if (lacking === undefined) return null;
  const node = errors.map((line) => /Node number (\d+) \(([^)]+)\)/.exec(line)).find((match) => match !== null);
  return { details: lacking, place: node?.[2] === undefined ? undefined : operatorPlace(0, Number(node[1]), node[2]) };
}

/** Copies a C++ vector's elements and frees the vector. */
export function takeVector<T>(vector: CppVector<T>): T[] {
  const values = Array.from({ length: vector.size() }, (_, index) => vector.get(index));
  vector.delete();
  return values;
}
