import type { DirtyHeap, GivenTensor, ObservedTensor, TensorInfo } from '../shared/types';
import type { Build } from '../../builds/shared/build';
import type { Configuration, ProducedConfiguration } from '../../configuration/shared/configuration';
import type { Model } from '../../../tflite/format/model';
import type { SignatureSummary } from '../../../tflite/analysis/summary';
import type { OpClock } from './op-clock';

/** Typed array views that a runtime hands out over its memory. */
export type TensorView = Uint8Array;

/** A tensor in the runtime's memory. */
export interface RuntimeTensor extends TensorInfo {
  /**
   * The tensor's bytes inside the runtime's memory. Take it afresh for each use: the heap can grow and
   * detach older views, and outputs may move with every run.
   */
  data(): TensorView;
}

/**
 * One model in one runtime, ready to run. Everything else is built on this. Nothing frees it: it has a worker of its own, and
 * whatever it holds ends with that, on the GPU too.
 */
export interface LoadedModel {
  readonly configuration: ProducedConfiguration;
  readonly inputs: readonly RuntimeTensor[];
  readonly outputs: readonly RuntimeTensor[];
  /** Whether something that the runtime leaves in its memory may slow the model down. */
  readonly speedInDoubt?: boolean;
  /** Milliseconds from the model's bytes in the runtime's memory to ready. */
  readonly init_ms: number;
  /**
   * Runs once. Returns a promise only where the accelerator works asynchronously (WebGPU, WebNN).
   * @throws LitescopeError INVOKE_FAILED, UNSUPPORTED_OP, OUT_OF_MEMORY
   */
  invoke(): void | Promise<void>;
  /** Frees the latest outputs, whose data cannot be read any more. Call it before a run, ahead of the clock: it is no part of a run. */
  release(): void;
  /**
   * Fills what the next outputs will be written over with `byte`, as far as the runtime lets us, so that outputs
   * that stay untouched can be told from results. Returns the outputs for which that was done.
   */
  poisonOutputs(byte: number): readonly RuntimeTensor[];
  /** Times the model's ops, where the runtime can and was asked to. */
  readonly opClock?: OpClock | undefined;
  /**
   * Runs once and hands out tensors on the way from input to output, and what each op took. Only runtimes that go op by op can.
   * @param tensors indices in the signature's subgraph; constants are not handed out
   * @param given values that take the place of the run's own once those are computed and handed out
   * @throws LitescopeError as invoke
   */
  observe?(tensors: readonly number[] | 'all', given?: readonly GivenTensor[]): ObservedRun;
  /** Size of the runtime's WASM memory. */
  memoryBytes(): number;
  /** C++ objects that live as long as the model although nothing calls them any more: embind frees those that JavaScript lets go. */
  readonly holds?: readonly object[];
}

export interface ObservedRun {
  /** Around the whole run, copying out included. */
  readonly invoke_ms: number;
  /** Milliseconds of each op that ran, in order; `operator` is its index in the subgraph. */
  readonly ops: readonly { readonly operator: number; readonly elapsed_ms: number }[];
  /** In the order in which they came to be. */
  readonly tensors: readonly ObservedTensor[];
}

export interface LoadContext {
  readonly configuration: Configuration;
  readonly build: Build;
  /** null for a runtime's build without WASM. */
  readonly wasm: WebAssembly.Module | null;
  /** The model's bytes; the runtime copies them into its memory and keeps no reference. */
  readonly bytes: Uint8Array;
  readonly signature: SignatureSummary;
  readonly signatureIndex: number;
  readonly log: RuntimeLog;
  /** The model that `bytes` hold, where its ops are to be timed; null for sessions whose runs are timed. */
  readonly profiled: Model | null;
  readonly dirtyHeap?: DirtyHeap | undefined;
  /** Called when the runtime's WASM runs and before the model is handed to it, with the size of its memory. */
  readonly onRuntimeStarted: (memoryBytes: number) => void;
}

export interface Runtime {
  /** @throws LitescopeError RUNTIME_LOAD_FAILED, MODEL_REFUSED, UNSUPPORTED_OP, UNSUPPORTED_DTYPE, OUT_OF_MEMORY, NO_WEBGPU, NO_WEBNN */
  load(context: LoadContext): Promise<LoadedModel>;
}

/** A model that complains at every run must not fill the memory with it; of its lines the latest tell most. */
const keptLines = 500;

/** Keeps what a runtime prints: its lines are the reasons to show, and an error among them is a failure. */
export class RuntimeLog {
  readonly #lines: string[] = [];
  readonly #onLine: (line: string) => void;
  #written = 0;

  constructor(onLine: (line: string) => void = () => undefined) {
    this.#onLine = onLine;
  }

  readonly write = (line: string): void => {
    this.#written++;
    this.#lines.push(line);
    if (this.#lines.length > keptLines) this.#lines.shift();
    this.#onLine(line);
  };

  /** A position to hand to {@link errorsSince}: how many lines were ever written. */
  get mark(): number {
    return this.#written;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Error lines after `mark`, without their prefix and without repetitions. */
  errorsSince(mark: number): string[] {
    const dropped = this.#written - this.#lines.length;
    const errors = this.#lines.slice(Math.max(0, mark - dropped)).filter((line) => /^(ERROR|FATAL|F\d{4}|E\d{4})\b|^Aborted/.test(line));
    return [...new Set(errors.map((line) => line.replace(/^(ERROR|FATAL):\s*/, '')))];
  }
}
