import { OwnedWorker } from '../../threads/page/owned-worker';
import type { CallOptions, RemoteMethods } from '../../threads/shared/methods';
import type { ModelComparison } from '../diff/shared/comparison';
import type { ValueStatistics, OpDescription, OpRow, TensorDescription, TensorPlace, ValuePage } from '../describe/shared/descriptions';
import type { TextPage } from '../../tflite/constants/texts';
import type { InspectMethods } from '../worker/inspect.worker';

/** How long a worker without questions keeps its model in memory, in milliseconds. */
const idle_ms = 60_000;

function startWorker(): OwnedWorker<InspectMethods> {
  return new OwnedWorker<InspectMethods>(new Worker(new URL('../worker/inspect.worker.ts', import.meta.url), { type: 'module', name: 'litescope-inspector' }));
}

/**
 * Answers questions about one model from a worker of its own, which starts with the first question and ends when there
 * were none for a while. Whatever a hostile file does there, the next question starts afresh.
 *
 * All methods throw LitescopeError: what damaged constants give, CANCELLED, SESSION_HUNG, SESSION_CRASHED, SESSION_CLOSED.
 */
export class Inspector {
  readonly #blob: Blob;
  readonly #start: () => OwnedWorker<InspectMethods>;
  #worker: OwnedWorker<InspectMethods> | null = null;
  #opened: Promise<void> = Promise.resolve();
  #open = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(blob: Blob, start: () => OwnedWorker<InspectMethods> = startWorker) {
    this.#blob = blob;
    this.#start = start;
  }

  /** All ops in the order of execution. */
  ops(options?: CallOptions): Promise<readonly OpRow[]> {
    return this.#ask((remote) => remote.ops(undefined, options));
  }

  op(subgraph: number, op: number, options?: CallOptions): Promise<OpDescription> {
    return this.#ask((remote) => remote.op({ subgraph, op }, options));
  }

  tensor(place: TensorPlace, options?: CallOptions): Promise<TensorDescription> {
    return this.#ask((remote) => remote.tensor(place, options));
  }

  /** Figures and histogram of a constant. */
  statistics(place: TensorPlace, options?: CallOptions): Promise<ValueStatistics> {
    return this.#ask((remote) => remote.statistics(place, options));
  }

  /** A constant's values from the flat index `first` on. */
  values(place: TensorPlace, first: number, count: number, options?: CallOptions): Promise<ValuePage> {
    return this.#ask((remote) => remote.values({ place, first, count }, options));
  }

  /** The strings of a constant from the flat index `first` on. */
  texts(place: TensorPlace, first: number, count: number, options?: CallOptions): Promise<TextPage> {
    return this.#ask((remote) => remote.texts({ place, first, count }, options));
  }

  /** A constant's stored values as a `.npy` file. */
  npy(place: TensorPlace, options?: CallOptions): Promise<ArrayBuffer> {
    return this.#ask((remote) => remote.npy(place, options));
  }

  /** All ops as CSV. */
  opsCsv(options?: CallOptions): Promise<string> {
    return this.#ask((remote) => remote.opsCsv(undefined, options));
  }

  /** What differs between this model and the file of another one. */
  compare(other: Blob, options?: CallOptions): Promise<ModelComparison> {
    return this.#ask((remote) => remote.compare(other, options));
  }

  /** Ends the worker; pending questions reject with SESSION_CLOSED. */
  close(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = null;
  }

  async #ask<T>(question: (remote: RemoteMethods<InspectMethods>) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#open += 1;
    try {
      const worker = this.#running();
      await this.#opened;
      return await question(worker.remote);
    } finally {
      this.#open -= 1;
      if (this.#open === 0 && this.#worker !== null) this.#idle = setTimeout(() => { this.close(); }, idle_ms);
    }
  }

  #running(): OwnedWorker<InspectMethods> {
    if (this.#worker !== null && this.#worker.ended === null) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    this.#opened = worker.remote.open(this.#blob);
    return worker;
  }
}
