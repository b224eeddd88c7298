/**
 * Measures which ops, up to which version, each runtime has, and writes src/engine/runtimes/op-support.json.
 * Run it after a runtime's package was updated: `npx tsx scripts/measure-op-support.ts`.
 *
 * For every builtin op and rising versions a model with that one op is made and handed to the runtime, and what the
 * runtime prints tells whether its resolver knows the op. Nothing is taken from documentation.
 */
import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import type { LiteRtModule } from '../src/engine/runtimes/worker/litert/litert-bindings';
import { supportedOps } from '../src/engine/runtimes/worker/tfjs-kernels/op-table';
import { builtinOperators } from '../src/tflite/format/schema/operators';
import { buildModel } from '../src/tflite/testing/build';
import { findBrowser } from './lib/browser.mjs';
import { runtimeVersions } from './vite/runtime-assets';

const highestVersion = 16;

/** Custom ops that any of the runtimes' binaries mentions; whether a kernel stands behind the name is what is measured. */
const customOps = [
  'Convolution2DTransposeBias', 'MaxPoolingWithArgmax2D', 'MaxUnpooling2D', 'TransformTensor', 'TransformTensorBilinear', 'TransformLandmarks',
  'Landmarks2TransformMatrix', 'Landmarks2TransformMatrixV2', 'Resampler', 'TFLite_Detection_PostProcess', 'AudioSpectrogram', 'Mfcc', 'RFFT2D',
  'odml.rms_norm', 'odml.group_norm', 'odml.runtime_bmm', 'odml.scaled_dot_product_attention', 'odml.cache_update', 'odml.update_kv_cache',
  'aeq.hadamard_rotation', 'RandomUniform', 'Roll', 'Sign', 'Irfft2d', 'Atan2', 'Multinomial', 'RandomStandardNormal', 'Bucketize', 'Erfinv',
];

interface Probe {
  readonly builtin: number;
  readonly version: number;
  readonly custom?: string;
}

/** One op with one input and one output of type float32 and shape [1]. */
function modelOf({ builtin, version, custom }: Probe): Uint8Array {
  const tensor = (name: string) => ({ name, shape: [1], type: 0 });
  return buildModel({
    version: 3,
    operator_codes: [{ deprecated_builtin_code: Math.min(builtin, 127), builtin_code: builtin, version, ...(custom === undefined ? {} : { custom_code: custom }) }],
    subgraphs: [{ tensors: [tensor('input'), tensor('output')], inputs: [0], outputs: [1], operators: [{ opcode_index: 0, inputs: [0], outputs: [1] }] }],
    buffers: [{}],
  });
}

const server = await createServer({ server: { port: 0, host: 'localhost' }, logLevel: 'error' });
await server.listen();
const address = server.resolvedUrls?.local[0] ?? '';
const found = await findBrowser();
if (found === null) throw new Error('There is no browser to measure with; npm test installs one where it can.');
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
// The TypeScript loader marks functions with a helper that the page does not have.
await page.addInitScript('globalThis.__name = (marked) => marked');
await page.route('**/op-support-blank', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
await page.goto(`${address}op-support-blank`);

type RuntimeName = Exclude<keyof typeof runtimeVersions, 'tfjs-kernels'>;
const files: Readonly<Record<RuntimeName, string>> = { 'tfjs-tflite': 'tflite_web_api_cc_simd', litert: 'litert_wasm_internal' };

/** Everything that the runtime prints and throws when it loads the model and runs it once. */
async function says(runtime: RuntimeName, model: Uint8Array): Promise<string> {
  return page.evaluate(async ([name, folder, file, bytes]) => {
    type Factory = (options: object) => Promise<unknown>;
    const lab = globalThis as { probes?: Record<string, { factory: Factory; wasm: WebAssembly.Module }> };
    lab.probes ??= {};
    const { factory, wasm } = lab.probes[name] ??= {
      factory: ((await import(`${folder}${file}.mjs`)) as { default: Factory }).default,
      wasm: await WebAssembly.compileStreaming(fetch(`${folder}${file}.wasm`)),
    };
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    try {
      const started = await new Promise<unknown>((resolve, reject) => {
        factory({
          print, printErr: print, locateFile: (path: string) => folder + path,
          instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
            WebAssembly.instantiate(wasm, imports).then(done, reject);
            return {};
          },
        }).then(resolve, reject);
      });
      const memory = started as { HEAPU8: Uint8Array; _malloc(bytes: number): number };
      const pointer = memory._malloc(bytes.length);
      memory.HEAPU8.set(bytes, pointer);
      if (name === 'tfjs-tflite') {
        const module = started as { TFLiteWebModelRunner: { CreateFromBufferAndOptions(pointer: number, bytes: number, options: object): { ok(): boolean; errorMessage(): string } } };
        const status = module.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, bytes.length, { numThreads: 1, enableProfiling: false, maxProfilingBufferEntries: 0 });
        print(status.ok() ? 'loaded' : status.errorMessage());
      } else {
        const module = started as LiteRtModule;
        module.setupLogging();
        const environment = module.LiteRtEnvironment.create(null);
        const model = module.loadModel(environment, pointer, bytes.length);
        const compiled = await module.compileModel(environment, model, { accelerator: 'wasm', environment: {}, cpuOptions: { numThreads: 1 }, gpuOptions: {}, webNNOptions: {} });
        const type = model.getInputTensorType(0, 0);
        const buffer = module.LiteRtTensorBuffer.createManaged(environment, module.LiteRtTensorBufferType.HOST_MEMORY, type, type.bytes());
        await compiled.run(0, [buffer]);
        print('ran');
      }
    } catch (error) {
      print(`threw ${String(error)}`);
    }
    return lines.join('\n');
  }, [runtime, `/runtimes/${runtime}-${runtimeVersions[runtime]}/`, files[runtime], [...model]] as const);
}

const support: Record<string, { version: string; builtins: Record<string, number>; customs: string[] }> = {};
for (const runtime of Object.keys(files) as RuntimeName[]) {
  const builtins: Record<string, number> = {};
  for (const [builtin, name] of builtinOperators.entries()) {
    if (name === 'CUSTOM' || name === 'DELEGATE' || name.startsWith('PLACEHOLDER')) continue;
    for (let version = 1; version <= highestVersion; version++) {
      const said = await says(runtime, modelOf({ builtin, version }));
      if (process.argv.includes('--verbose')) console.log(runtime, name, version, said.split('\n').filter((line) => !line.startsWith('INFO') && !line.startsWith('WARNING')).join(' | '));
      if (/Didn't find op for builtin opcode|unresolved|Registration failed|[Uu]nsupported op/.test(said)) break;
      builtins[name] = version;
    }
  }
  const customs: string[] = [];
  for (const custom of customOps) {
    const said = await says(runtime, modelOf({ builtin: builtinOperators.indexOf('CUSTOM'), version: 1, custom }));
    if (process.argv.includes('--verbose')) console.log(runtime, custom, said.split('\n').filter((line) => !line.startsWith('INFO') && !line.startsWith('WARNING')).join(' | '));
    if (!/unresolved custom op/.test(said)) customs.push(custom);
  }
  support[runtime] = { version: runtimeVersions[runtime], builtins, customs };
  console.log(`${runtime} ${runtimeVersions[runtime]}: ${Object.keys(builtins).length} builtin ops, ${customs.length} custom ops`);
}
// tfjs-kernels is ours: its table says what it has, and its entries follow the ops up to the versions that the others have.
support['tfjs-kernels'] = {
  version: runtimeVersions['tfjs-kernels'],
  builtins: Object.fromEntries(supportedOps.builtins.map((name) => [name, Math.max(1, ...Object.values(support).map(({ builtins }) => builtins[name] ?? 0))])),
  customs: [...supportedOps.customs],
};
writeFileSync(new URL('../src/engine/runtimes/shared/op-support.json', import.meta.url), `${JSON.stringify(support, null, 1)}\n`);
await browser.close();
await server.close();
