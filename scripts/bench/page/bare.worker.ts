/** A loop around a runtime's invoke in a worker, with nothing of ours between: the yardstick for the engine's own cost. */
import type { LiteRtModule } from '../../../src/engine/runtimes/litert-bindings';

export interface BareRequest {
  readonly runtime: 'tfjs-tflite' | 'litert';
  /** Folder of the runtime's files, with a closing slash. */
  readonly folder: string;
  /** The glue script's name without its ending. */
  readonly file: string;
  readonly wasm: WebAssembly.Module;
  readonly model: ArrayBuffer;
  readonly warmup_ms: number;
  readonly runs: number;
}

interface Runner {
  GetInputs(): { get(index: number): { data(): Float32Array } };
  Infer(): boolean;
}

interface TfliteModule {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  readonly TFLiteWebModelRunner: { CreateFromBufferAndOptions(pointer: number, bytes: number, options: object): { ok(): boolean; errorMessage(): string; value(): Runner } };
}

/** One run; what it returns is given to `free` after the clock was read. */
interface Loop {
  infer(): unknown;
  free(result: unknown): void;
}

async function start<Module>({ folder, file, wasm }: BareRequest): Promise<Module> {
  type Factory = (options: object) => Promise<Module>;
  const { default: factory } = (await import(/* @vite-ignore */ `${folder}${file}.mjs`)) as { default: Factory };
  return factory({
    locateFile: (name: string) => folder + name,
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      void WebAssembly.instantiate(wasm, imports).then(done);
      return {};
    },
  });
}

async function tfjsTflite(request: BareRequest): Promise<Loop> {
  const module = await start<TfliteModule>(request);
  const pointer = module._malloc(request.model.byteLength);
  module.HEAPU8.set(new Uint8Array(request.model), pointer);
  const status = module.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, request.model.byteLength, { numThreads: 1, enableProfiling: false, maxProfilingBufferEntries: 0 });
  if (!status.ok()) throw new Error(status.errorMessage());
  const runner = status.value();
  runner.GetInputs().get(0).data().fill(0);
  return { infer: () => runner.Infer(), free: () => undefined };
}

async function litert(request: BareRequest): Promise<Loop> {
  const module = await start<LiteRtModule>(request);
  module.setupLogging();
  const environment = module.LiteRtEnvironment.create(null);
  const pointer = module._malloc(request.model.byteLength);
  module.HEAPU8.set(new Uint8Array(request.model), pointer);
  const model = module.loadModel(environment, pointer, request.model.byteLength);
  const compiled = await module.compileModel(environment, model, { accelerator: 'wasm', environment: {}, cpuOptions: { numThreads: 1 }, gpuOptions: {}, webNNOptions: {} });
  const type = model.getInputTensorType(0, 0);
  const input = module.LiteRtTensorBuffer.createManaged(environment, module.LiteRtTensorBufferType.HOST_MEMORY, type, type.bytes());
  const address = input.lock(module.LiteRtTensorBufferLockMode.WRITE);
  module.HEAPU8.fill(0, address, address + type.bytes());
  input.unlock();
  const inputs = [input];
  return {
    infer: () => compiled.run(0, inputs),
    free: (results) => { for (const result of results as { delete(): void }[]) result.delete(); },
  };
}

async function measure(request: BareRequest): Promise<number[]> {
  const { infer, free } = await (request.runtime === 'litert' ? litert(request) : tfjsTflite(request));
  const warmedUp = performance.now() + request.warmup_ms;
  do free(infer()); while (performance.now() < warmedUp);
  const samples: number[] = [];
  for (let run = 0; run < request.runs; run++) {
    const started = performance.now();
    const result = infer();
    const ended = performance.now();
    free(result);
    samples.push(ended - started);
  }
  return samples;
}

self.onmessage = ({ data }: MessageEvent<BareRequest>) => {
  measure(data).then((samples) => { self.postMessage(samples); }, (error: unknown) => { self.postMessage(String(error)); });
};
