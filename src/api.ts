/**
 * The page's automation API, `window.litescope`: the one way in for the page itself, the command line, the tests and
 * embedders. All of it is asynchronous, takes an AbortSignal and a progress callback, and throws LitescopeError.
 *
 * @example
 * const model = await litescope.open('models/face_detection_short_range.tflite');
 * const result = await litescope.run(model.id, { runtime: 'litert' }, { input: { kind: 'image', image: photo } });
 * const report = await litescope.benchmark([model.id], [{ runtime: 'tfjs-tflite' }, { runtime: 'litert' }]);
 */
import { attemptSession, type Refusal } from './engine/attempt-session';
import { measureRows } from './engine/bench/benchmark';
import type { RowSubject } from './engine/bench/row';
import { capabilities } from './engine/capabilities';
import type { CrossCheck, CrossCheckOptions } from './engine/cross-check/cross-check';
import type { CompareLayersOptions, LayersComparison } from './engine/comparing/compare-layers';
import type { ComparisonSettings } from './engine/comparing/compare-outputs';
import type { OutputsComparison } from './engine/comparing/outputs-comparison';
import { samplesFor, type GivenSample } from './engine/comparing/samples';
import { measureEnvironment } from './engine/environment';
import type { CallOptions } from './engine/owned-worker';
import type {
  Capabilities, Input, InputSource, InputSources, LoadReply, ProducedConfiguration, RequestedConfiguration, RunReply, RuntimeName,
} from './engine/protocol';
import { profileModel, type ProfileModelOptions, type ProfiledModel } from './engine/profile/profile-model';
import { measurePeak } from './engine/roofline/measure-peak';
import { previewPasses, quantizeAndProve, rewriteModel, type Proven, type RewrittenModel, type QuantizeSettings, type VariantSettings } from './engine/quantize/make-variant';
import type { PassPreview, Rewriting } from './engine/quantize/protocol';
import type { QuantizedModel } from './engine/quantize/quantize-model';
import type { Session, SessionOptions } from './engine/session';
import type { StreamWatcher } from './engine/stream/live-stream';
import { Stream, type StreamTarget } from './engine/stream/stream';
import type { StreamSettings } from './engine/stream/types';
import { LitescopeError } from './errors';
import type { CatalogueEntry } from './gallery/catalogue';
import { galleryModels, galleryUrl } from './gallery/gallery';
import { preprocessingFor, resultDefaults, streamSettings } from './gallery/model-defaults';
import { nameOf, openable, publicAddress, type ModelSource } from './gallery/named-source';
import { openSource } from './gallery/open';
import { recipes, type Recipe, type RecipeName } from './quantize/recipe';
import { defaultPlan, type BenchmarkPlan } from './report/benchmark';
import { defaultComparisonPlan, sweepRounds, type ComparisonPlan, type Roofline } from './report/comparison';
import type { BenchmarkResult, FailedResult, Report } from './report/report';
import { readReportLink, reportLink } from './share/links';
import type { ModelSummary } from './tflite/summary';
import { frameSources } from './vision/sources';
import type { FrameSource } from './vision/sources/types';
import type { Decoder } from './vision/types';

/** A model that is open in this page. */
export interface Model {
  /** Its SHA-256's first 16 digits: opening the same file twice gives the same model. */
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly summary: ModelSummary;
  /** The file, by reference. */
  readonly blob: Blob;
  /** Where others may open it too: an address of another site, without password or parameters. */
  readonly url?: string | undefined;
  /** The gallery's entry for this very file, however it was opened. */
  readonly entry: CatalogueEntry | null;
}

export interface OpenOptions extends CallOptions {
  /** Shown in place of the file's own name. */
  readonly name?: string | undefined;
  /** Refuse the file (HASH_MISMATCH) unless it has this SHA-256. Addresses only. */
  readonly sha256?: string | undefined;
}

export type { Input };

export interface RunOptions extends CallOptions, SessionOptions {
  readonly decoder?: Decoder | undefined;
  readonly labels?: readonly string[] | undefined;
  /** Tensors between input and output to hand out, by index in the signature's subgraph. Only tfjs-kernels can; others refuse (INVALID_CONFIGURATION). */
  readonly tensors?: readonly number[] | 'all' | undefined;
  /** False to fail with the first choice's own error instead of trying the next runtime. */
  readonly fallback?: boolean | undefined;
}

export interface RunResult extends RunReply {
  /** What ran. */
  readonly configuration: ProducedConfiguration;
  /** What was tried before, and why it does not run. */
  readonly refusals: readonly Refusal[];
  /** The session's start; the same object for every run of one session. */
  readonly loaded: LoadReply;
  /** From the page's call to the page's answer, milliseconds, without loading. */
  readonly round_trip_ms: number;
}

export interface ProfileOptions extends CallOptions, SessionOptions, Pick<ProfileModelOptions, 'method'> {
  /** What is left out is benchmark_model's default. */
  readonly plan?: Partial<BenchmarkPlan> | undefined;
  readonly fallback?: boolean | undefined;
}

/** A model in a configuration; what is left out of it is `auto`. */
export interface BenchmarkRow {
  readonly id: string;
  readonly configuration: Partial<RequestedConfiguration>;
}

export interface BenchmarkOptions extends RunOptions {
  /** Called with each row, in order, when all are measured. */
  readonly onResult?: ((result: BenchmarkResult | FailedResult) => void) | undefined;
  /** How rows are compared when there are several. */
  readonly comparison?: Partial<ComparisonPlan> | undefined;
  /** For each row: by which share its runs are made longer (see `BenchmarkRequest`), to try what a comparison finds. */
  readonly handicaps?: readonly number[] | undefined;
}

export interface Litescope {
  capabilities(): Promise<Capabilities>;
  /** The models that come with the page. */
  gallery(): Promise<readonly CatalogueEntry[]>;
  /** Opens a gallery model by its id, without asking the network for anything but its file. */
  openFromGallery(id: string, options?: OpenOptions): Promise<Model>;
  /** Opens an address, a file or bytes. Bytes are copied, once, into a Blob. */
  open(source: ModelSource, options?: OpenOptions): Promise<Model>;
  models(): readonly Model[];
  /** Forgets a model and ends its sessions. A stream that runs in one is interrupted until it is taken to another model. */
  close(id: string): void;
  /**
   * Runs a model once. Its session stays alive and is used again while configuration, signature and shapes stay the same;
   * runs that ask for `tensors` have one of their own beside it.
   * @param configuration what is left out is `auto`
   * @param inputs by tensor name; inputs that are left out get seeded random values
   */
  run(id: string, configuration?: Partial<RequestedConfiguration>, inputs?: Readonly<Record<string, Input>>, options?: RunOptions): Promise<RunResult>;
  /** Times every op of a model, in a session of its own: `op_profile` is a report's. Inputs as in `run`. */
  profile(id: string, configuration?: Partial<RequestedConfiguration>, inputs?: Readonly<Record<string, Input>>, options?: ProfileOptions): Promise<ProfiledModel>;
  /**
   * Runs one input through all runtimes and compares every tensor on the way: where do they part, and who is alone there.
   * @param options `copies`: for a runtime, the id of the model that it runs instead, which differs in values alone
   */
  crossCheck(id: string, inputs?: Readonly<Record<string, Input>>, options?: CrossCheckOptions & { readonly copies?: Readonly<Partial<Record<RuntimeName, string>>> }): Promise<CrossCheck>;
  /**
   * Runs two or more models on the same inputs, sample by sample in turn, and tells how far each one's outputs are from the
   * first one's: in numbers, in the terms of the task, and from the truth where samples are labelled. A model that fails is
   * told in its place. Latency is `benchmark`'s.
   * @param samples seeded random values, once, when left out
   * @param options `decoder` and `labels` are the first model's own when left out
   */
  compare(ids: readonly string[], configuration?: Partial<RequestedConfiguration>, samples?: readonly GivenSample[], options?: ComparisonSettings): Promise<OutputsComparison>;
  /**
   * Where along the graph the second model's values part from the first one's: the tensors that both compute, on
   * TensorFlow.js' kernels. Inputs as for `compare`; few are enough.
   */
  compareLayers(ids: readonly [string, string], samples?: readonly GivenSample[], options?: CompareLayersOptions): Promise<LayersComparison>;
  /** What each pass would change in a model, and what it could not. */
  previewPasses(id: string, options?: CallOptions): Promise<readonly PassPreview[]>;
  /**
   * Makes a variant by passes and opens it. It is run before and after on both runtimes; `proof.verdict` says whether what came out is right.
   * @param inputs to compare with, a record as for `run` for each run; without any, seeded random ones
   */
  rewrite(id: string, rewriting: Rewriting, inputs?: readonly Readonly<Record<string, Input>>[], options?: VariantOptions): Promise<Variant<RewrittenModel>>;
  /**
   * Makes a variant with smaller numbers and opens it, with the same proof.
   * @param samples inputs to find ranges with, a record as for `run` for each run: 100 or more; none for recipes that need none
   */
  quantize(id: string, recipe: Recipe | RecipeName, samples?: readonly Readonly<Record<string, Input>>[], options?: QuantizeOptions): Promise<Variant<QuantizedModel>>;
  /** Where frames come from: cameras, screens, videos and pictures. */
  readonly sources: typeof frameSources;
  /**
   * Streams a source's frames through a model until it is closed. It has a session of its own and owns the source.
   * @param options what is left out of the settings follows from the model: its first input that takes pictures, its own
   *   way from a picture to it, its own decoder
   */
  stream(id: string, source: FrameSource, watcher: StreamWatcher, configuration?: Partial<RequestedConfiguration>, options?: StreamOptions): Promise<Stream>;
  /** Takes a stream to another model or configuration, while it goes on. */
  switchStream(stream: Stream, id: string, configuration?: Partial<RequestedConfiguration>, options?: StreamOptions): Promise<void>;
  /**
   * Benchmarks every model in every configuration. Several rows take turns, each turn in a session of its own, and the
   * report compares them with the first one (`comparison`). A row that fails is reported in its place. Inputs belong to
   * the models that have an input of their name.
   */
  benchmark(
    ids: readonly string[],
    configurations: readonly Partial<RequestedConfiguration>[],
    plan?: Partial<BenchmarkPlan>,
    inputs?: Readonly<Record<string, Input>>,
    options?: BenchmarkOptions,
  ): Promise<Report>;
  /** As `benchmark`, of any models in any configurations. */
  benchmarkRows(rows: readonly BenchmarkRow[], plan?: Partial<BenchmarkPlan>, inputs?: Readonly<Record<string, Input>>, options?: BenchmarkOptions): Promise<Report>;
  /**
   * Measures every model in every configuration on several numbers of threads, all of them in turn. The report's `sweep`
   * has the speed-ups. Counts that a runtime does not have are rows that failed.
   * @param threadCounts from 1 to the device's cores when left out
   */
  sweep(
    ids: readonly string[],
    configurations: readonly Partial<Omit<RequestedConfiguration, 'threads'>>[],
    threadCounts?: readonly number[],
    plan?: Partial<BenchmarkPlan>,
    inputs?: Readonly<Record<string, Input>>,
    options?: BenchmarkOptions,
  ): Promise<Report>;
  /**
   * What this browser can do at best: multiply-adds and memory, on each number of threads (1 and the device's cores when
   * left out). About a second for each.
   */
  peak(threadCounts?: readonly number[], options?: CallOptions): Promise<Roofline>;
  /** A link to this page that carries a report itself; what had no room is told in its `left_out`. */
  reportLink(report: Report, options?: CallOptions): Promise<string>;
  /** The report behind `#report=` of a link, checked. */
  readReportLink(text: string, options?: CallOptions): Promise<Report>;
}

export interface VariantOptions extends VariantSettings {
  /** Shown in place of the model's name and what was done. */
  readonly name?: string | undefined;
}

export interface QuantizeOptions extends VariantOptions, QuantizeSettings {
  /** Inputs to compare with that no range was found with. */
  readonly heldOut?: readonly Readonly<Record<string, Input>>[] | undefined;
}

/** What was made of a model, open as a model of its own. */
export type Variant<Made> = Omit<Proven<Made>, 'file' | 'summary'> & { readonly model: Model };

export interface StreamOptions extends CallOptions, SessionOptions {
  readonly settings?: Partial<StreamSettings> | undefined;
  /** Frames a second at most; null, the default, for as many as the source gives. */
  readonly cap_fps?: number | null | undefined;
  readonly fallback?: boolean | undefined;
}

interface LiveSession {
  readonly key: string;
  readonly session: Session;
  readonly refusals: readonly Refusal[];
}

function complete(configuration: Partial<RequestedConfiguration>): RequestedConfiguration {
  return { runtime: 'auto', accelerator: 'auto', threads: 'auto', ...configuration };
}

/** Makes the API. The page has one; tests and embedders may have their own, which share nothing but compiled runtimes. */
export function createLitescope(): Litescope {
  const models = new Map<string, Model>();
  const sessions = new Map<string, LiveSession>();
  /** Of runs that hand out tensors on the way: a look at one does not cost a model the session that its other runs have. */
  const observing = new Map<string, LiveSession>();
  /** The streams that are not closed, with the model that each one runs. */
  const streams = new Map<Stream, string>();
  /** Each model's latest run: two at once would open two sessions, of which one would be lost. */
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
    turns.set(id, turn);
    return turn;
  }

  function model(id: string): Model {
    const found = models.get(id);
    if (found === undefined) throw new LitescopeError('UNKNOWN_MODEL', `No model “${id}” is open.`);
    return found;
  }

  /** Fills in what the caller left to the model's defaults. */
  function sourcesFor(target: Model, inputs: Readonly<Record<string, Input>>, options: SessionOptions): InputSources {
    const signature = target.summary.signatures.find(({ key }) => key === options.signature) ?? target.summary.signatures[0];
    return Object.fromEntries(Object.entries(inputs).map(([name, input]): [string, InputSource] => {
      if (input.kind !== 'image' || input.preprocessing !== undefined) return [name, input as InputSource];
      const tensor = signature?.inputs.find((candidate) => candidate.name === name);
      const preprocessing = tensor === undefined ? null : preprocessingFor(target, { ...tensor, shape: options.shapes?.[name] ?? tensor.shape.map((d) => (d === -1 ? 1 : d)) });
      if (preprocessing === null) throw new LitescopeError('INVALID_INPUT', `Input “${name}” does not look like a picture; say how it becomes one (preprocessing).`);
      return [name, { ...input, preprocessing }];
    }));
  }

  function endSession(id: string, kept = [sessions, observing]): void {
    for (const each of kept) {
      each.get(id)?.session.close();
      each.delete(id);
    }
  }

  /** Before something is timed: the thread pool of a session that waits may spin and would be timed too. */
  function endSessions(): void {
    for (const id of [...sessions.keys(), ...observing.keys()]) endSession(id);
  }

  /** @throws LitescopeError INVALID_INPUT for a model that takes no pictures */
  function streamTarget(target: Model, configuration: Partial<RequestedConfiguration>, options: StreamOptions): StreamTarget {
    return { model: target, requested: complete(configuration), settings: streamSettings(target, options.settings ?? {}, options), options };
  }

  /** Keeps in mind which model a stream runs, so that it ends with the model; the model may have been closed meanwhile. */
  function follow(stream: Stream, id: string): void {
    for (const known of streams.keys()) if (known.live.state.kind === 'closed') streams.delete(known);
    streams.set(stream, id);
    if (!models.has(id)) stream.endSession();
  }

  const litescope: Litescope = {
    capabilities,
    gallery: galleryModels,
    models: () => [...models.values()],

    async openFromGallery(id, options = {}) {
      const entry = (await galleryModels()).find((candidate) => candidate.id === id);
      if (entry === undefined) throw new LitescopeError('UNKNOWN_MODEL', `The gallery has no model “${id}”.`);
      return litescope.open(galleryUrl(entry), { ...options, name: options.name ?? entry.title, sha256: entry.sha256 });
    },

    async open(source, options = {}) {
      const opened = await openSource(openable(source, options.sha256), options);
      const entry = (await galleryModels()).find(({ sha256 }) => sha256 === opened.sha256) ?? null;
      const id = opened.sha256.slice(0, 16);
      const added: Model = { ...opened, id, name: options.name ?? nameOf(source), entry, url: publicAddress(source) };
      models.set(id, added);
      return added;
    },

    close(id) {
      endSession(id);
      for (const [stream, running] of streams) if (running === id) stream.endSession();
      models.delete(id);
    },

    run: (id, configuration = {}, inputs = {}, options = {}) => inTurn(id, async () => {
      const target = model(id);
      const requested = complete(configuration);
      const request = { inputs: sourcesFor(target, inputs, options), decoder: options.decoder, labels: options.labels, tensors: options.tensors };
      const use = async (session: Session) => {
        const started = performance.now();
        const reply = await session.run(request, options);
        return { reply, round_trip_ms: performance.now() - started };
      };
      const key = JSON.stringify([requested, options.signature, options.shapes, options.fallback, options.heapTrial]);
      const kept = options.tensors === undefined ? sessions : observing;
      let live = kept.get(id);
      let done;
      if (live !== undefined && live.key === key && live.session.alive) {
        done = await use(live.session);
      } else {
        endSession(id, [kept]);
        const { session, refusals, value } = await attemptSession(target, requested, use, options);
        live = { key, session, refusals };
        // The model may have been closed meanwhile, and then nobody would end its session.
        if (models.has(id)) kept.set(id, live);
        else session.close();
        done = value;
      }
      const { loaded } = live.session;
      return { ...done.reply, round_trip_ms: done.round_trip_ms, configuration: loaded.configuration, loaded, refusals: live.refusals };
    }),

    async profile(id, configuration = {}, inputs = {}, options = {}) {
      const target = model(id);
      endSession(id);
      return profileModel(target, complete(configuration), { inputs: sourcesFor(target, inputs, options), plan: { ...defaultPlan, ...options.plan } }, options);
    },

    async crossCheck(id, inputs = {}, options = {}) {
      const target = model(id);
      endSession(id);
      const { crossCheck } = await import('./engine/cross-check/cross-check');
      const copies = Object.fromEntries(Object.entries(options.copies ?? {}).map(([runtime, copy]) => [runtime, model(copy)]));
      return crossCheck(target, copies, sourcesFor(target, inputs, { shapes: options.shapes }), options);
    },

    async compare(ids, configuration = {}, samples = [{ inputs: {} }], options = {}) {
      const targets = ids.map(model);
      endSessions();
      const { compareOutputs } = await import('./engine/comparing/compare-outputs');
      const subjects = targets.map((target) => ({ id: target.id, name: target.name, model: target }));
      const defaults = targets[0] === undefined ? {} : resultDefaults(targets[0], options);
      return compareOutputs(subjects, complete(configuration), samplesFor(targets, samples, (target, inputs) => sourcesFor(target, inputs, options), options), { ...defaults, ...options });
    },

    async compareLayers(ids, samples = [{ inputs: {} }], options = {}) {
      const [a, b] = [model(ids[0]), model(ids[1])];
      const { compareLayers } = await import('./engine/comparing/compare-layers');
      return compareLayers(a, b, samplesFor([a, b], samples, (target, inputs) => sourcesFor(target, inputs, options), options), options);
    },

    previewPasses: async (id, options = {}) => previewPasses(model(id), options),

    async rewrite(id, rewriting, inputs = [], options = {}) {
      const target = model(id);
      endSession(id);
      const made = await rewriteModel(target, rewriting, inputs.map((each) => sourcesFor(target, each, {})), options);
      return asVariant(made, options.name ?? `${target.name}, rewritten`, options);
    },

    async quantize(id, recipe, samples = [], options = {}) {
      const target = model(id);
      endSession(id);
      const sources = (each: readonly Readonly<Record<string, Input>>[]) => each.map((inputs) => sourcesFor(target, inputs, {}));
      const made = await quantizeAndProve(target, typeof recipe === 'string' ? recipes[recipe] : recipe, sources(samples), sources(options.heldOut ?? []), options);
      return asVariant(made, options.name ?? `${target.name}, ${typeof recipe === 'string' ? recipe : 'quantized'}`, options);
    },

    sources: frameSources,
    reportLink,
    readReportLink,

    async stream(id, source, watcher, configuration = {}, options = {}) {
      let target;
      try {
        target = streamTarget(model(id), configuration, options);
      } catch (error) {
        source.close();
        throw error;
      }
      endSession(id);
      const stream = await Stream.open(target, source, watcher, options.cap_fps ?? null);
      follow(stream, id);
      return stream;
    },

    async switchStream(stream, id, configuration = {}, options = {}) {
      if (await stream.switchTo(streamTarget(model(id), configuration, options))) follow(stream, id);
    },

    benchmark: (ids, configurations, ...rest) => litescope.benchmarkRows(ids.flatMap((id) => configurations.map((configuration) => ({ id, configuration }))), ...rest),

    async benchmarkRows(rows, plan = {}, inputs = {}, options = {}) {
      const fullPlan = { ...defaultPlan, ...plan };
      const subjects = rows.map(({ id, configuration }, row) => rowSubject(model(id), complete(configuration), inputs, options, options.handicaps?.[row] ?? 0));
      endSessions();
      const measured = await measureRows(subjects, fullPlan, { ...defaultComparisonPlan, ...options.comparison }, options);
      return { schema: 1, created: new Date().toISOString(), environment: measureEnvironment(await capabilities()), plan: fullPlan, ...measured };
    },

    async sweep(ids, configurations, threadCounts, plan = {}, inputs = {}, options = {}) {
      const fullPlan = { ...defaultPlan, ...plan };
      const available = await capabilities();
      const counts = threadCounts ?? Array.from({ length: available.cores }, (_, index) => index + 1);
      const subjects = ids.map(model).flatMap((target) => configurations.map((configuration) => ({
        name: [target.name, configuration.runtime ?? 'auto', configuration.accelerator ?? 'wasm'].join(' · '),
        rows: counts.map((threads) => rowSubject(target, complete({ accelerator: 'wasm', ...configuration, threads }), inputs, options, 0)),
      })));
      endSessions();
      // Its fits need a solver that no other part of the page needs.
      const { sweepThreads } = await import('./engine/bench/sweep');
      const measured = await sweepThreads(subjects, fullPlan, { ...defaultComparisonPlan, rounds: sweepRounds, ...options.comparison }, options);
      return { schema: 1, created: new Date().toISOString(), environment: measureEnvironment(available), plan: fullPlan, ...measured };
    },

    async peak(threadCounts, options = {}) {
      const available = await capabilities();
      endSessions();
      return measurePeak(available, threadCounts ?? [1, available.cores], options);
    },
  };

  async function asVariant<Made extends { readonly file: Blob; readonly summary: ModelSummary }>({ file, summary: _, ...rest }: Made, name: string, options: CallOptions) {
    return { ...rest, model: await litescope.open(new File([file], `${name}.tflite`), { signal: options.signal, name }) };
  }

  /** What a row of a report is made of. Inputs belong to the models that have one of their name. */
  function rowSubject(target: Model, requested: RequestedConfiguration, inputs: Readonly<Record<string, Input>>, options: BenchmarkOptions, handicap: number): RowSubject {
    const own = Object.fromEntries(Object.entries(inputs).filter(([input]) => target.summary.signatures.some((signature) => signature.inputs.some((tensor) => tensor.name === input))));
    return {
      name: [target.name, requested.runtime, requested.accelerator, `${requested.threads} threads`].join(' · '),
      identity: { name: target.name, sha256: target.sha256, bytes: target.bytes, ...(target.url === undefined ? {} : { url: target.url }) },
      model: target,
      requested,
      inputs: () => sourcesFor(target, own, options),
      handicap,
    };
  }

  return litescope;
}
