import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { Model } from '../../../tflite/format/model';
import type { Call } from '../../../threads/shared/methods';
import type { LoadedModel, ObservedRun, RuntimeLog, RuntimeTensor } from '../../runtimes/worker/runtime';
import type { InputSources, RunReply, RunRequest } from '../shared/protocol';
import type { SessionProgress } from '../../configuration/shared/progress';
import { fillInputs, readSources } from './inputs';
import { assertShapes, invokeWatched, readOutputs } from './outputs';

/** What LiteRT prints at every start, among it the complaint that a browser has no NPU to load: of no use to a person. */
const chatter = /^(INFO|VERBOSE)\b|^I\d{4} |npu_registry\.cc/;

/** The model whose ops are to be timed, with the subgraph that runs. */
export interface ProfiledModel {
  readonly model: Model;
  readonly subgraph: number;
}

/** One model in one runtime in this worker, from its birth to its end, which is the worker's. */
export class LoadedSession {
  readonly model: LoadedModel;
  /** In the signature's order. */
  readonly outputs: readonly RuntimeTensor[];
  /** Size of the runtime's memory before the model was handed to it. */
  readonly beforeBytes: number;
  /** Of a session that times ops. */
  readonly profiled: ProfiledModel | null;
  readonly #log: RuntimeLog;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  #runs = 0;

  /** @param shapes of outputs of which the file says none, by name */
  constructor(model: LoadedModel, log: RuntimeLog, beforeBytes: number, outputNames: readonly string[], profiled: ProfiledModel | null, shapes: ReadonlyMap<string, readonly number[]> = new Map()) {
    this.model = model;
    this.profiled = profiled;
    this.beforeBytes = beforeBytes;
    this.#log = log;
    this.#shapes = shapes;
    this.outputs = [...model.outputs].sort((a, b) => outputNames.indexOf(a.name) - outputNames.indexOf(b.name));
  }

  get log(): string[] {
    return this.#log.lines.filter((line) => !chatter.test(line));
  }

  /** How many runs there were. */
  get runs(): number {
    return this.#runs;
  }

  /**
   * Runs once on what the inputs hold. A session's first run is watched for outputs that are never written, or not as the model
   * gives them; later ones cost nothing extra.
   * @returns milliseconds around invoke alone
   */
  async invoke(): Promise<number> {
    if (this.#runs === 0) {
      const elapsed = await invokeWatched(this.model);
      assertShapes(this.outputs, this.#shapes);
      this.#runs = 1;
      return elapsed;
    }
    this.model.release();
    const started = performance.now();
    const pending = this.model.invoke();
    if (pending !== undefined) await pending;
    const elapsed = performance.now() - started;
    this.#runs++;
    return elapsed;
  }

  /** Reads the sources and fills the inputs. @throws LitescopeError INVALID_INPUT, INVALID_IMAGE, INVALID_NPY, FILE_UNREADABLE */
  async fill(sources: InputSources): Promise<void> {
    fillInputs(this.model.inputs, await readSources(this.model.inputs, sources));
  }

  async run(request: RunRequest, { report }: Call<SessionProgress>): Promise<RunReply> {
    report({ kind: 'prepare-inputs' });
    // Not all runs are decoded, and what decodes is larger than all else of a session.
    const decode = request.decoder === undefined ? null : (await import('../../../vision/decoders/worker/decode-outputs')).decodeOutputs;
    const started = performance.now();
    const ready = await readSources(this.model.inputs, request.inputs);
    const readAt = performance.now();
    const placement = fillInputs(this.model.inputs, ready);
    const preprocessedAt = performance.now();
    report({ kind: 'invoke' });
    const { invoke_ms, tensors } = request.tensors === undefined ? { invoke_ms: await this.invoke(), tensors: [] } : this.#observe(request.tensors, request.given);
    report({ kind: 'decode' });
    const outputs = readOutputs(this.outputs);
    const decodeFrom = performance.now();
    const { decoded, decodeError } = decode === null ? { decoded: null, decodeError: null } : decode(outputs, placement, request);
    return {
      run: this.#runs,
      outputs,
      tensors,
      decoded,
      decodeError,
      placement,
      timings: { read_ms: readAt - started, preprocess_ms: preprocessedAt - readAt, invoke_ms, decode_ms: performance.now() - decodeFrom },
      wasm_memory_bytes: this.model.memoryBytes(),
      log: this.log,
    };
  }

  /** Runs once and hands out tensors on the way. */
  #observe(tensors: NonNullable<RunRequest['tensors']>, given: RunRequest['given']): Pick<ObservedRun, 'invoke_ms' | 'tensors'> {
    const { observe, configuration } = this.model;
    if (observe === undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.handsOutNothingBetween(configuration.runtime));
    this.model.release();
    const observed = observe(tensors, given);
    this.#runs++;
    return observed;
  }
}
