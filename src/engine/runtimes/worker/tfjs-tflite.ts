import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { type ValueDType, byteLength } from '../../../tensor/dtype';
import type { SignatureTensor } from '../../../tflite/analysis/summary';
import { type CppObject, type CppVector, type EmscriptenModule, startModule, takeVector, trapToError, unsupportedOp } from './emscripten';
import type { LoadContext, LoadedModel, Runtime, RuntimeTensor } from './runtime';
import { requireValueDtype } from '../shared/requirements';
import { findTensorData } from './tflite-tensor';
import { profiledEvents, xnnpackClock } from './xnnpack-profile/xnnpack-clock';

interface TensorInfoHandle extends CppObject {
  readonly id: number;
  readonly name: string;
  /** `unknown` for the types that the binding does not know: int64, float16 and others. */
  readonly dataType: string;
  /** Dimensions with commas between them. */
  readonly shape: string;
  data(): ArrayBufferView | number | undefined;
}

interface ModelRunner extends CppObject {
  GetInputs(): CppVector<TensorInfoHandle>;
  GetOutputs(): CppVector<TensorInfoHandle>;
  Infer(): boolean;
  /** Of all runs so far, as text. */
  GetProfilingSummary(): string;
}

interface StatusOr<T> extends CppObject {
  ok(): boolean;
  errorMessage(): string;
  value(): T;
}

interface TfliteModule extends EmscriptenModule {
  readonly TFLiteWebModelRunner: {
    CreateFromBufferAndOptions(
      pointer: number,
      bytes: number,
      options: { numThreads: number; enableProfiling: boolean; maxProfilingBufferEntries: number },
    ): StatusOr<ModelRunner>;
  };
}

/** TensorFlow Lite's interpreter with XNNPACK, as @tensorflow/tfjs-tflite ships it. */
export const tfjsTflite: Runtime = {
  async load(context: LoadContext): Promise<LoadedModel> {
    const { bytes, configuration, log, profiled, signature } = context;
    if (signature.subgraph !== 0) {
      throw new LitescopeError('MODEL_REFUSED', text.onlyFirstSubgraph(signature.key, signature.subgraph));
    }
    const module = await startModule<TfliteModule>(context.build, context.wasm, log);
    context.onRuntimeStarted(module.HEAPU8.byteLength);
    const mark = log.mark;
    try {
      const pointer = module._malloc(bytes.byteLength);
      if (pointer === 0) throw new LitescopeError('OUT_OF_MEMORY', text.noMemoryForModel(bytes.byteLength));
      module.HEAPU8.set(bytes, pointer);
      const started = performance.now();
      const status = module.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, bytes.byteLength, {
        numThreads: configuration.threads,
        enableProfiling: profiled !== null,
        maxProfilingBufferEntries: profiled === null ? 0 : profiledEvents(profiled.subgraphs[signature.subgraph]?.operators.length ?? 0),
      });
      if (!status.ok()) throw refusal(status.errorMessage(), log.errorsSince(mark));
      const runner = status.value();
      const init_ms = performance.now() - started;
      const inputs = bindTensors(module, takeVector(runner.GetInputs()), signature.inputs);
      const outputs = bindTensors(module, takeVector(runner.GetOutputs()), signature.outputs);
      return {
        configuration: { ...configuration, variant: context.build.name, version: context.build.version, fullyAccelerated: null },
        inputs,
        outputs,
        init_ms,
        invoke() {
          const before = log.mark;
          let succeeded: boolean;
          try {
            succeeded = runner.Infer();
          } catch (error) {
            throw trapToError(error, 'INVOKE_FAILED', log, before);
          }
          if (!succeeded || log.mark !== before) failOnErrors(log.errorsSince(before), succeeded);
        },
        opClock: profiled === null ? undefined : xnnpackClock(() => runner.GetProfilingSummary(), profiled, signature.subgraph),
        release: () => undefined,
        poisonOutputs(byte) {
          // An output may be a constant of the model or an input passed through: those are not ours to overwrite.
          const own = new Set(inputs.map((input) => input.data().byteOffset));
          const poisoned = outputs.filter((output) => {
            const { byteOffset } = output.data();
            return !own.has(byteOffset) && (byteOffset < pointer || byteOffset >= pointer + bytes.byteLength);
          });
          for (const output of poisoned) output.data().fill(byte);
          return poisoned;
        },
        memoryBytes: () => module.HEAPU8.byteLength,
      };
    } catch (error) {
      throw trapToError(error, 'MODEL_REFUSED', log, mark);
    }
  },
};

function failOnErrors(errors: readonly string[], succeeded: boolean): void {
  if (succeeded && errors.length === 0) return;
  const op = unsupportedOp(errors);
  if (op !== null) throw new LitescopeError('UNSUPPORTED_OP', op.details, { place: op.place });
  throw new LitescopeError('INVOKE_FAILED', errors.join(' · ') || text.noReason);
}

function refusal(status: string, errors: readonly string[]): LitescopeError {
  const op = unsupportedOp(errors);
  if (op !== null) return new LitescopeError('UNSUPPORTED_OP', op.details, { place: op.place });
  return new LitescopeError('MODEL_REFUSED', [...errors, status].join(' · '));
}

/** Pairs the interpreter's tensors with the signature's, by tensor index. */
function bindTensors(module: TfliteModule, handles: readonly TensorInfoHandle[], edges: readonly SignatureTensor[]): RuntimeTensor[] {
  return edges.map((edge) => {
    const handle = handles.find(({ id }) => id === edge.tensorIndex) ?? handles.find(({ name }) => name === edge.tensorName);
    if (handle === undefined) throw new LitescopeError('MODEL_REFUSED', text.tensorNotAtEdge(edge.tensorName));
    const shape = handle.shape === '' ? [] : handle.shape.split(',').map(Number);
    const dtype = requireValueDtype(edge);
    return { name: edge.name, dtype, shape, quantization: edge.quantization, data: dataOf(module, handle, dtype, shape) };
  });
}

function dataOf(module: TfliteModule, handle: TensorInfoHandle, dtype: ValueDType, shape: readonly number[]): () => Uint8Array {
  const bytes = byteLength(dtype, shape) ?? 0;
  if (handle.dataType !== 'unknown') {
    return () => {
      const view = handle.data();
      if (view === undefined || typeof view === 'number') throw new LitescopeError('INTERNAL', text.tensorWithoutMemory(handle.name));
      return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    };
  }
  // The binding hands out no view for this type; the interpreter's own record of the tensor tells where it lies.
  const locate = () => findTensorData(module.HEAPU8, { dtype, shape, name: handle.name, bytes });
  if (locate() === null) throw new LitescopeError('UNSUPPORTED_DTYPE', text.tensorTypeWithoutMemory(handle.name, dtype));
  return () => {
    const pointer = locate();
    if (pointer === null) throw new LitescopeError('INTERNAL', text.tensorMoved(handle.name));
    return module.HEAPU8.subarray(pointer, pointer + bytes);
  };
}
