/**
 * Records what tfjs-tflite's profiler says of a model, for the tests of its parser:
 * `npx tsx scripts/record-profile.ts MODEL RUNS > src/engine/runtimes/worker/xnnpack-profile/testing/recordings/NAME.txt`
 *
 * The runtime's WASM runs in Node here, on one thread, with inputs of zeros.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

interface Runner {
  Infer(): boolean;
  GetProfilingSummary(): string;
}

interface TfliteModule {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  readonly TFLiteWebModelRunner: {
    CreateFromBufferAndOptions(pointer: number, bytes: number, options: object): { ok(): boolean; errorMessage(): string; value(): Runner };
  };
}

const [file, runs = '20'] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: npx tsx scripts/record-profile.ts MODEL [RUNS]');

const require = createRequire(import.meta.url);
const glue = require.resolve('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js');
const source = readFileSync(glue, 'utf8');
// The glue is a script for browsers; in Node it wants what CommonJS offers, and puts nothing anywhere.
const factory = new Function('require', '__dirname', '__filename', `${source}; return tflite_web_api_ModuleFactory;`)(require, dirname(glue), glue) as (options: object) => Promise<TfliteModule>;
const module = await factory({ wasmBinary: readFileSync(glue.replace(/\.js$/, '.wasm')), print: () => undefined, printErr: () => undefined });
const bytes = readFileSync(file);
const pointer = module._malloc(bytes.length);
module.HEAPU8.set(bytes, pointer);
const status = module.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, bytes.length, { numThreads: 1, enableProfiling: true, maxProfilingBufferEntries: 100_000 });
if (!status.ok()) throw new Error(status.errorMessage());
const runner = status.value();
for (let run = 0; run < Number(runs); run++) {
  if (!runner.Infer()) throw new Error('The model failed.');
}
process.stdout.write(runner.GetProfilingSummary());
