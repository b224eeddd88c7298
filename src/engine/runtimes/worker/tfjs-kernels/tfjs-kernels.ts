import * as tf from '@tensorflow/tfjs-core';
import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { byteLength, type ValueDType } from '../../../../tensor/dtype';
import { assertSoundModel, openModel } from '../../../../tflite/format/verify/verify';
import { inferShapes } from '../../../../tflite/analysis/infer-shapes';
import type { SignatureTensor } from '../../../../tflite/analysis/summary';
import { useJavaScriptBackend, useWasmBackend, type KernelModule } from './backend';
import { GraphRunner, type GraphRun } from './graph-runner';
import { prepareGraph } from './prepare';
import { fromBytes } from './tensors';
import type { GivenTensor } from '../../shared/types';
import { startModule, trapToError } from '../emscripten';
import { requireValueDtype } from '../../shared/value-dtype';
import type { LoadContext, LoadedModel, ObservedRun, Runtime, RuntimeTensor } from '../runtime';

/**
 * The model's graph op by op on TensorFlow.js' kernels: slower than XNNPACK's delegates and independent of how they
 * take a graph apart and pack it, though not of XNNPACK's arithmetic, which the WASM kernels use for floats. The only
 * runtime that hands out what lies between input and output.
 */
export const tfjsKernels: Runtime = {
  async load(context: LoadContext): Promise<LoadedModel> {
    const { bytes, configuration, log, signature, wasm } = context;
    const module = wasm === null ? null : await startModule<KernelModule>(context.build, wasm, log);
    if (module === null) await useJavaScriptBackend();
    else await useWasmBackend(module, configuration.threads);
    const memoryBytes = (): number => module?.HEAPU8.byteLength ?? tf.memory().numBytes;
    context.onRuntimeStarted(memoryBytes());
    const mark = log.mark;
    try {
      const started = performance.now();
      const model = openModel(bytes.slice());
      assertSoundModel(model);
      const subgraph = model.subgraphs[signature.subgraph];
      if (subgraph === undefined) throw new LitescopeError('MODEL_REFUSED', text.noSubgraph(signature.subgraph));
      const runner = new GraphRunner(prepareGraph(model, signature.subgraph));
      const { shapes } = inferShapes(model, context.signature.key);
      const init_ms = performance.now() - started;

      const inputs = signature.inputs.map((edge) => edgeOf(edge, shapes[edge.tensorIndex] ?? []));
      const outputs = signature.outputs.map((edge) => edgeOf(edge, shapes[edge.tensorIndex] ?? []));
      const totals_ms = new Map<number, number>();
      const held = (index: number, dtype: ValueDType, shape: readonly number[], data: Uint8Array): [number, tf.Tensor] => {
        const tensor = subgraph.tensors[index];
        if (tensor === undefined) throw new LitescopeError('INTERNAL', text.noTensor(index));
        return [index, fromBytes(tensor, subgraph.index, dtype, shape, data)];
      };
      const run = (wanted?: (tensor: number) => boolean, given: readonly GivenTensor[] = []): GraphRun => {
        const before = log.mark;
        try {
          const fed = inputs.map(({ tensorIndex, dtype, shape, data }) => held(tensorIndex, dtype, shape, data()));
          const others = given.map(({ index, dtype, shape, data }) => held(index, dtype, shape, new Uint8Array(data)));
          const result = runner.run(new Map(fed), wanted, new Map(others));
          for (const { operator, elapsed_ms } of result.ops) totals_ms.set(operator, (totals_ms.get(operator) ?? 0) + elapsed_ms);
          for (const output of outputs) {
            const found = result.outputs.find(({ index }) => index === output.tensorIndex);
            if (found !== undefined) output.hold(found.bytes, found.shape);
          }
          return result;
        } catch (error) {
          throw trapToError(error, 'INVOKE_FAILED', log, before);
        }
      };
      return {
        configuration: { ...configuration, variant: context.build.name, version: context.build.version, fullyAccelerated: null },
        inputs,
        outputs,
        init_ms,
        invoke() {
          run();
        },
        observe(tensors, given): ObservedRun {
          const started = performance.now();
          const wanted = tensors === 'all' ? null : new Set(tensors);
          const { seen, ops } = run((index) => wanted?.has(index) ?? true, given);
          return {
            invoke_ms: performance.now() - started,
            ops,
            tensors: seen.flatMap(({ index, shape, bytes: data }) => {
              const tensor = subgraph.tensors[index];
              return tensor === undefined ? [] : [{ index, name: tensor.name, dtype: requireValueDtype(tensor), shape, quantization: tensor.quantization ?? undefined, data: data.buffer }];
            }),
          };
        },
        release() {
          for (const output of outputs) output.release();
        },
        opClock: {
          method: 'kernels',
          maximumRuns: Number.MAX_SAFE_INTEGER,
          // Ops of constants alone ran when the model was loaded.
          read: () => subgraph.operators.map(({ index }) => {
            const total_ms = totals_ms.get(index);
            const common = { accelerated: null, kernel: null };
            return total_ms === undefined ? { ...common, fate: { kind: 'folded' }, total_ms: 0, times_called: 0 } : { ...common, fate: { kind: 'timed' }, total_ms, times_called: 1 };
          }),
        },
        // Each run makes its outputs anew or throws: there is nothing that could be left from before.
        poisonOutputs: () => [],
        memoryBytes,
      };
    } catch (error) {
      throw trapToError(error, 'MODEL_REFUSED', log, mark);
    }
  },
};

interface Edge extends RuntimeTensor {
  readonly tensorIndex: number;
  hold(bytes: Uint8Array, shape: readonly number[]): void;
  release(): void;
}

/** An input or output of the signature, whose bytes lie in memory of our own. An output's shape may be known only once the model has run. */
function edgeOf({ name, dtype, quantization, tensorIndex }: SignatureTensor, inferred: readonly number[]): Edge {
  const valueDtype = requireValueDtype({ name, dtype });
  let shape = inferred;
  let bytes: Uint8Array | null = null;
  return {
    name,
    dtype: valueDtype,
    quantization,
    tensorIndex,
    get shape() {
      return shape;
    },
    data() {
      bytes ??= new Uint8Array(byteLength(valueDtype, shape) ?? 0);
      return bytes;
    },
    hold(held, heldShape) {
      bytes = held;
      shape = heldShape;
    },
    release() {
      bytes = null;
    },
  };
}
