import { assertSoundModel, openModel } from '../../../../tflite/format/verify/verify';
import { inferShapes } from '../../../../tflite/analysis/infer-shapes';
import type { SignatureTensor } from '../../../../tflite/analysis/summary';
import { compileModel, type CompiledModel, type CompiledTensor } from '../../../../compiler/compile';
import { requireValueDtype } from '../../shared/value-dtype';
import { trapToError } from '../emscripten';
import type { LoadContext, LoadedModel, Runtime, RuntimeTensor } from '../runtime';
import { CallClock } from './call-clock';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly run: () => void;
}

/** The model as a WebAssembly module of its own, compiled in the session's worker: float32, on one thread. */
export const compiled: Runtime = {
  async load({ build, bytes, configuration, log, profiled, signature, onRuntimeStarted }: LoadContext): Promise<LoadedModel> {
    onRuntimeStarted(0);
    const mark = log.mark;
    try {
      const started = performance.now();
      const model = openModel(bytes.slice());
      assertSoundModel(model);
      const made = compileModel(model, { subgraph: signature.subgraph, relaxed: build.name === 'relaxed-simd' });
      const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(made.code));
      const { memory, run } = exports as unknown as Exports;
      new Uint8Array(memory.buffer).set(made.constants, made.constantsAddress);
      const { shapes } = inferShapes(model, signature.key);
      const edge = (handed: readonly CompiledTensor[], wanted: readonly number[]) => (each: SignatureTensor): RuntimeTensor => edgeOf(memory, each, shapes[each.tensorIndex] ?? [], handed[wanted.indexOf(each.tensorIndex)]);
      const subgraph = model.subgraphs[signature.subgraph];
      const outputs = signature.outputs.map(edge(made.outputs, subgraph?.outputs ?? []));
      const init_ms = performance.now() - started;
      const clock = profiled === null ? null : new CallClock(callsOf(exports, made), made, subgraph?.operators.length ?? 0);
      return {
        configuration: { ...configuration, variant: build.name, version: build.version, fullyAccelerated: true },
        inputs: signature.inputs.map(edge(made.inputs, subgraph?.inputs ?? [])),
        outputs,
        init_ms,
        invoke() {
          const before = log.mark;
          try {
            if (clock === null) run();
            else clock.run();
          } catch (error) {
            throw trapToError(error, 'INVOKE_FAILED', log, before);
          }
        },
        // Outputs have their places for good.
        release: () => undefined,
        poisonOutputs(byte) {
          for (const output of outputs) output.data().fill(byte);
          return outputs;
        },
        opClock: clock ?? undefined,
        memoryBytes: () => memory.buffer.byteLength,
      };
    } catch (error) {
      throw trapToError(error, 'MODEL_REFUSED', log, mark);
    }
  },
};

function callsOf(exports: WebAssembly.Exports, { calls }: CompiledModel): (() => void)[] {
  return calls.map((_, index) => exports[`call${index}`] as () => void);
}

function edgeOf(memory: WebAssembly.Memory, { name, dtype, quantization }: SignatureTensor, shape: readonly number[], place: CompiledTensor | undefined): RuntimeTensor {
  const { address, bytes } = place ?? { address: 0, bytes: 0 };
  return { name, dtype: requireValueDtype({ name, dtype }), quantization, shape, data: () => new Uint8Array(memory.buffer, address, bytes) };
}
