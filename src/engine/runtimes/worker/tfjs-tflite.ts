import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { type ValueDType, byteLength } from '../../../tensor/dtype';
import type { SignatureTensor } from '../../../tflite/analysis/summary';
import { type CppObject, type CppVector, type EmscriptenModule, startModule, takeVector, trapToError, unsupportedOp } from './emscripten';
import type { LoadContext, LoadedModel, Runtime, RuntimeTensor } from './runtime';
import { requireValueDtype } from '../shared/value-dtype';
import { findTensorData } from './tflite-tensor';

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
    // Few sessions time ops, and what reads the profiler's text is more than all else here.
    const profiling = profiled === null ? null : { model: profiled, ...await import('./xnnpack-profile/xnnpack-clock') };
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
        enableProfiling: profiling !== null,
        maxProfilingBufferEntries: profiling === null ? 0 : profiling.profiledEvents(profiling.model.subgraphs[signature.subgraph]?.operators.length ?? 0),
      });
      if (!status.ok()) throw refusal(status.errorMessage(), log.errorsSince(mark));
      const runner = status.value();
      const init_ms = performance.now() - started;
      const taken = [new Handles(() => runner.GetInputs()), new Handles(() => runner.GetOutputs())] as const;
      const inputs = signature.inputs.map((edge) => bindTensor(module, taken[0], edge));
      const outputs = signature.outputs.map((edge) => bindTensor(module, taken[1], edge));
      // An output may get its memory in the run alone.
      for (const { data } of inputs) data();
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
          } finally {
            for (const handles of taken) handles.expire();
          }
          if (!succeeded || log.mark !== before) failOnErrors(log.errorsSince(before), succeeded);
        },
        opClock: profiling === null ? undefined : profiling.xnnpackClock(() => runner.GetProfilingSummary(), profiling.model, signature.subgraph),
        release: () => undefined,
        poisonOutputs(byte) {
          // An output may be a constant of the model or an input passed through: those are not ours to overwrite.
          const own = new Set(inputs.map((input) => input.data().byteOffset));
          return outputs.filter((output) => {
            const memory = whereThereIs(() => output.data());
            if (memory === null || own.has(memory.byteOffset)) return false;
            if (memory.byteOffset >= pointer && memory.byteOffset < pointer + bytes.byteLength) return false;
            memory.fill(byte);
            return true;
          });
        },
        memoryBytes: () => module.HEAPU8.byteLength,
      };
    } catch (error) {
      throw trapToError(error, 'MODEL_REFUSED', log, mark);
    }
  },
};

/** Null for an output that gets its memory in the run alone. */
function whereThereIs<T>(memory: () => T): T | null {
  try {
    return memory();
  } catch (error) {
    if (error instanceof LitescopeError) return null;
    throw error;
  }
}

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

/**
 * The tensors at one of the interpreter's edges. What the binding hands out is a record of where a tensor lies and of its shape
 * at that moment; where sizes follow from values, a run moves and resizes tensors, so that it is asked for anew after each.
 */
class Handles {
  readonly #take: () => CppVector<TensorInfoHandle>;
  #handles: readonly TensorInfoHandle[] = [];
  #expired = true;

  constructor(take: () => CppVector<TensorInfoHandle>) {
    this.#take = take;
  }

  /** The interpreter has run. */
  expire(): void {
    this.#expired = true;
  }

  /** By tensor index. */
  of({ tensorIndex, tensorName }: SignatureTensor): TensorInfoHandle {
    if (this.#expired) {
      for (const handle of this.#handles) handle.delete();
      this.#handles = takeVector(this.#take());
      this.#expired = false;
    }
    const handle = this.#handles.find(({ id }) => id === tensorIndex) ?? this.#handles.find(({ name }) => name === tensorName);
    if (handle === undefined) throw new LitescopeError('MODEL_REFUSED', text.tensorNotAtEdge(tensorName));
    return handle;
  }
}

function bindTensor(module: TfliteModule, handles: Handles, edge: SignatureTensor): RuntimeTensor {
  const dtype = requireValueDtype(edge);
  const shape = (): readonly number[] => {
    const dimensions = handles.of(edge).shape;
    return dimensions === '' ? [] : dimensions.split(',').map(Number);
  };
  shape();
  return {
    name: edge.name, dtype, quantization: edge.quantization,
    get shape() { return shape(); },
    data: () => memoryOf(module, handles.of(edge), dtype, shape()),
  };
}

/** @throws LitescopeError INVOKE_FAILED, or UNSUPPORTED_DTYPE for types that the binding does not know, where a tensor has no memory */
function memoryOf(module: TfliteModule, handle: TensorInfoHandle, dtype: ValueDType, shape: readonly number[]): Uint8Array {
  if (handle.dataType !== 'unknown') {
    const view = handle.data();
    if (view === undefined || typeof view === 'number' || view.byteOffset === 0) throw new LitescopeError('INVOKE_FAILED', text.tensorWithoutMemory(handle.name));
    return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  }
  // The binding hands out no view for this type; the interpreter's own record of the tensor tells where it lies.
  const bytes = byteLength(dtype, shape) ?? 0;
  const pointer = findTensorData(module.HEAPU8, { dtype, shape, name: handle.name, bytes });
  if (pointer === null) throw new LitescopeError('UNSUPPORTED_DTYPE', text.tensorTypeWithoutMemory(handle.name, dtype));
  return module.HEAPU8.subarray(pointer, pointer + bytes);
}
