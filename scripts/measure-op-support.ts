/**
 * Measures which ops, up to which version, each runtime has, and writes src/engine/runtimes/shared/op-support.json.
 * Run it after a runtime's package was updated: `npx tsx scripts/measure-op-support.ts`.
 *
 * For every builtin op and rising versions a model with that one op is made and handed to the runtime, and what the
 * runtime prints tells whether its resolver knows the op. Nothing is taken from documentation.
 *
 * tfjs-kernels has no resolver: an op goes by its types and settings, whatever its version. So it runs each op with
 * operands, in all forms that its tests know, and an op counts up to the version at which what comes out is right. A
 * version that neither of the others knows has no meaning yet, and is not asked for.
 */
import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import type { LiteRtModule } from '../src/engine/runtimes/worker/litert/litert-bindings';
import { cases } from '../src/engine/runtimes/worker/tfjs-kernels/testing/cases';
import { expectedOf, fileOf, outputOf, stored, type Case } from '../src/engine/runtimes/worker/tfjs-kernels/testing/one-op';
import { recurrentCases } from '../src/engine/runtimes/worker/tfjs-kernels/testing/recurrent';
import type { tfjsKernels as TfjsKernels } from '../src/engine/runtimes/worker/tfjs-kernels/tfjs-kernels';
import type { RuntimeLog as Log } from '../src/engine/runtimes/worker/runtime';
import { builtinOperators } from '../src/tflite/format/schema/operators';
import { summarize } from '../src/tflite/analysis/summarize';
import { buildModel } from '../src/tflite/testing/build';
import { openModel } from '../src/tflite/format/verify/verify';
import { findBrowser } from './lib/browser.mjs';
import { runtimeVersions } from './vite/runtime-assets';

const highestVersion = 16;
/** BROADCAST_TO is known from version 2 on. */
const highestFirstVersion = 2;

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
page.on('console', (message) => { if (process.argv.includes('--verbose')) console.log(message.text()); });
await page.addInitScript('globalThis.__name = (marked) => marked');
await page.route('**/op-support-blank', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
await page.goto(`${address}op-support-blank`);

type RuntimeName = Exclude<keyof typeof runtimeVersions, 'tfjs-kernels' | 'compiled'>;
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
      if (!/Didn't find op for builtin opcode|unresolved|Registration failed|[Uu]nsupported op/.test(said)) builtins[name] = version;
      else if (builtins[name] !== undefined || version >= highestFirstVersion) break;
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

/** The bytes of what comes out of an op on tfjs-kernels, with their shapes; null where it cannot be run. */
async function computedByKernels(one: Case, version: number): Promise<readonly { readonly shape: readonly number[]; readonly bytes: readonly number[] }[] | null> {
  const { outputs = [{}] } = one;
  const model = fileOf({ ...one, outputs }, version);
  const [signature] = summarize(openModel(model)).signatures;
  if (signature === undefined) throw new Error(`${one.op}: there is no signature`);
  const inputs = one.inputs.flatMap((input) => (input === null || input.constant === true || input.variable === true ? [] : [[...stored(input)]]));
  return page.evaluate(async ({ model, inputs, signature, version, folder }) => {
    const files = { moduleFile: 'tfjs-backend-wasm.mjs', classicFile: 'tfjs-backend-wasm.js', wasmFile: 'tfjs-backend-wasm-simd.wasm' };
    const lab = globalThis as { kernelsWasm?: Promise<WebAssembly.Module> };
    lab.kernelsWasm ??= WebAssembly.compileStreaming(fetch(folder + files.wasmFile));
    const [{ tfjsKernels }, { RuntimeLog }] = await Promise.all([
      import('/src/engine/runtimes/worker/tfjs-kernels/tfjs-kernels.ts' as string) as Promise<{ tfjsKernels: typeof TfjsKernels }>,
      import('/src/engine/runtimes/worker/runtime.ts' as string) as Promise<{ RuntimeLog: typeof Log }>,
    ]);
    const wasm = await lab.kernelsWasm;
    try {
      const loaded = await tfjsKernels.load({
        bytes: new Uint8Array(model), wasm, signature, signatureIndex: 0, log: new RuntimeLog(), profiled: null, onRuntimeStarted: () => undefined,
        configuration: { runtime: 'tfjs-kernels', accelerator: 'wasm', threads: 1 },
        build: { runtime: 'tfjs-kernels', name: 'simd', threaded: false, version, folder, ...files },
      });
      loaded.inputs.forEach((input, position) => { input.data().set(inputs[position] ?? []); });
      await loaded.invoke();
      const outputs = loaded.outputs.map((output) => ({ shape: [...output.shape], bytes: [...output.data()] }));
      return outputs;
    } catch (error) {
      console.log(String(error));
      return null;
    }
  }, { model: [...model], inputs, signature, version: runtimeVersions['tfjs-kernels'], folder: new URL(`runtimes/tfjs-kernels-${runtimeVersions['tfjs-kernels']}/`, address).href });
}

/** Whether what comes out is right: within a step of quantized outputs, within rounding of others. */
async function isRight(one: Case, version: number): Promise<boolean> {
  const { outputs = [{}], error = 2e-6 } = one;
  const computed = await computedByKernels(one, version);
  return computed !== null && expectedOf(one).every(({ shape, values }, position) => {
    const output = outputs[position] ?? {};
    const { shape: gotShape, bytes } = computed[position] ?? { shape: [], bytes: [] };
    const got = outputOf(output, gotShape, Uint8Array.from(bytes)).values;
    const allowed = output.quantization === undefined ? error * Math.max(1e-6, ...values.map(Math.abs)) : 1.0001 * (output.quantization.scale[0] ?? 0);
    return shape.join() === gotShape.join() && values.every((value, index) => Math.abs(value - (got[index] ?? NaN)) <= allowed);
  });
}

const kernels = { version: runtimeVersions['tfjs-kernels'], builtins: {} as Record<string, number>, customs: [] as string[] };
for (const op of new Set([...cases, ...recurrentCases].map((one) => one.op))) {
  const forms = [...cases, ...recurrentCases].filter((one) => one.op === op);
  const custom = !(builtinOperators as readonly string[]).includes(op);
  const highest = custom ? 1 : Math.max(1, ...Object.values(support).map(({ builtins }) => builtins[op] ?? 0));
  for (let version = 1; version <= highest; version++) {
    const wrong: Case[] = [];
    for (const form of forms) if (!await isRight(form, version)) wrong.push(form);
    for (const { what } of wrong) console.log(`tfjs-kernels is wrong at version ${version} of ${op}${what === undefined ? '' : ` (${what})`}`);
    if (wrong.length > 0) break;
    if (custom) kernels.customs.push(op);
    else kernels.builtins[op] = version;
  }
}
support['tfjs-kernels'] = kernels;
console.log(`tfjs-kernels ${kernels.version}: ${Object.keys(kernels.builtins).length} builtin ops, ${kernels.customs.length} custom ops`);
writeFileSync(new URL('../src/engine/runtimes/shared/op-support.json', import.meta.url), `${JSON.stringify(support, null, 1)}\n`);
await browser.close();
await server.close();
