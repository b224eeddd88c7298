/**
 * The engine's own session worker, and beside it a bare loop around the very runtime, model and memory that it loaded:
 * what differs between the two is only ours.
 */
import '../../../src/studies/worker/session.worker';
import type { LiteRtModule, LiteRtTensorBuffer } from '../../../src/engine/runtimes/worker/litert/litert-bindings';

export interface BareRequest {
  readonly warmup_ms: number;
  readonly runs: number;
}

/** One run; what it returns is given to `free` after the clock was read. */
interface Loop {
  infer(): unknown;
  free(result: unknown): void;
}

interface Runner {
  Infer(): boolean;
}

interface TfliteModule {
  readonly TFLiteWebModelRunner: { CreateFromBufferAndOptions(pointer: number, bytes: number, options: object): { value(): Runner } };
}

declare global {
  var watchModule: (module: LiteRtModule | TfliteModule) => void;
}

let loop: Loop | null = null;

/** Called with the runtime's module before the engine loads a model with it; see `watchedGlue` in overhead.ts. */
self.watchModule = (module) => {
  if ('TFLiteWebModelRunner' in module) watchTfjsTflite(module);
  else watchLiteRt(module);
};

function watchTfjsTflite({ TFLiteWebModelRunner }: TfliteModule): void {
  const create = TFLiteWebModelRunner.CreateFromBufferAndOptions.bind(TFLiteWebModelRunner);
  TFLiteWebModelRunner.CreateFromBufferAndOptions = (pointer, bytes, options) => {
    const status = create(pointer, bytes, options);
    const value = status.value.bind(status);
    status.value = () => {
      const runner = value();
      loop = { infer: () => runner.Infer(), free: () => undefined };
      return runner;
    };
    return status;
  };
}

function watchLiteRt(module: LiteRtModule): void {
  const inputs: LiteRtTensorBuffer[] = [];
  const buffers = module.LiteRtTensorBuffer;
  const createManaged = buffers.createManaged.bind(buffers);
  Object.assign(buffers, {
    createManaged(...parameters: Parameters<typeof createManaged>) {
      const buffer = createManaged(...parameters);
      inputs.push(buffer);
      return buffer;
    },
  });
  const compileModel = module.compileModel.bind(module);
  Object.assign(module, {
    async compileModel(...parameters: Parameters<typeof compileModel>) {
      const compiled = await compileModel(...parameters);
      loop = {
        infer: () => compiled.run(0, inputs),
        free: (results) => { for (const result of results as { delete(): void }[]) result.delete(); },
      };
      return compiled;
    },
  });
}

function measure({ warmup_ms, runs }: BareRequest): number[] {
  if (loop === null) throw new Error('No model was loaded.');
  const { infer, free } = loop;
  const warmedUp = performance.now() + warmup_ms;
  do free(infer()); while (performance.now() < warmedUp);
  const samples: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    const result = infer();
    const ended = performance.now();
    free(result);
    samples.push(ended - started);
  }
  return samples;
}

// The session's own messages come by the worker's global port, ours by one that the page sends first.
self.addEventListener('message', ({ data }: MessageEvent<{ readonly bare?: MessagePort }>) => {
  const port = data.bare;
  if (port === undefined) return;
  port.onmessage = ({ data: request }: MessageEvent<BareRequest>) => { port.postMessage(measure(request)); };
});
