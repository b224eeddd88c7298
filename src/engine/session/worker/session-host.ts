import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { readBytes } from '../../../tensor/read-file';
import { inferShapes } from '../../../tflite/analysis/infer-shapes';
import { fixShapes } from '../../../tflite/analysis/shapes';
import type { ModelSummary, SignatureTensor } from '../../../tflite/analysis/summary';
import { openModel } from '../../../tflite/format/verify/verify';
import type { Call } from '../../../threads/shared/methods';
import { RuntimeLog, type Runtime, type RuntimeTensor } from '../../runtimes/worker/runtime';
import type { RuntimeName } from '../../configuration/shared/configuration';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { LoadReply, LoadRequest, PrepareRequest } from '../shared/protocol';
import { LoadedSession } from './loaded-session';

/** Each is fetched by the sessions that run it: TensorFlow.js alone is larger than all other code of a session. */
const runtimes: Readonly<Record<RuntimeName, () => Promise<Runtime>>> = {
  'tfjs-tflite': async () => (await import('../../runtimes/worker/tfjs-tflite')).tfjsTflite,
  litert: async () => (await import('../../runtimes/worker/litert/litert')).litert,
  'tfjs-kernels': async () => (await import('../../runtimes/worker/tfjs-kernels/tfjs-kernels')).tfjsKernels,
};

/** What a session's worker holds: one model, loaded once. Its methods, and those that rooms above add, find it here. */
export class SessionHost {
  #session: LoadedSession | null = null;

  /** @throws LitescopeError SESSION_CLOSED while no model is loaded */
  get session(): LoadedSession {
    if (this.#session === null) throw new LitescopeError('SESSION_CLOSED', text.nothingLoaded);
    return this.#session;
  }

  /**
   * Fetches what a runtime consists of besides its WASM, while that is compiled elsewhere.
   * @throws TypeError when it cannot be had; loading a model then says so in its own words
   */
  async prepare({ configuration, build }: PrepareRequest): Promise<void> {
    await Promise.all([runtimes[configuration.runtime](), build.moduleFile === '' ? null : import(/* @vite-ignore */ build.folder + build.moduleFile)]);
  }

  /** @throws LitescopeError what the runtime or the model refuses */
  async load(request: LoadRequest, { report }: Call<SessionProgress>): Promise<LoadReply> {
    if (this.#session !== null) throw new LitescopeError('INTERNAL', text.sessionInUse);
    const { configuration, summary } = request;
    const signatureIndex = request.signature === undefined ? 0 : summary.signatures.findIndex(({ key }) => key === request.signature);
    const signature = summary.signatures[signatureIndex];
    if (signature === undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.noSignature(request.signature ?? ''));
    report({ kind: 'read-model' });
    const { bytes, shapes } = withFixedShapes(await readBytes(request.model), summary, signatureIndex, request.shapes ?? {});

    const profiled = request.profiling === true ? openModel(bytes) : null;
    const log = new RuntimeLog();
    const started = performance.now();
    let runtimeStarted = started;
    let beforeBytes = 0;
    report({ kind: 'start-runtime', configuration });
    const runtime = await runtimes[configuration.runtime]();
    const model = await runtime.load({
      configuration, build: request.build, wasm: request.wasm, bytes, signature, signatureIndex, log, dirtyHeap: request.dirtyHeap, profiled,
      onRuntimeStarted(memoryBytes) {
        runtimeStarted = performance.now();
        beforeBytes = memoryBytes;
        report({ kind: 'load-model', configuration });
      },
    });
    this.#session = new LoadedSession(model, log, beforeBytes, signature.outputs.map(({ name }) => name), profiled === null ? null : { model: profiled, subgraph: signature.subgraph }, shapes);
    const info = ({ name, dtype, shape, quantization }: RuntimeTensor) => ({ name, dtype, shape, quantization });
    return {
      configuration: model.configuration,
      inputs: model.inputs.map(info),
      outputs: model.outputs.map(info),
      init_ms: model.init_ms,
      runtime_start_ms: runtimeStarted - started,
      memory: { before_bytes: beforeBytes, after_bytes: model.memoryBytes() },
      timesOps: model.opClock !== undefined,
      log: this.#session.log,
    };
  }
}

/** Whether the file leaves an output's shape open: a scalar's looks like that of an output of which nothing is said. */
function isOpen({ shape }: SignatureTensor): boolean {
  return shape.length === 0 || shape.includes(-1);
}

interface FixedModel {
  readonly bytes: Uint8Array;
  /** Of outputs whose shape the file leaves open and that follows from the ops, by name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/**
 * Gives every free dimension a size: the one that was asked for, else 1. Runtimes differ in what they make of −1; and `litert`
 * takes outputs to be what the file says, so that those whose shape the file leaves open are given theirs in the file.
 */
function withFixedShapes(bytes: Uint8Array, summary: ModelSummary, signatureIndex: number, asked: Readonly<Record<string, readonly number[]>>): FixedModel {
  const signature = summary.signatures[signatureIndex];
  const free = signature?.inputs.filter((input) => input.shape.includes(-1) || asked[input.name] !== undefined) ?? [];
  if (signature === undefined || (free.length === 0 && !signature.outputs.some(isOpen))) return { bytes, shapes: new Map() };
  const model = openModel(bytes);
  const sizes = free.map((input) => ({ ...input, shape: asked[input.name] ?? input.shape.map((dimension) => (dimension === -1 ? 1 : dimension)) }));
  const inferred = inferShapes(model, signature.key, Object.fromEntries(sizes.map(({ name, shape }) => [name, shape])));
  const known = signature.outputs.flatMap((output) => {
    const shape = inferred.shapes[output.tensorIndex];
    return shape === undefined || !isOpen(output) || output.sizedInRuns === true || inferred.unknown.has(output.tensorIndex) ? [] : [{ ...output, shape }];
  });
  return {
    bytes: fixShapes(
      bytes, model, Object.fromEntries(sizes.map(({ tensorName, shape }) => [tensorName, shape])), signature.subgraph, new Map(known.map(({ tensorIndex, shape }) => [tensorIndex, shape])),
    ),
    shapes: new Map(known.map(({ name, shape }) => [name, shape])),
  };
}
