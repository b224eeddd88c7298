import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { Model } from '../../../tflite/format/model';
import type { decodeOutputs } from '../../../vision/decoders/worker/decode-outputs';
import type { Call } from '../../../threads/shared/methods';
import type { LoadedModel, ObservedRun, RuntimeLog, RuntimeTensor } from '../../runtimes/worker/runtime';
import type { OutputTensor, Placement } from '../../../vision/shared/types';
import type { InputSources, RunReply, RunRequest, SequenceReply } from '../shared/protocol';
import type { FedBack } from '../shared/state';
import type { SessionProgress } from '../../configuration/shared/progress';
import { copyOutputs } from '../../runtimes/worker/outputs';
import { Feedback } from './fed-back';
import { fillInputs, readSources, stepsOf, type ReadyInputs, textsOf } from './inputs';
import { assertShapes, invokeWatched, OutputWatch, readOutputs, StepOutputs, withStatistics } from './outputs';

/** What LiteRT prints at every start, among it the complaint that a browser has no NPU to load: of no use to a person. */
const chatter = /^(INFO|VERBOSE)\b|^I\d{4} |npu_registry\.cc/;

/** The model whose ops are to be timed, with the subgraph that runs. */
export interface ProfiledModel {
  readonly model: Model;
  readonly subgraph: number;
}

/** What a loaded model is told about itself. */
export interface SessionFacts {
  readonly outputNames: readonly string[];
  /** Of a session that times ops. */
  readonly profiled: ProfiledModel | null;
  /** Of outputs of which the file says none, by name. */
  readonly shapes?: ReadonlyMap<string, readonly number[]>;
  readonly feedback?: readonly FedBack[] | undefined;
  /** Whether the model keeps variables from one run to the next. */
  readonly keepsVariables?: boolean;
}

type Decode = typeof decodeOutputs | null;

/** A run of many steps gives the event loop a turn after so many milliseconds, in which it can be cancelled. */
const longestTurn_ms = 50;

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
  readonly #feedback: Feedback;
  readonly #keepsVariables: boolean;
  readonly #watch = new OutputWatch();
  #runs = 0;
  #steps = 0;

  /** @throws LitescopeError STATE_MISMATCH for outputs that cannot be fed back as asked */
  constructor(model: LoadedModel, log: RuntimeLog, beforeBytes: number, { outputNames, profiled, shapes = new Map(), feedback = [], keepsVariables = false }: SessionFacts) {
    this.model = model;
    this.profiled = profiled;
    this.beforeBytes = beforeBytes;
    this.#log = log;
    this.#shapes = shapes;
    this.#keepsVariables = keepsVariables;
    this.outputs = [...model.outputs].sort((a, b) => outputNames.indexOf(a.name) - outputNames.indexOf(b.name));
    this.#feedback = new Feedback(feedback, model.inputs, this.outputs);
  }

  get log(): string[] {
    return this.#log.lines.filter((line) => !chatter.test(line));
  }

  /** How many runs there were. */
  get runs(): number {
    return this.#runs;
  }

  /**
   * Runs once on what the inputs hold, those that are fed back on what the run before gave. A session's first run is watched for
   * outputs that are never written, or not as the model gives them; later ones cost nothing extra.
   * @returns milliseconds around invoke alone
   */
  async invoke(): Promise<number> {
    this.#feedback.feed();
    const elapsed_ms = await this.#invoke();
    this.#ran();
    return elapsed_ms;
  }

  /** Reads the sources and fills the inputs. @throws LitescopeError INVALID_INPUT, INVALID_IMAGE, INVALID_NPY, FILE_UNREADABLE */
  async fill(sources: InputSources): Promise<void> {
    fillInputs(this.model.inputs, await readSources(this.model.inputs, this.#withState(sources)));
  }

  async run(request: RunRequest, call: Call<SessionProgress>): Promise<RunReply> {
    const { report } = call;
    report({ kind: 'prepare-inputs' });
    if (request.reset === true) this.#begin();
    // Not all runs are decoded, and what decodes is larger than all else of a session.
    const decode: Decode = request.decoder === undefined ? null : (await import('../../../vision/decoders/worker/decode-outputs')).decodeOutputs;
    const started = performance.now();
    const ready = await readSources(this.model.inputs, this.#withState(request.inputs));
    const steps = stepsOf(ready);
    const readAt = performance.now();
    if (steps !== null) return this.#runSteps(request, decode, ready, steps, readAt - started, call);
    const placement = fillInputs(this.model.inputs, ready);
    const preprocessedAt = performance.now();
    const inputs = request.keepInputs === true ? this.#inputsAsFed() : undefined;
    report({ kind: 'invoke' });
    const { invoke_ms, tensors } = request.tensors === undefined ? { invoke_ms: await this.invoke(), tensors: [] } : this.#observe(request.tensors, request.given);
    report({ kind: 'decode' });
    return this.#reply(request, decode, { placement, ready }, { tensors, inputs }, { read_ms: readAt - started, preprocess_ms: preprocessedAt - readAt, invoke_ms });
  }

  /** One run for each step of the sequences among the inputs. */
  async #runSteps(request: RunRequest, decode: Decode, ready: ReadyInputs, steps: number, read_ms: number, { report, interrupted }: Call<SessionProgress>): Promise<RunReply> {
    if (request.tensors !== undefined) throw new LitescopeError('INVALID_INPUT', text.noTensorsOfSteps);
    const sequences = this.model.inputs.filter(({ name }) => ready.get(name)?.kind === 'steps');
    const [given, found] = [new StepOutputs(steps), new StepOutputs(steps)];
    const invoke_ms: number[] = [];
    let [placement, once, preprocess_ms]: [Placement | null, readonly OutputTensor[], number] = [null, [], 0];
    for (let [step, turn] = [0, performance.now()]; step < steps; step++) {
      const started = performance.now();
      placement = fillInputs(this.model.inputs, ready, step);
      preprocess_ms += performance.now() - started;
      if (request.keepInputs === true) {
        if (step === 0) once = this.#inputsAsFed().filter(({ name }) => !sequences.some((tensor) => tensor.name === name));
        given.add(sequences);
      }
      invoke_ms.push(await this.invoke());
      found.add(this.outputs);
      if (performance.now() - turn < longestTurn_ms && step > 0) continue;
      report({ kind: 'steps', step: step + 1, steps, fraction: (step + 1) / steps });
      if (await interrupted()) throw new LitescopeError('CANCELLED');
      turn = performance.now();
    }
    report({ kind: 'decode' });
    const timings = { read_ms, preprocess_ms, invoke_ms: invoke_ms.at(-1) ?? 0 };
    const sequence = { steps, outputs: withStatistics(found.tensors), invoke_ms };
    return this.#reply(request, decode, { placement, ready }, { sequence, inputs: request.keepInputs === true ? [...given.tensors, ...once] : undefined }, timings);
  }

  #reply(
    request: RunRequest, decode: Decode, { placement, ready }: { readonly placement: Placement | null; readonly ready: ReadyInputs }, { tensors = [], inputs, sequence }: { readonly tensors?: RunReply['tensors']; readonly inputs: RunReply['inputs'] | undefined; readonly sequence?: SequenceReply },
    timings: Omit<RunReply['timings'], 'decode_ms'>,
  ): RunReply {
    const [outputs, texts] = [readOutputs(this.outputs), textsOf(ready)];
    const decodeFrom = performance.now();
    const { decoded, decodeError } = decode === null ? { decoded: null, decodeError: null } : decode(outputs, placement, request);
    return {
      run: this.#runs,
      step: this.#steps,
      outputs,
      tensors,
      decoded,
      decodeError,
      placement,
      sounds: [...ready].flatMap(([input, source]) => (source.kind === 'sound' ? [{ input, ...source.use }] : [])),
      timings: { ...timings, decode_ms: performance.now() - decodeFrom },
      wasm_memory_bytes: this.model.memoryBytes(),
      log: this.log,
      ...(inputs === undefined ? {} : { inputs }),
      ...(texts.length === 0 ? {} : { texts }),
      ...(sequence === undefined ? {} : { sequence }),
    };
  }

  /** The sources without those whose inputs have their values from the run before; what begins with nothing said begins with zeros. */
  #withState(sources: InputSources): InputSources {
    const fed = this.model.inputs.filter(({ name }) => this.#feedback.holds(name) || (this.#feedback.isFed(name) && sources[name] === undefined));
    return { ...sources, ...Object.fromEntries(fed.map(({ name }) => [name, { kind: 'zeros' } as const])) };
  }

  #inputsAsFed(): readonly OutputTensor[] {
    this.#feedback.feed();
    return copyOutputs(this.model.inputs);
  }

  /** The next run is the first step, as far as the worker can make it so: a model's own variables end with it. */
  #begin(): void {
    this.#feedback.reset();
    if (!this.#keepsVariables) this.#steps = 0;
  }

  async #invoke(): Promise<number> {
    if (this.#keepsVariables && !this.#watch.over) {
      const elapsed_ms = await this.#watch.invoke(this.model);
      assertShapes(this.outputs, this.#shapes);
      return elapsed_ms;
    }
    if (this.#runs === 0) {
      const elapsed_ms = await invokeWatched(this.model);
      assertShapes(this.outputs, this.#shapes);
      return elapsed_ms;
    }
    this.model.release();
    const started = performance.now();
    const pending = this.model.invoke();
    if (pending !== undefined) await pending;
    return performance.now() - started;
  }

  /** A run is over: what it gave is held for the next one. */
  #ran(): void {
    this.#runs++;
    this.#steps++;
    this.#feedback.keep();
  }

  /** Runs once and hands out tensors on the way. */
  #observe(tensors: NonNullable<RunRequest['tensors']>, given: RunRequest['given']): Pick<ObservedRun, 'invoke_ms' | 'tensors'> {
    const { observe, configuration } = this.model;
    if (observe === undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.handsOutNothingBetween(configuration.runtime));
    this.#feedback.feed();
    this.model.release();
    const observed = observe(tensors, given);
    this.#ran();
    return observed;
  }
}
