import { transfer } from 'comlink';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import { methodsBy, type OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions, Methods, RemoteMethods } from '../../../threads/shared/methods';
import type { HeardClip, HeardReply, HearRequest, ListenRequest, SoundSettings } from '../../stream/shared/sound';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { DirtyHeap } from '../../runtimes/shared/types';
import type { LoadReply, RunReply, RunRequest } from '../shared/protocol';
import type { FedBack } from '../shared/state';
import type { SessionMethods } from '../worker/session-methods';

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
  /** Outputs of each run that inputs get in the next one, inside the session. */
  readonly feedback?: readonly FedBack[] | undefined;
  readonly dirtyHeap?: DirtyHeap | undefined;
}

/** @typeParam Progress what is listened to, a session's own at least */
export interface OpenSessionOptions<Progress = SessionProgress> extends SessionOptions, CallOptions<Progress> {
  /** Times ops, where the runtime can; the session's own runs are a little slower then. */
  readonly profiling?: boolean | undefined;
}

/** The methods that every session's worker has. TypeScript cannot see them through a type that is mapped over a parameter. */
export function sessionRemote<M extends Methods & SessionMethods>(worker: OwnedWorker<M>): RemoteMethods<SessionMethods> {
  return methodsBy<SessionMethods>((...asked) => worker.call(...asked));
}

/**
 * One model in one runtime with one configuration in one worker; it ends with that worker.
 * @typeParam M what the worker can be asked for; rooms above add their own methods
 */
export class Session<M extends Methods & SessionMethods = SessionMethods> {
  readonly #worker: OwnedWorker<M>;
  readonly #own: RemoteMethods<SessionMethods>;
  readonly loaded: LoadReply;

  /** @param worker in which the model is loaded; it ends with the session */
  constructor(worker: OwnedWorker<M>, loaded: LoadReply) {
    this.#worker = worker;
    this.#own = sessionRemote(worker);
    this.loaded = loaded;
  }

  get alive(): boolean {
    return this.#worker.ended === null;
  }

  /** All that the worker can be asked for. */
  get remote(): RemoteMethods<M> {
    return this.#worker.remote;
  }

  /** Runs once. Pictures and files go to the worker by reference, outputs are moved back. */
  run(request: RunRequest, options: CallOptions<SessionProgress> = {}): Promise<RunReply> {
    return this.#own.run(request, options);
  }

  configureStream(settings: StreamSettings): Promise<void> {
    return this.#own.configureStream(settings);
  }

  /** One frame of a stream; it is moved to the worker, which closes it, and the pictures of the reply are moved back. */
  frame(request: FrameRequest, options: Pick<CallOptions, 'watchdog_ms'> = {}): Promise<FrameReply> {
    return this.#own.frame(transfer(request, [request.frame]), options);
  }

  configureSound(settings: SoundSettings): Promise<void> {
    return this.#own.configureSound(settings);
  }

  /** The next samples of a stream of sound; they are moved to the worker. */
  hear(request: HearRequest, options: Pick<CallOptions, 'watchdog_ms'> = {}): Promise<HeardReply> {
    return this.#own.hear(transfer(request, [request.samples.buffer]), options);
  }

  /** A whole clip through the model, window by window. */
  listen(request: ListenRequest, options: CallOptions<SessionProgress> = {}): Promise<HeardClip> {
    return this.#own.listen(request, options);
  }

  close(): void {
    this.#worker.terminate();
  }
}
