import { LitescopeError, type ErrorCode } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { abortable, OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions, Methods } from '../../../threads/shared/methods';
import { chooseBuild, compiledModule, startCompiler, usedBuilds } from '../../builds/page/builds';
import { capabilities } from '../../builds/page/capabilities';
import type { Build } from '../../builds/shared/build';
import { assertSuitable, signatureOf } from '../../runtimes/shared/requirements';
import { unfitness } from '../../runtimes/shared/unfitness';
import { assertAvailable, attempts, runtimeNames } from '../shared/attempts';
import { assertFeedback } from '../shared/state';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { Capabilities, Configuration, RequestedConfiguration } from '../../configuration/shared/configuration';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { Refusal } from '../../configuration/shared/refusal';
import type { SessionMethods } from '../worker/session-methods';
import { Session, sessionRemote, type OpenSessionOptions, type SessionModel } from './session';

export interface AttemptOptions<Progress = SessionProgress> extends OpenSessionOptions<Progress> {
  /** False to try only the first choice. */
  readonly fallback?: boolean | undefined;
  /** Whether the session that is given is another one than that in which `use` proved itself: one in which nothing has run yet. */
  readonly afresh?: boolean | undefined;
  /** What was tried already: it is not tried again, and comes first among the refusals. */
  readonly tried?: readonly Refusal[] | undefined;
}

export interface Attempted<T, M extends Methods & SessionMethods = SessionMethods> {
  readonly session: Session<M>;
  readonly value: T;
  readonly refusals: readonly Refusal[];
}

/** What another runtime or fewer threads may do better; anything else ends the search. */
export const worthAnotherAttempt: readonly ErrorCode[] = [
  'UNSUPPORTED_OP', 'UNSUPPORTED_DTYPE', 'RUNTIME_LOAD_FAILED', 'MODEL_REFUSED', 'INVOKE_FAILED', 'OUTPUT_NOT_WRITTEN', 'OUTPUT_MISSHAPEN', 'RUNTIME_UNFIT', 'OUT_OF_MEMORY',
  'SESSION_CRASHED', 'NOT_ISOLATED', 'NO_SHARED_MEMORY', 'NO_SIMD', 'NO_WEBGPU', 'NO_WEBNN', 'INVALID_CONFIGURATION',
];

/**
 * Opens sessions, each in a worker of its own.
 * @typeParam M what such a worker can be asked for
 */
export class Sessions<M extends Methods & SessionMethods = SessionMethods> {
  readonly #start: () => Worker;
  /** A worker that was started ahead and holds no model yet. */
  #spare: { readonly build: Build | null; readonly worker: OwnedWorker<M> } | null = null;

  /** @param start starts a worker that serves the methods */
  constructor(start: () => Worker) {
    this.#start = start;
  }

  /**
   * Starts a worker and loads the model in it.
   * @throws LitescopeError what the device, the runtime or the model refuses; CANCELLED; SESSION_HUNG; SESSION_CRASHED
   */
  async open(model: SessionModel, configuration: Configuration, available: Capabilities, options: OpenSessionOptions = {}): Promise<Session<M>> {
    assertAvailable(configuration, available);
    assertSuitable(configuration.runtime, model.summary, options.signature);
    const { inputs, outputs } = signatureOf(model.summary, options.signature);
    assertFeedback(options.feedback ?? [], inputs, outputs);
    const build = chooseBuild(configuration, available);
    const worker = this.#takeSpare(build) ?? this.#prepared(configuration, build, options);
    try {
      const wasm = await abortable(compiledModule(build, (progress) => options.onProgress?.(progress)), options.signal);
      const request = { model: model.blob, summary: model.summary, configuration, build, wasm, profiling: options.profiling, signature: options.signature, shapes: options.shapes, feedback: options.feedback, dirtyHeap: options.dirtyHeap };
      return new Session(worker, await sessionRemote(worker).load(request, options));
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /**
   * Begins what the next session will need whatever its model, while that is still on its way: a worker with the runtime's
   * code, and the compiled WASM. Of several calls the latest counts; what cannot be had is told when a session is opened.
   */
  async ahead(requested: RequestedConfiguration): Promise<void> {
    // Both start while the device is asked, which may take as long as they do.
    this.#spare ??= { build: null, worker: new OwnedWorker<M>(this.#start()) };
    if (usedBuilds().length === 0) startCompiler();
    const available = await capabilities();
    const configuration = attempts(requested, available, { weights: [] }).find((candidate) => isAvailable(candidate, available));
    if (configuration === undefined) return;
    const build = chooseBuild(configuration, available);
    if (this.#spare === null || this.#spare.worker.ended !== null || !serves(this.#spare.build, build)) {
      const worker = this.#prepared(configuration, build);
      this.#spare?.worker.terminate();
      this.#spare = { build, worker };
    }
    await compiledModule(build, () => undefined).catch(() => undefined);
  }

  /** The worker fetches the runtime's code while the WASM is compiled; what it cannot have it says when a model is loaded. */
  #prepared(configuration: Configuration, build: Build, { watchdog_ms }: Pick<CallOptions, 'watchdog_ms'> = {}): OwnedWorker<M> {
    const worker = this.#takeSpare(null) ?? new OwnedWorker<M>(this.#start());
    sessionRemote(worker).prepare({ configuration, build }, { watchdog_ms }).catch(() => undefined);
    return worker;
  }

  /** The worker that was started ahead and has this build's code, or, with null, none yet. */
  #takeSpare(build: Build | null): OwnedWorker<M> | null {
    const spare = this.#spare;
    if (spare === null || spare.worker.ended !== null || !(build === null ? spare.build === null : serves(spare.build, build))) return null;
    this.#spare = null;
    return spare.worker;
  }

  /**
   * Opens a session by what was asked for and uses it, falling back over what the device offers instead. Loading
   * alone proves little, because some failures show only when the model runs: `use` is part of the attempt. A runtime that
   * nobody asked for is not tried where it was measured to compute such models wrongly, and is among the refusals.
   * @throws LitescopeError NO_RUNTIME with every attempt's error; where all attempts fail alike, that error
   */
  async attempt<T>(model: SessionModel, requested: RequestedConfiguration, use: (session: Session<M>) => Promise<T>, options: AttemptOptions = {}): Promise<Attempted<T, M>> {
    const available = await capabilities();
    const all = attempts(requested, available, model.summary);
    const unfit = requested.runtime === 'auto' ? unfitOf(all, model.summary, options.signature) : [];
    const tried = options.tried ?? [];
    const candidates = all.filter((candidate) => !unfit.some(({ configuration: { runtime } }) => runtime === candidate.runtime) && !tried.some(({ configuration }) => isSame(configuration, candidate)));
    const refusals = [...tried, ...unfit.filter(({ configuration }) => !tried.some((other) => isSame(other.configuration, configuration)))];
    for (const configuration of options.fallback === false ? candidates.slice(0, 1) : candidates) {
      let session: Session<M> | null = null;
      try {
        session = await this.open(model, configuration, available, options);
        const value = await use(session);
        if (options.afresh !== true) return { session, value, refusals };
        session.close();
        return { session: session = await this.open(model, configuration, available, options), value, refusals };
      } catch (thrown) {
        session?.close();
        const error = LitescopeError.from(thrown);
        if (!worthAnotherAttempt.includes(error.code)) throw error;
        refusals.push({ configuration, error: error.serialize() });
      }
    }
    throw refusedByAll(refusals);
  }
}

function isSame(one: Configuration, other: Configuration): boolean {
  return one.runtime === other.runtime && one.accelerator === other.accelerator && one.threads === other.threads;
}

/** The runtimes that are not to be given a model, each with the configuration that would have come first. */
function unfitOf(candidates: readonly Configuration[], summary: ModelSummary, signature: string | undefined): Refusal[] {
  return runtimeNames.flatMap((runtime) => {
    const configuration = candidates.find((candidate) => candidate.runtime === runtime);
    const error = unfitness(runtime, signatureOf(summary, signature));
    return configuration === undefined || error === null ? [] : [{ configuration, error: error.serialize() }];
  });
}

function isAvailable(configuration: Configuration, available: Capabilities): boolean {
  try {
    assertAvailable(configuration, available);
    return true;
  } catch {
    return false;
  }
}

/** Whether a worker that has the code for one build has it for another. */
function serves(spare: Build | null, build: Build): boolean {
  return spare?.folder === build.folder && spare.moduleFile === build.moduleFile;
}

/**
 * One error for all attempts: their common one where they agree, so that a person is not sent to search in a list. What
 * every runtime says alike, but for its own name, stands once.
 */
function refusedByAll(refusals: readonly Refusal[]): LitescopeError {
  const errors = refusals.map(({ error }) => error);
  const [first] = errors;
  const place = errors.find((error) => error.place !== undefined)?.place;
  if (first === undefined || errors.some(({ code }) => code !== first.code)) {
    return new LitescopeError('NO_RUNTIME', text.attemptsRefused(refusals.map(({ configuration, error }) => ({ runtime: configuration.runtime, reason: error.title }))), { place, attempts: errors });
  }
  const common = new Set(refusals.map(({ configuration, error }) => error.details.replaceAll(configuration.runtime, text.everyRuntime)));
  const [same] = common;
  if (common.size === 1 && same !== undefined) return new LitescopeError(first.code, errors.length > 1 ? same : first.details, { place });
  return new LitescopeError(first.code, [...new Set(errors.map(({ details }) => details))].join(' · '), { place, attempts: errors });
}
