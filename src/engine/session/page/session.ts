import { transfer } from 'comlink';
import type { CalibratedTensor } from '../../../quantize/calibration';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import { abortable, OwnedWorker, type CallOptions } from '../../../threads/page/owned-worker';
import type { OpProfile } from '../../../report/op-profile';
import type { BenchmarkReply, BenchmarkRequest, Capabilities, Configuration, HeapTrial, LoadReply, ObserveRequest, ProfileRequest, RunReply, RunRequest, SessionWorker } from '../shared/protocol';
import { chooseVariant, compiledModule } from '../../builds/page/builds';
import { assertAvailable } from '../shared/attempts';
import { assertSuitable } from '../../runtimes/shared/requirements';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';

/** What a session runs: the file by reference and what it says of itself. */
export interface SessionModel {
  readonly blob: Blob;
  readonly summary: ModelSummary;
}

export interface SessionOptions {
  /** Key of the signature to run; the model's first when left out. */
  readonly signature?: string | undefined;
  /** Shapes by input name, for free dimensions; those left out become 1. */
  readonly shapes?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly heapTrial?: HeapTrial | undefined;
}

export interface OpenSessionOptions extends SessionOptions, CallOptions {
  /** Times ops, where the runtime can; the session's own runs are a little slower then. */
  readonly profiling?: boolean | undefined;
}

/** One model in one runtime with one configuration in one worker; it ends with that worker. */
export class Session {
  readonly #worker: OwnedWorker<SessionWorker>;
  readonly loaded: LoadReply;

  private constructor(worker: OwnedWorker<SessionWorker>, loaded: LoadReply) {
    this.#worker = worker;
    this.loaded = loaded;
  }

  /**
   * Starts a worker and loads the model in it.
   * @throws LitescopeError what the device, the runtime or the model refuses; CANCELLED; SESSION_HUNG; SESSION_CRASHED
   */
  static async open(model: SessionModel, configuration: Configuration, available: Capabilities, options: OpenSessionOptions = {}): Promise<Session> {
    assertAvailable(configuration, available);
    assertSuitable(configuration.runtime, model.summary, options.signature);
    const variant = chooseVariant(configuration, available);
    const wasm = await abortable(compiledModule(variant, (progress) => options.onProgress?.(progress)), options.signal);
    const worker = new OwnedWorker<SessionWorker>(new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'litescope-session' }));
    try {
      const request = { model: model.blob, summary: model.summary, configuration, variant, wasm, profiling: options.profiling, signature: options.signature, shapes: options.shapes, heapTrial: options.heapTrial };
      const loaded = await worker.call((remote, onProgress) => remote.load(request, onProgress), options);
      return new Session(worker, loaded);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  get alive(): boolean {
    return this.#worker.ended === null;
  }

  /** Runs once. Pictures and files go to the worker by reference, outputs are moved back. */
  run(request: RunRequest, options: CallOptions = {}): Promise<RunReply> {
    return this.#worker.call((remote, onProgress) => remote.run(request, onProgress), options);
  }

  benchmark(request: BenchmarkRequest, options: CallOptions = {}): Promise<BenchmarkReply> {
    return this.#worker.call((remote, onProgress) => remote.benchmark(request, onProgress), options);
  }

  /** Runs once, of which only statistics of the outputs stay, in the worker. */
  observe(request: ObserveRequest, options: Omit<CallOptions, 'onProgress'> = {}): Promise<void> {
    return this.#worker.ask((remote) => remote.observe(request), options);
  }

  /** What the outputs held in all runs of `observe`, in their order. */
  observed(options: Omit<CallOptions, 'onProgress'> = {}): Promise<readonly CalibratedTensor[]> {
    return this.#worker.ask((remote) => remote.observed(), options);
  }

  /** Where an invoke's time goes; only in a session whose `loaded.timesOps` says so. */
  profile(request: ProfileRequest, options: CallOptions = {}): Promise<OpProfile> {
    return this.#worker.call((remote, onProgress) => remote.profile(request, onProgress), options);
  }

  configureStream(settings: StreamSettings): Promise<void> {
    return this.#worker.ask((remote) => remote.configureStream(settings));
  }

  /** One frame of a stream; it is moved to the worker, which closes it, and the pictures of the reply are moved back. */
  frame(request: FrameRequest, options: Pick<CallOptions, 'watchdog_ms'> = {}): Promise<FrameReply> {
    return this.#worker.ask((remote) => remote.frame(transfer(request, [request.frame])), options);
  }

  close(): void {
    this.#worker.terminate();
  }
}
