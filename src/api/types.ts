/** What `window.litescope` is: its methods, what they take and what they give. */
import type { MeasureOptions } from '../studies/bench/page/benchmark';
import type { Refusal } from '../engine/configuration/shared/refusal';
import type { CrossCheck, CrossCheckOptions } from '../studies/cross-check/page/cross-check';
import type { CompareLayersOptions, LayersComparison } from '../studies/accuracy/page/compare-layers';
import type { ComparisonSettings } from '../studies/accuracy/page/compare-outputs';
import type { OutputsComparison } from '../studies/accuracy/shared/outputs-comparison';
import type { GivenSample } from './samples';
import type { CallOptions } from '../threads/shared/methods';
import type { Input, LoadReply, RunReply } from '../engine/session/shared/protocol';
import type { Capabilities, Configuration, ProducedConfiguration, RequestedConfiguration, RuntimeName } from '../engine/configuration/shared/configuration';
import type { ProfileModelOptions, ProfiledModel } from '../studies/profile/page/profile-model';
import type { Proven, RewrittenModel, QuantizeSettings, VariantSettings } from '../studies/variants/page/make-variant';
import type { PassPreview, Rewriting } from '../studies/variants/shared/protocol';
import type { QuantizedModel } from '../studies/variants/page/quantize-model';
import type { SessionOptions } from '../engine/session/page/session';
import type { StreamWatcher } from '../engine/live/page/live-stream';
import type { Stream } from '../engine/live/page/stream';
import type { soundSources } from '../audio/page/index';
import type { SoundSource } from '../audio/page/types';
import type { listen, OpenSoundStream, SoundWatcher } from '../engine/live/page/sound-stream';
import type { SoundSettings } from '../engine/stream/shared/sound';
import type { StreamSettings } from '../engine/stream/shared/types';
import type { StatePair } from '../recognition/state';
import type { OutputDifference } from '../golden/shared/difference';
import type { SavedRun } from '../golden/shared/format';
import type { CatalogueEntry } from '../gallery/shared/catalogue';
import type { Recognised } from '../gallery/page/model-defaults';
import type { ModelSource } from '../gallery/page/named-source';
import type { Recipe, RecipeName } from '../quantize/recipe';
import type { BenchmarkPlan } from '../report/benchmark';
import type { ComparisonPlan, Roofline } from '../report/comparison';
import type { UnfoldingTimes, SigningTimes } from '../report/findings';
import type { BenchmarkResult, FailedResult, Report } from '../report/report';
import type { ModelSummary } from '../tflite/analysis/summary';
import type { frameSources } from '../vision/sources/page/index';
import type { FrameSource } from '../vision/sources/page/types';
import type { Decoder } from '../vision/shared/types';
import type { Progress } from '../studies/progress';
import type { RecipeEstimate } from '../quantize/estimate';

/** A model that is open in this page. */
export interface OpenModel {
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
  /** Of a variant, the id of the model that it was made of. */
  readonly madeFrom?: string | undefined;
}

export interface OpenOptions extends CallOptions<Progress> {
  /** Shown in place of the file's own name. */
  readonly name?: string | undefined;
  /** Refuse the file (HASH_MISMATCH) unless it has this SHA-256. Addresses only. */
  readonly sha256?: string | undefined;
  /** Which model of a bundle (a `.task`, a zip), by its path in it. Without it one that holds several is refused (SEVERAL_MODELS, with their names in `choices`). */
  readonly member?: string | undefined;
  /** What it will be run on, where that is known: the runtime is fetched and compiled while the model is on its way. */
  readonly runOn?: Partial<RequestedConfiguration> | undefined;
  /** For a variant that is opened again: the id of the model that it was made of. */
  readonly madeFrom?: string | undefined;
}

export type { Input };

/** By input tensor name; inputs that are left out get seeded random values. */
export type Inputs = Readonly<Record<string, Input>>;

/**
 * Inputs of several models: one record for all, of which an input belongs to the models that have one of its name, or a Map
 * that has a record for each model, by the model's id. Raw elements, and pixels as they are, of a record for all must mean
 * the same in every model that has an input of their name; a row where they would not fails (INVALID_INPUT).
 */
export type InputsOfModels = Inputs | ReadonlyMap<string, Inputs>;

/** Outputs that inputs get in the next run; `auto` for those whose names say so. */
export type AskedFeedback = SessionOptions['feedback'] | 'auto';

export interface RunOptions extends CallOptions<Progress>, Omit<SessionOptions, 'feedback'> {
  /** What is fed back, inside the session; another choice is another session, with a state of its own. */
  readonly feedback?: AskedFeedback;
  /**
   * Begins anew: inputs that are fed back hold what they are given, zeros where that is nothing, and variables what the model begins
   * with, for which a session begins anew. When left out, a sequence begins anew and a single run goes on.
   */
  readonly reset?: boolean | undefined;
  /** Whether the result has the inputs too, as they were filled. */
  readonly keepInputs?: boolean | undefined;
  /** `auto`: what the page would take the outputs for, with the model's own labels unless others are given. */
  readonly decoder?: Decoder | 'auto' | undefined;
  readonly labels?: readonly string[] | undefined;
  /** Tensors between input and output to hand out, by index in the signature's subgraph. Only tfjs-kernels can; others refuse (INVALID_CONFIGURATION). */
  readonly tensors?: readonly number[] | 'all' | undefined;
  /** False to fail with the first choice's own error instead of trying the next runtime. */
  readonly fallback?: boolean | undefined;
}

export type SaveOptions = Pick<SessionOptions, 'signature' | 'feedback'> & Pick<CallOptions<Progress>, 'signal'>;

export interface ReplayOptions extends CallOptions<Progress> {
  /** False to fail where the configuration cannot run, instead of trying the next one. */
  readonly fallback?: boolean | undefined;
}

/** A saved run beside the one that was made of it now. */
export interface Replay {
  readonly saved: SavedRun;
  readonly model: OpenModel;
  readonly result: RunResult;
  /** Runtime, build, accelerator and threads are those of the saved run. */
  readonly sameConfiguration: boolean;
  /** All outputs are the same bit by bit. */
  readonly equal: boolean;
  /** Of each saved output. */
  readonly outputs: readonly OutputDifference[];
}

export interface RunResult extends RunReply {
  /** What ran. */
  readonly configuration: ProducedConfiguration;
  /** What `decoder: 'auto'` took the model for and from what that is known; null where nothing is. Not there with another decoder. */
  readonly recognised?: Recognised | null;
  /** What was tried before, and why it does not run. */
  readonly refusals: readonly Refusal[];
  /** The session's start; the same object for every run of one session. */
  readonly loaded: LoadReply;
  /** From the page's call to the page's answer, milliseconds, without loading. */
  readonly round_trip_ms: number;
}

export interface ProfileOptions extends CallOptions<Progress>, SessionOptions, Pick<ProfileModelOptions, 'method'> {
  /** What is left out is benchmark_model's default. */
  readonly plan?: Partial<BenchmarkPlan> | undefined;
  readonly fallback?: boolean | undefined;
}

/** A model in a configuration; what is left out of it is `auto`. */
export interface BenchmarkRow {
  readonly id: string;
  readonly configuration: Partial<RequestedConfiguration>;
  /** This row's own, in place of those of all. */
  readonly inputs?: Inputs | undefined;
}

export interface BenchmarkOptions extends Omit<RunOptions, 'decoder' | 'feedback' | 'reset' | 'keepInputs'>, Pick<SessionOptions, 'feedback'>, Pick<MeasureOptions, 'keepSessions'> {
  readonly decoder?: Decoder | undefined;
  /** Called with each row, in order, when all are measured. */
  readonly onResult?: ((result: BenchmarkResult | FailedResult) => void) | undefined;
  /** How rows are compared when there are several. */
  readonly comparison?: Partial<ComparisonPlan> | undefined;
  /** For each row: by which share its runs are made longer (see `BenchmarkRequest`), to try what a comparison finds. */
  readonly slowedBy?: readonly number[] | undefined;
}

/**
 * The methods. Each checks what it is given and rejects with INVALID_ARGUMENT (or a code that says more) before anything
 * starts; a key that an object should not have is refused, too.
 *
 * What is timed (`benchmark`, `benchmarkRows`, `sweep`, `profile`, `peak`, `timeUnfolding`, and `rewrite` and `quantize`
 * where they prove what they made) runs alone: it waits until what runs models is over, and what comes after it waits until it
 * is over. Streams that are open stand still meanwhile. Opening, looking at and sharing models and reports never waits. An
 * abort ends the waiting at once (CANCELLED).
 */
export interface Litescope {
  capabilities(): Promise<Capabilities>;
  /** The models that come with the page. */
  gallery(): Promise<readonly CatalogueEntry[]>;
  /** Opens a gallery model by its id, without asking the network for anything but its file. An id that it does not have gives UNKNOWN_GALLERY_MODEL. */
  openFromGallery(id: string, options?: OpenOptions): Promise<OpenModel>;
  /** Opens an address, a file or bytes. Bytes are copied, once, into a Blob. */
  open(source: ModelSource, options?: OpenOptions): Promise<OpenModel>;
  models(): readonly OpenModel[];
  /** Forgets a model and ends its sessions. A stream that runs in one is interrupted until it is taken to another model. */
  close(id: string): void;
  /**
   * Runs a model once. Its session stays alive and is used again while configuration, signature and shapes stay the same;
   * runs that ask for `tensors` have one of their own beside it. So does what a model keeps from one run to the next: `step` of the
   * result counts. An input of kind `sequence` makes the run as many steps, and the result has `sequence`.
   * @param configuration what is left out is `auto`
   * @param inputs by tensor name; inputs that are left out get seeded random values
   */
  run(id: string, configuration?: Partial<RequestedConfiguration>, inputs?: Inputs, options?: RunOptions): Promise<RunResult>;
  /**
   * One file that holds a run which is over: model, configuration and environment, inputs and outputs, pictures as they were given
   * with their preprocessing, and programs in Python, JavaScript and Kotlin that fill the inputs.
   * @param run made with `keepInputs`
   * @param inputs those that it was made with
   * @param options the run's own; a sequence's `feedback` is saved too
   */
  saveRun(id: string, run: RunResult, inputs?: Inputs, options?: SaveOptions): Promise<Blob>;
  /**
   * Runs a saved run again, on the open model of its SHA-256 or the gallery's, else RUN_NEEDS_MODEL says which one to open; and
   * tells how its outputs differ from those that were saved.
   * @param configuration the saved one when left out
   */
  replay(file: Blob, configuration?: Partial<RequestedConfiguration>, options?: ReplayOptions): Promise<Replay>;
  /** Which outputs look like state that inputs want to have in the next run, and what tells. */
  statePairs(id: string, signature?: string): readonly StatePair[];
  /** Times every op of a model, in a session of its own: `op_profile` is a report's. Inputs as in `run`. */
  profile(id: string, configuration?: Partial<RequestedConfiguration>, inputs?: Inputs, options?: ProfileOptions): Promise<ProfiledModel>;
  /**
   * Runs one input through all runtimes and compares every tensor on the way: where do they part, and who is alone there.
   * @param options `copies`: for a runtime, the id of the model that it runs instead, which differs in values alone
   */
  crossCheck(id: string, inputs?: Inputs, options?: CrossCheckOptions & { readonly copies?: Readonly<Partial<Record<RuntimeName, string>>> }): Promise<CrossCheck>;
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
  previewPasses(id: string, options?: CallOptions<Progress>): Promise<readonly PassPreview[]>;
  /** How large this very file would be by a recipe, and which ops with weights it would change; nothing is run. */
  estimateRecipe(id: string, recipe: Recipe | RecipeName, options?: CallOptions<Progress>): Promise<RecipeEstimate>;
  /**
   * Makes a variant by passes and opens it. It is run before and after on both runtimes; `proof.verdicts` tell size, speed and fidelity, `proof.verdict` the whole.
   * @param inputs to compare with, a record as for `run` for each run; without any, seeded random ones
   */
  rewrite(id: string, rewriting: Rewriting, inputs?: readonly Inputs[], options?: VariantOptions): Promise<Variant<RewrittenModel>>;
  /**
   * Makes a variant with smaller numbers and opens it, with the same proof.
   * @param samples inputs to find ranges with, a record as for `run` for each run: 100 or more; none for recipes that need none
   */
  quantize(id: string, recipe: Recipe | RecipeName, samples?: readonly Inputs[], options?: QuantizeOptions): Promise<Variant<QuantizedModel>>;
  /** Where frames come from: cameras, screens, videos and pictures. */
  readonly sources: typeof frameSources;
  /**
   * Streams a source's frames through a model until it is closed. It has a session of its own and owns the source.
   * @param options what is left out of the settings follows from the model: its first input that takes pictures, its own
   *   way from a picture to it, its own decoder
   */
  stream(id: string, source: FrameSource, watcher: StreamWatcher, configuration?: Partial<RequestedConfiguration>, options?: StreamOptions): Promise<Stream>;
  /** Where live sound comes from: the microphone, and clips that are played in real time. */
  readonly sounds: typeof soundSources;
  /**
   * A clip of any length through a model that hears, window by window, in a session of its own.
   * @param options what is left out of the settings follows from the model: its input for sound, its own preparation and decoder
   */
  listen(id: string, clip: Blob, configuration?: Partial<RequestedConfiguration>, options?: SoundOptions): Promise<ListenResult>;
  /** Streams a source's sound through a model that hears, until it is closed. It has a session of its own and owns the source. */
  streamSound(id: string, source: SoundSource, watcher: SoundWatcher, configuration?: Partial<RequestedConfiguration>, options?: SoundOptions): Promise<OpenSoundStream>;
  /** Takes a stream to another model or configuration, while it goes on. */
  switchStream(stream: Stream, id: string, configuration?: Partial<RequestedConfiguration>, options?: StreamOptions): Promise<void>;
  /**
   * Benchmarks every model in every configuration. Several rows take turns, each turn in a session of its own, and the
   * report compares them with the first one (`comparison`). A row that fails is reported in its place.
   */
  benchmark(
    ids: readonly string[],
    configurations: readonly Partial<RequestedConfiguration>[],
    plan?: Partial<BenchmarkPlan>,
    inputs?: InputsOfModels,
    options?: BenchmarkOptions,
  ): Promise<Report>;
  /** As `benchmark`, of any models in any configurations. */
  benchmarkRows(rows: readonly BenchmarkRow[], plan?: Partial<BenchmarkPlan>, inputs?: InputsOfModels, options?: BenchmarkOptions): Promise<Report>;
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
    inputs?: InputsOfModels,
    options?: BenchmarkOptions,
  ): Promise<Report>;
  /**
   * What this browser can do at best: multiply-adds, memory and caches, on each number of threads (1 and the device's
   * cores when left out). Some two seconds for each.
   */
  peak(threadCounts?: readonly number[], options?: CallOptions<Progress>): Promise<Roofline>;
  /**
   * How long a model takes to be loaded as it is and with its half-precision weights stored as float32, in turn, each time
   * in a session of its own. Null where no such weights are unfolded.
   */
  timeUnfolding(id: string, configuration: Configuration, options?: CallOptions<Progress> & SessionOptions): Promise<UnfoldingTimes | null>;
  /**
   * How long runs of a model with legacy 8-bit weights take as it is and with signed weights, a scale for each channel, in
   * turn on the same inputs. Null where nothing would be converted.
   */
  timeSigning(id: string, configuration: Configuration, inputs?: Readonly<Record<string, Input>>, options?: CallOptions<Progress> & SessionOptions): Promise<SigningTimes | null>;
  /** A link to this page that carries a report itself; what had no room is told in its `left_out`. */
  reportLink(report: Report, options?: CallOptions<Progress>): Promise<string>;
  /** The report behind `#report=` of a link, checked. */
  readReportLink(text: string, options?: CallOptions<Progress>): Promise<Report>;
}

export interface VariantOptions extends VariantSettings {
  /** Shown in place of the model's name and what was done. */
  readonly name?: string | undefined;
}

export interface QuantizeOptions extends VariantOptions, QuantizeSettings {
  /** Inputs to compare with that no range was found with. */
  readonly heldOut?: readonly Inputs[] | undefined;
}

/** What was made of a model, open as a model of its own. */
export type Variant<Made> = Omit<Proven<Made>, 'file' | 'summary'> & { readonly model: OpenModel };

export interface SoundOptions extends CallOptions<Progress>, Omit<SessionOptions, 'feedback'> {
  readonly feedback?: AskedFeedback;
  readonly settings?: Partial<SoundSettings> | undefined;
  readonly fallback?: boolean | undefined;
}

/** A clip as a model heard it, and what ran. */
export type ListenResult = Awaited<ReturnType<typeof listen>>;

export interface StreamOptions extends CallOptions<Progress>, Omit<SessionOptions, 'feedback'> {
  /** What is fed back from frame to frame: each stream has a state of its own. */
  readonly feedback?: AskedFeedback;
  readonly settings?: Partial<StreamSettings> | undefined;
  /**
   * Id of an open detector that finds the face, palm or body that the model is given, turned upright; after that the
   * model's own landmarks say where to look, until they are lost. For MediaPipe's landmarks of faces, hands and bodies.
   */
  readonly detector?: string | undefined;
  /** Frames a second at most; null, the default, for as many as the source gives. */
  readonly cap_fps?: number | null | undefined;
  readonly fallback?: boolean | undefined;
}
