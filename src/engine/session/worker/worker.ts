import * as comlink from 'comlink';
import { LitescopeError } from '../../../errors';
import type { CalibratedTensor } from '../../../quantize/calibration';
import { summarizeSamples } from '../../../stats/summarize';
import type { OpProfile } from '../../../report/op-profile';
import type { Model } from '../../../tflite/format/model';
import { openModel } from '../../../tflite/format/verify/verify';
import { fixShapes } from '../../../tflite/analysis/shapes';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import { decodedBuffers } from '../../../vision/shared/types';
import { measureInputGap } from '../../../studies/bench/worker/input-gap';
import { runPlan } from '../../../studies/bench/shared/run-plan';
import { Surroundings } from '../../../studies/bench/worker/surroundings';
import { fillInputs, readSources } from './inputs';
import { decodeOutputs, invokeWatched, readOutputs } from './outputs';
import { opFacts, profileOf } from '../../../studies/profile/worker/op-facts';
import { profileRuns } from '../../../studies/profile/worker/profile-runs';
import type { BenchmarkReply, BenchmarkRequest, LoadReply, LoadRequest, ObserveRequest, ProfileRequest, ProgressCallback, RunReply, RunRequest, SessionWorker } from '../shared/protocol';
import { toResult } from '../../../threads/shared/result';
import { Observer } from '../../../studies/variants/worker/observer';
import { RuntimeLog, type LoadedModel, type ObservedRun, type Runtime, type RuntimeTensor } from '../../runtimes/worker/runtime';
import { FrameRunner } from '../../stream/worker/frame-runner';

/** Each is fetched by the sessions that run it: TensorFlow.js alone is larger than all other code of a session. */
const runtimes: Readonly<Record<LoadRequest['configuration']['runtime'], () => Promise<Runtime>>> = {
  'tfjs-tflite': async () => (await import('../../runtimes/worker/tfjs-tflite')).tfjsTflite,
  litert: async () => (await import('../../runtimes/worker/litert/litert')).litert,
  'tfjs-kernels': async () => (await import('../../runtimes/worker/tfjs-kernels/tfjs-kernels')).tfjsKernels,
};

/** What LiteRT prints at every start, among it the complaint that a browser has no NPU to load: of no use to a person. */
const chatter = /^(INFO|VERBOSE)\b|^I\d{4} |npu_registry\.cc/;

/** One model in one runtime in this worker, from its birth to its end. */
class Session {
  readonly #model: LoadedModel;
  readonly #log: RuntimeLog;
  readonly #beforeBytes: number;
  readonly #outputs: readonly RuntimeTensor[];
  /** Of a session that times ops. */
  readonly #profiled: ProfiledModel | null;
  #runs = 0;
  #stream: FrameRunner | null = null;
  #surroundings: Surroundings | null = null;
  #observer: Observer | null = null;

  constructor(model: LoadedModel, log: RuntimeLog, beforeBytes: number, outputNames: readonly string[], profiled: ProfiledModel | null) {
    this.#profiled = profiled;
    this.#model = model;
    this.#log = log;
    this.#beforeBytes = beforeBytes;
    this.#outputs = [...model.outputs].sort((a, b) => outputNames.indexOf(a.name) - outputNames.indexOf(b.name));
  }

  get log(): string[] {
    return this.#log.lines.filter((line) => !chatter.test(line));
  }

  /** The first run of a session is watched for outputs that are never written; later ones cost nothing extra. */
  async #invoke(): Promise<number> {
    if (this.#runs === 0) {
      const elapsed = await invokeWatched(this.#model);
      this.#runs = 1;
      return elapsed;
    }
    this.#model.release();
    const started = performance.now();
    const pending = this.#model.invoke();
    if (pending !== undefined) await pending;
    const elapsed = performance.now() - started;
    this.#runs++;
    return elapsed;
  }

  /** Runs once and hands out tensors on the way. */
  #observe(tensors: NonNullable<RunRequest['tensors']>, given: RunRequest['given']): Pick<ObservedRun, 'invoke_ms' | 'tensors'> {
    const { observe, configuration } = this.#model;
    if (observe === undefined) throw new LitescopeError('INVALID_CONFIGURATION', `${configuration.runtime} does not hand out what lies between input and output; tfjs-kernels does.`);
    this.#model.release();
    const observed = observe(tensors, given);
    this.#runs++;
    return observed;
  }

  /** Frames through this model; made with the first of them. */
  get stream(): FrameRunner {
    const model = this.#model;
    this.#stream ??= new FrameRunner({ inputs: model.inputs, outputs: this.#outputs, invoke: () => this.#invoke(), memoryBytes: () => model.memoryBytes() });
    return this.#stream;
  }

  async run(request: RunRequest, onProgress: ProgressCallback): Promise<RunReply> {
    onProgress({ kind: 'prepare-inputs' });
    const started = performance.now();
    const ready = await readSources(this.#model.inputs, request.inputs);
    const readAt = performance.now();
    const placement = fillInputs(this.#model.inputs, ready);
    const preprocessedAt = performance.now();
    onProgress({ kind: 'invoke' });
    const { invoke_ms, tensors } = request.tensors === undefined ? { invoke_ms: await this.#invoke(), tensors: [] } : this.#observe(request.tensors, request.given);
    onProgress({ kind: 'decode' });
    const outputs = readOutputs(this.#outputs);
    const decodeFrom = performance.now();
    const { decoded, decodeError } = decodeOutputs(outputs, placement, request);
    return {
      run: this.#runs,
      outputs,
      tensors,
      decoded,
      decodeError,
      placement,
      timings: { read_ms: readAt - started, preprocess_ms: preprocessedAt - readAt, invoke_ms, decode_ms: performance.now() - decodeFrom },
      wasm_memory_bytes: this.#model.memoryBytes(),
      log: this.log,
    };
  }

  async observe(request: ObserveRequest): Promise<void> {
    fillInputs(this.#model.inputs, await readSources(this.#model.inputs, request.inputs));
    await this.#invoke();
    this.#observer ??= new Observer(this.#outputs);
    this.#observer.add();
  }

  observed(): readonly CalibratedTensor[] {
    return this.#observer?.result() ?? [];
  }

  async benchmark(request: BenchmarkRequest, interrupted: () => Promise<boolean>, onProgress: ProgressCallback): Promise<BenchmarkReply> {
    onProgress({ kind: 'prepare-inputs' });
    fillInputs(this.#model.inputs, await readSources(this.#model.inputs, request.inputs));
    const initBytes = this.#model.memoryBytes();
    const first_inference_ms = await this.#invoke();
    const { invoke } = this.#model;
    const surroundings = this.#surroundingsOf(request);
    const release = (): void => {
      this.#model.release();
      surroundings?.pass();
    };
    const { warmup_samples_ms, samples_ms } = await runPlan(request.plan, { invoke, release, now: () => performance.now(), interrupted, onProgress, handicap: request.handicap }, first_inference_ms);
    const afterBytes = this.#model.memoryBytes();
    return {
      latency_metrics: {
        init_ms: this.#model.init_ms,
        first_inference_ms,
        average_warm_up_ms: warmup_samples_ms.reduce((sum, sample) => sum + sample, 0) / warmup_samples_ms.length,
        ...summarizeSamples(samples_ms),
      },
      memory_metrics: {
        before_kb: this.#beforeBytes / 1024,
        init_footprint_kb: (initBytes - this.#beforeBytes) / 1024,
        overall_footprint_kb: (afterBytes - this.#beforeBytes) / 1024,
        // WASM memory never shrinks, so its size at the end is its peak.
        peak_mem_mb: afterBytes / 1024 / 1024,
      },
      warmup_samples_ms,
      samples_ms,
      input_gap: this.#model.speedInDoubt === true ? await measureInputGap(this.#model, interrupted) : null,
    };
  }

  /** One for all of a session's benchmarks: the memory that it takes may be large. */
  #surroundingsOf({ surroundings }: BenchmarkRequest): Surroundings | null {
    if (surroundings === undefined) return null;
    this.#surroundings ??= new Surroundings(this.#model, surroundings);
    this.#surroundings.begin();
    return this.#surroundings;
  }

  async profile(request: ProfileRequest, interrupted: () => Promise<boolean>, onProgress: ProgressCallback): Promise<OpProfile> {
    const { opClock, invoke, release } = this.#model;
    // What warmed up before would be taken for runs of the profile.
    if (opClock === undefined || this.#profiled === null || this.#runs > 0) throw new LitescopeError('INTERNAL', 'A profile needs a fresh session that times ops.');
    onProgress({ kind: 'prepare-inputs' });
    fillInputs(this.#model.inputs, await readSources(this.#model.inputs, request.inputs));
    const first_ms = await this.#invoke();
    const timed = await profileRuns(request.plan, opClock, { invoke, release, now: () => performance.now(), interrupted, onProgress }, first_ms);
    const { model, subgraph } = this.#profiled;
    return profileOf(opFacts(model, subgraph), subgraph, opClock.method, timed);
  }
}

interface ProfiledModel {
  readonly model: Model;
  readonly subgraph: number;
}

let session: Session | null = null;
let cancelled = false;
const channel = new MessageChannel();

/** A turn of the event loop, so that a waiting `cancel` is heard. Timers would be clamped to 4 ms. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => { resolve(); };
    channel.port2.postMessage(null);
  });
}

/** Whether a cancel came in meanwhile. */
async function interrupted(): Promise<boolean> {
  await breathe();
  return cancelled;
}

async function load(request: LoadRequest, onProgress: ProgressCallback): Promise<LoadReply> {
  if (session !== null) throw new LitescopeError('INTERNAL', 'A session’s worker holds one model and is never reused.');
  const { configuration, summary } = request;
  const signatureIndex = request.signature === undefined ? 0 : summary.signatures.findIndex(({ key }) => key === request.signature);
  const signature = summary.signatures[signatureIndex];
  if (signature === undefined) throw new LitescopeError('INVALID_CONFIGURATION', `The model has no signature “${request.signature ?? ''}”.`);
  onProgress({ kind: 'read-model' });
  const bytes = withFixedShapes(new Uint8Array(await request.model.arrayBuffer()), summary, signatureIndex, request.shapes ?? {});

  const profiled = request.profiling === true ? openModel(bytes) : null;
  const log = new RuntimeLog();
  const started = performance.now();
  let runtimeStarted = started;
  let beforeBytes = 0;
  onProgress({ kind: 'start-runtime', configuration });
  const runtime = await runtimes[configuration.runtime]();
  const model = await runtime.load({
    configuration, variant: request.variant, wasm: request.wasm, bytes, signature, signatureIndex, log, heapTrial: request.heapTrial, profiled,
    onRuntimeStarted(memoryBytes) {
      runtimeStarted = performance.now();
      beforeBytes = memoryBytes;
      onProgress({ kind: 'load-model', configuration });
    },
  });
  session = new Session(model, log, beforeBytes, signature.outputs.map(({ name }) => name), profiled === null ? null : { model: profiled, subgraph: signature.subgraph });
  const info = ({ name, dtype, shape, quantization }: RuntimeTensor) => ({ name, dtype, shape, quantization });
  return {
    configuration: model.configuration,
    inputs: model.inputs.map(info),
    outputs: model.outputs.map(info),
    init_ms: model.init_ms,
    runtime_start_ms: runtimeStarted - started,
    memory: { before_bytes: beforeBytes, after_bytes: model.memoryBytes() },
    timesOps: model.opClock !== undefined,
    log: session.log,
  };
}

/** Gives every free dimension a size: the one that was asked for, else 1. Runtimes differ in what they make of −1. */
function withFixedShapes(bytes: Uint8Array, summary: ModelSummary, signatureIndex: number, asked: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const signature = summary.signatures[signatureIndex];
  const free = signature?.inputs.filter((input) => input.shape.includes(-1) || asked[input.name] !== undefined) ?? [];
  if (signature === undefined || free.length === 0) return bytes;
  const shapes = Object.fromEntries(free.map((input) => [
    input.tensorName,
    [...(asked[input.name] ?? input.shape.map((dimension) => (dimension === -1 ? 1 : dimension)))],
  ]));
  return fixShapes(bytes, openModel(bytes), shapes, signature.subgraph);
}

function requireSession(): Session {
  if (session === null) throw new LitescopeError('SESSION_CLOSED', 'No model is loaded in this session.');
  return session;
}

/** The page's callback is a proxy with a port of its own, which must be closed or it lives as long as the worker. */
async function reporting<T>(onProgress: ProgressCallback, work: () => Promise<T>) {
  cancelled = false;
  try {
    return await toResult(work);
  } finally {
    (onProgress as comlink.Remote<ProgressCallback>)[comlink.releaseProxy]();
  }
}

const exposed: SessionWorker = {
  load: (request, onProgress) => reporting(onProgress, () => load(request, onProgress)),
  async run(request, onProgress) {
    const result = await reporting(onProgress, () => requireSession().run(request, onProgress));
    if (!result.ok) return result;
    const { outputs, tensors, decoded } = result.value;
    return comlink.transfer(result, [...outputs.map(({ data }) => data), ...tensors.map(({ data }) => data), ...decodedBuffers(decoded)]);
  },
  benchmark: (request, onProgress) => reporting(onProgress, () => requireSession().benchmark(request, interrupted, onProgress)),
  observe: (request) => toResult(() => requireSession().observe(request)),
  observed: () => toResult(() => requireSession().observed()),
  profile: (request, onProgress) => reporting(onProgress, () => requireSession().profile(request, interrupted, onProgress)),
  configureStream: (settings) => toResult(() => { requireSession().stream.configure(settings); }),
  async frame(request) {
    const result = await toResult(() => requireSession().stream.run(request));
    if (!result.ok) return result;
    const { picture, preview, decoded } = result.value;
    return comlink.transfer(result, [picture, ...(preview === null ? [] : [preview]), ...decodedBuffers(decoded)]);
  },
  cancel() {
    cancelled = true;
  },
};

comlink.expose(exposed);
