import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { byteLength } from '../../../../tensor/dtype';
import { readModel } from '../../../../tflite/format/read/reader';
import type { SignatureTensor } from '../../../../tflite/analysis/summary';
import { startModule, takeVector, trapToError, unsupportedOp } from '../emscripten';
import { gpuTensors, requestGpuDevice } from './litert-gpu';
import type { LiteRtModule, LiteRtTensorBuffer, LiteRtTensorType } from './litert-bindings';
import { bytesOf, fillFreeHeap, poisonFreeBlocks } from './litert-memory';
import { cleanPadding } from './litert-padding';
import { requireValueDtype } from '../../shared/value-dtype';
import type { LoadContext, LoadedModel, Runtime } from '../runtime';

/** LiteRT with XNNPACK, ML Drift (WebGPU) and WebNN, as @litertjs/core ships it. */
export const litert: Runtime = {
  async load(context: LoadContext): Promise<LoadedModel> {
    const { bytes, configuration, log, signature } = context;
    const { accelerator } = configuration;
    if (accelerator === 'cpu') throw new LitescopeError('INVALID_CONFIGURATION', text.notInJavaScript('litert'));
    const device = accelerator === 'webgpu' ? await requestGpuDevice() : null;
    const module = await startModule<LiteRtModule>(context.build, context.wasm, log);
    module.setupLogging();
    context.onRuntimeStarted(module.HEAPU8.byteLength);
    const mark = log.mark;
    try {
      const environment = module.LiteRtEnvironment.create(device);
      const pointer = module._malloc(bytes.byteLength);
      if (pointer === 0) throw new LitescopeError('OUT_OF_MEMORY', text.noMemoryForModel(bytes.byteLength));
      module.HEAPU8.set(bytes, pointer);
      if (context.dirtyHeap !== undefined) fillFreeHeap(module, context.dirtyHeap.filled_bytes);
      const started = performance.now();
      const model = module.loadModel(environment, pointer, bytes.byteLength);
      const compiled = await module.compileModel(environment, model, {
        accelerator,
        environment: {},
        cpuOptions: { numThreads: configuration.threads },
        gpuOptions: {},
        webNNOptions: {},
      });
      failOnErrors(log.errorsSince(mark), 'MODEL_REFUSED');
      // On other accelerators XNNPACK packs nothing, or only what they leave to it.
      const padding = accelerator !== 'wasm' ? undefined
        : cleanPadding(module.HEAPU8, { start: pointer, bytes: bytes.byteLength }, readModel(bytes), context.dirtyHeap?.leavePadding !== true);
      const init_ms = performance.now() - started;

      const index = signatureIndex(model.getNumSignatures(), context);
      const handle = model.getSignature(index);
      const inputEdges = inRuntimeOrder(takeVector(handle.inputNames()), signature.inputs);
      const outputEdges = inRuntimeOrder(takeVector(handle.outputNames()), signature.outputs);
      handle.delete();
      const inputTypes = inputEdges.map((edge, position) => {
        const type = model.getInputTensorType(index, position);
        const requirements = compiled.getInputBufferRequirements(index, position);
        const onHost = takeVector(requirements.supportedTypes()).some(({ value }) => value === module.LiteRtTensorBufferType.HOST_MEMORY.value);
        requirements.delete();
        return { type, info: describe(type, edge), onHost };
      });
      const outputTypes = outputEdges.map((edge, position) => {
        const type = model.getOutputTensorType(index, position);
        const info = describe(type, edge);
        type.delete();
        // It would be asked for a buffer of fewer than no bytes.
        if (info.shape.some((size) => size < 0)) throw new LitescopeError('OUTPUT_MISSHAPEN', text.shapeOpen(info.name, info.shape.join(', ')));
        return info;
      });
      const onGpu = device === null ? null : gpuTensors(module, environment, device, inputTypes, outputTypes);
      const inputBuffers = onGpu !== null ? [] : inputTypes.map(({ type }) =>
        module.LiteRtTensorBuffer.createManaged(environment, module.LiteRtTensorBufferType.HOST_MEMORY, type, type.bytes()));
      const hostInputs = inputBuffers.map((buffer, position) => {
        const { info } = inputTypes[position] as (typeof inputTypes)[number];
        return { ...info, data: () => bytesOf(module, buffer, byteLength(info.dtype, info.shape) ?? 0, 'WRITE') };
      });
      for (const { type } of inputTypes) type.delete();

      let outputBuffers: LiteRtTensorBuffer[] = [];
      const hostOutputs = outputTypes.map((output, position) => ({
        ...output,
        data() {
          const buffer = outputBuffers[position];
          if (buffer === undefined) throw new LitescopeError('INTERNAL', text.outputBeforeRun(output.name));
          const before = log.mark;
          try {
            return bytesOf(module, buffer, byteLength(output.dtype, output.shape) ?? 0, 'READ');
          } catch (error) {
            throw trapToError(error, 'INVOKE_FAILED', log, before);
          }
        },
      }));
      // The runtime allocates new outputs for every run.
      const release = () => {
        for (const buffer of outputBuffers) buffer.delete();
        outputBuffers = [];
      };
      const keepOutputs = (buffers: LiteRtTensorBuffer[]) => {
        release();
        outputBuffers = buffers;
      };
      const finish = (before: number) => {
        if (log.mark !== before) failOnErrors(log.errorsSince(before), 'INVOKE_FAILED');
      };

      const loaded: LoadedModel = {
        configuration: {
          ...configuration,
          variant: context.build.name,
          version: context.build.version,
          fullyAccelerated: compiled.isFullyAccelerated(),
          ...(padding === undefined ? {} : { padding }),
        },
        inputs: onGpu?.inputs ?? hostInputs,
        outputs: onGpu?.outputs ?? hostOutputs,
        init_ms,
        speedInDoubt: padding !== undefined && (padding.notFound > 0 || context.dirtyHeap?.leavePadding === true),
        invoke() {
          const before = log.mark;
          try {
            if (onGpu !== null) {
              return onGpu.invoke((buffers) => compiled.run(index, buffers)).then(() => { finish(before); }, (error: unknown) => {
                throw trapToError(error, 'INVOKE_FAILED', log, before);
              });
            }
            const result = compiled.run(index, inputBuffers);
            if (!(result instanceof Promise)) {
              keepOutputs(result);
              finish(before);
              return;
            }
            return result.then((buffers) => {
              keepOutputs(buffers);
              finish(before);
            }, (error: unknown) => {
              throw trapToError(error, 'INVOKE_FAILED', log, before);
            });
          } catch (error) {
            throw trapToError(error, 'INVOKE_FAILED', log, before);
          }
        },
        release,
        poisonOutputs(byte) {
          // The runtime allocates outputs anew for each run. Free blocks of their sizes that hold the byte are what it takes next.
          for (const { dtype, shape } of outputTypes) poisonFreeBlocks(module, byteLength(dtype, shape) ?? 0, byte);
          return onGpu === null ? hostOutputs : [];
        },
        memoryBytes: () => module.HEAPU8.byteLength,
        holds: [environment, model],
      };
      return loaded;
    } catch (error) {
      throw trapToError(error, 'MODEL_REFUSED', log, mark);
    }
  },
};

function failOnErrors(errors: readonly string[], code: 'MODEL_REFUSED' | 'INVOKE_FAILED'): void {
  if (errors.length === 0) return;
  const op = unsupportedOp(errors);
  if (op !== null) throw new LitescopeError('UNSUPPORTED_OP', op.details, { place: op.place });
  throw new LitescopeError(code, errors.join(' · '));
}

/** LiteRT makes up one signature for a model that has none. */
function signatureIndex(count: number, context: LoadContext): number {
  if (context.signatureIndex < count) return context.signatureIndex;
  throw new LitescopeError('MODEL_REFUSED', text.litertSignatures(count, context.signature.key));
}

/** The signature's tensors in the order in which the runtime wants them; by position where names do not tell. */
function inRuntimeOrder(names: readonly string[], edges: readonly SignatureTensor[]): SignatureTensor[] {
  if (names.length !== edges.length) {
    throw new LitescopeError('MODEL_REFUSED', text.litertTensors(names.length, edges.length));
  }
  const byName = new Map(edges.map((edge) => [edge.name, edge]));
  if (byName.size !== edges.length || names.some((name) => !byName.has(name))) return [...edges];
  return names.map((name) => byName.get(name) as SignatureTensor);
}

function describe(type: LiteRtTensorType, edge: SignatureTensor) {
  const layout = type.layout();
  const shape = takeVector(layout.dimensions());
  layout.delete();
  return { name: edge.name, dtype: requireValueDtype(edge), shape, quantization: edge.quantization };
}
