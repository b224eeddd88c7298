import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { readBytes } from '../../../tensor/read-file';
import type { SignatureSummary } from '../../../tflite/analysis/summary';
import type { Call } from '../../../threads/shared/methods';
import { RuntimeLog, type Runtime, type RuntimeTensor } from '../../runtimes/worker/runtime';
import type { RuntimeName } from '../../configuration/shared/configuration';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { LoadReply, LoadRequest, PrepareRequest } from '../shared/protocol';
import { LoadedSession } from './loaded-session';
import { isOpen } from './open-shape';

/** Each is fetched by the sessions that run it: TensorFlow.js alone is larger than all other code of a session. */
const runtimes: Readonly<Record<RuntimeName, () => Promise<Runtime>>> = {
  'tfjs-tflite': async () => (await import('../../runtimes/worker/tfjs-tflite')).tfjsTflite,
  litert: async () => (await import('../../runtimes/worker/litert/litert')).litert,
  'tfjs-kernels': async () => (await import('../../runtimes/worker/tfjs-kernels/tfjs-kernels')).tfjsKernels,
  compiled: async () => (await import('../../runtimes/worker/compiled/compiled')).compiled,
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
    const asked = request.shapes ?? {};
    const given = await readBytes(request.model);
    // What only some models need is fetched for them alone: it is more than all that the others need.
    const { bytes, shapes } = leavesShapesOpen(signature, asked) ? (await import('./fixed-shapes')).withFixedShapes(given, signature, asked) : { bytes: given, shapes: new Map<string, readonly number[]>() };
    const profiled = request.profiling === true ? (await import('../../../tflite/format/verify/verify')).openModel(bytes) : null;
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
    this.#session = new LoadedSession(model, log, beforeBytes, {
      outputNames: signature.outputs.map(({ name }) => name), profiled: profiled === null ? null : { model: profiled, subgraph: signature.subgraph }, shapes,
      feedback: request.feedback, keepsVariables: signature.variables !== undefined,
    });
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

/** Whether any shape is to be settled before the file is given to a runtime. */
function leavesShapesOpen({ inputs, outputs }: SignatureSummary, asked: Readonly<Record<string, readonly number[]>>): boolean {
  return inputs.some(({ name, shape }) => shape.includes(-1) || asked[name] !== undefined) || outputs.some(isOpen);
}
