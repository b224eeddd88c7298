/**
 * Types only: all that crosses the boundary between the page and a session's worker.
 * Buffers move (see `transfer` at each crossing), Blobs are passed by reference and read inside the worker.
 */
import type { SerializedError } from '../../../errors';
import type { CalibratedTensor } from '../../../quantize/calibration';
import type { LatencyMetrics, MemoryMetrics, BenchmarkPlan } from '../../../report/benchmark';
import type { OpProfile } from '../../../report/op-profile';
import type { InputGap } from '../../../report/warnings';
import type { ValueDType } from '../../../tensor/dtype';
import type { Quantization } from '../../../tensor/quantization';
import type { TensorStatistics } from '../../../tensor/statistics';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { Result } from '../../../threads/shared/result';
import type { PaddingReport } from '../../runtimes/worker/litert/litert-padding';
import type { Decoded, Decoder, OutputTensor, Placement, Preprocessing } from '../../../vision/shared/types';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';

export type { TensorStatistics };

export type RuntimeName = 'tfjs-tflite' | 'litert' | 'tfjs-kernels';
/** `cpu` is plain JavaScript, which only tfjs-kernels has. */
export type Accelerator = 'wasm' | 'webgpu' | 'webnn' | 'cpu';

/** What is asked for; `auto` lets the engine choose and fall back. */
export interface RequestedConfiguration {
  readonly runtime: RuntimeName | 'auto';
  readonly accelerator: Accelerator | 'auto';
  readonly threads: number | 'auto';
}

/** One attempt: nothing left open. */
export interface Configuration {
  readonly runtime: RuntimeName;
  readonly accelerator: Accelerator;
  readonly threads: number;
}

/** What really runs. */
export interface ProducedConfiguration extends Configuration {
  /** The WASM build: `simd-threaded`, `compat`, `jspi`, … */
  readonly variant: string;
  /** npm version of the runtime's package. */
  readonly version: string;
  /** False when the accelerator (XNNPACK on `wasm`) took only part of the graph; null where the runtime does not say. */
  readonly fullyAccelerated: boolean | null;
  /** What `litert` on WebAssembly needed done to its packed weights; left out where nothing is known to be wrong. */
  readonly padding?: PaddingReport;
}

/**
 * A trial of what a heap's earlier content does to a model's speed, for Litescope's own tests and benchmarks. Only
 * `litert` on WebAssembly heeds it.
 */
export interface HeapTrial {
  /** Before the model is loaded, this many bytes of the heap are filled with small integers and given back. */
  readonly filled_bytes: number;
  /** Whether the unused lanes of packed weights are counted and left as they are, as the runtime itself leaves them. */
  readonly leavePadding: boolean;
}

/** One WASM build of a runtime: where its files lie, absolute. */
export interface Variant {
  readonly runtime: RuntimeName;
  /** `simd-threaded`, `compat`, `jspi`, … */
  readonly name: string;
  /** npm version of the runtime's package. */
  readonly version: string;
  readonly threaded: boolean;
  /** Folder with a closing slash. */
  readonly folder: string;
  /** The glue as a module, and as the classic script that Emscripten's threads import. All three are empty for a build without WASM. */
  readonly moduleFile: string;
  readonly classicFile: string;
  readonly wasmFile: string;
}

/** What this browser offers; measured in a worker, where sessions live. */
export interface Capabilities {
  readonly isolated: boolean;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Whether relaxed SIMD multiplies bytes without losing bits, which int8 needs to be fast: see `byteProducts`. */
  readonly int8Dot: boolean;
  readonly threads: boolean;
  readonly jspi: boolean;
  readonly webgpu: boolean;
  /** Vendor and architecture of the WebGPU adapter, as the browser names them; null where there is none. */
  readonly gpuAdapter: string | null;
  readonly webnn: boolean;
  readonly cores: number;
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
}

export interface LoadRequest {
  /** Passed by reference; the worker reads it straight into the runtime's memory. */
  readonly model: Blob;
  readonly summary: ModelSummary;
  readonly configuration: Configuration;
  /** Key of the signature to run; the first one when left out. */
  readonly signature?: string | undefined;
  /** Sizes for free dimensions: shape by input tensor name. */
  readonly shapes?: Readonly<Record<string, readonly number[]>> | undefined;
  /** Whether ops are to be timed, where the runtime can. Such a session's own runs are not for timing. */
  readonly profiling?: boolean | undefined;
  readonly heapTrial?: HeapTrial | undefined;
  /** The runtime's build that fits the configuration. */
  readonly variant: Variant;
  /** Its WASM, compiled once on the page and shared by all sessions; cloning a Module copies no code. */
  readonly wasm: WebAssembly.Module | null;
}

export interface LoadReply {
  readonly configuration: ProducedConfiguration;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** From the model's bytes in hand to ready for the first run; without fetching and compiling the runtime. */
  readonly init_ms: number;
  /** Fetching, compiling and starting the runtime's WASM. */
  readonly runtime_start_ms: number;
  readonly memory: { readonly before_bytes: number; readonly after_bytes: number };
  /** Whether this session times ops: it was asked to, and its runtime can. */
  readonly timesOps: boolean;
  /** What the runtime said while loading (information and warnings). */
  readonly log: readonly string[];
}

/** Where the values of one input come from. */
export type InputSource =
  | { readonly kind: 'image'; readonly image: Blob; readonly preprocessing: Preprocessing }
  | { readonly kind: 'random'; readonly seed: number; readonly min: number; readonly max: number }
  | { readonly kind: 'zeros' }
  /** A `.npy` file, or raw little-endian elements of the tensor's type. */
  | { readonly kind: 'file'; readonly file: Blob; readonly format: 'npy' | 'raw' };

/** What a caller gives: a picture's preprocessing may be left to the model's defaults. */
export type Input = InputSource | { readonly kind: 'image'; readonly image: Blob; readonly preprocessing?: Preprocessing | undefined };

/** Sources by input tensor name; an input that is not named gets random values with seed 1. */
export type InputSources = Readonly<Record<string, InputSource>>;

export interface RunRequest {
  readonly inputs: InputSources;
  readonly decoder?: Decoder | undefined;
  /** A label for each class, in order. */
  readonly labels?: readonly string[] | undefined;
  /** Tensors between input and output to hand out, by index in the signature's subgraph; only tfjs-kernels can. */
  readonly tensors?: readonly number[] | 'all' | undefined;
  /**
   * With `tensors`: what another runtime computed, which takes the place of this run's own values once those are handed
   * out. So each op is seen on the other's inputs. Copied to the worker: who compares needs them too.
   */
  readonly given?: readonly GivenTensor[] | undefined;
}

export interface RunOutput extends OutputTensor {
  readonly statistics: TensorStatistics;
}

/** A tensor between input and output as it was during a run. */
export interface ObservedTensor extends OutputTensor {
  /** In the signature's subgraph. */
  readonly index: number;
}

/** What another runtime computed of a tensor in the signature's subgraph. */
export type GivenTensor = Pick<ObservedTensor, 'index' | 'dtype' | 'shape' | 'data'>;

export interface RunReply {
  /** How many runs the session has made, this one included: the first is slower than those that follow. */
  readonly run: number;
  /** Their `data` is moved to the page. */
  readonly outputs: readonly RunOutput[];
  /** The tensors that were asked for, in the order in which they came to be. Their `data` is moved to the page. */
  readonly tensors: readonly ObservedTensor[];
  readonly decoded: Decoded | null;
  /** Why nothing was decoded although a decoder was given. */
  readonly decodeError: SerializedError | null;
  readonly placement: Placement | null;
  /** Measured inside the worker; `invoke_ms` is around invoke alone. */
  readonly timings: {
    /** Decoding the picture file. */
    readonly read_ms: number;
    readonly preprocess_ms: number;
    readonly invoke_ms: number;
    readonly decode_ms: number;
  };
  readonly wasm_memory_bytes: number;
  readonly log: readonly string[];
}

export interface ObserveRequest {
  readonly inputs: InputSources;
}

export interface BenchmarkRequest {
  readonly inputs: InputSources;
  readonly plan: BenchmarkPlan;
  /**
   * Makes every run longer by this share of itself, inside the measured time: a difference of known size, by which one
   * sees what a comparison can find on a device. 0 when left out.
   */
  readonly handicap?: number | undefined;
  /** For a part of a model: what happens around it inside of the whole. */
  readonly surroundings?: PartSurroundings | undefined;
}

/** Inputs of a part that were not made right before it runs. */
export interface OlderInputs {
  readonly names: readonly string[];
  /** What the ops between move through the caches. */
  readonly bytes: number;
}

export interface PartSurroundings {
  /** What the rest of the model moves through the caches between two runs of the part: its weights, and what its ops write. */
  readonly bytes: number;
  readonly older: OlderInputs;
}

export interface BenchmarkReply {
  readonly latency_metrics: LatencyMetrics;
  readonly memory_metrics: MemoryMetrics;
  readonly warmup_samples_ms: readonly number[];
  readonly samples_ms: readonly number[];
  /** Where packed weights could not all be cleared of what slows a model down. */
  readonly input_gap: InputGap | null;
}

export interface ProfileRequest {
  readonly inputs: InputSources;
  readonly plan: BenchmarkPlan;
}

/** Every long work reports through one tagged union; fractions never fall and end at 1 where a total is known. */
export type Progress =
  | { readonly kind: 'download'; readonly what: string; readonly loaded_bytes: number; readonly total_bytes: number | null }
  | { readonly kind: 'read-model' }
  | { readonly kind: 'start-runtime'; readonly configuration: Configuration }
  | { readonly kind: 'load-model'; readonly configuration: Configuration }
  | { readonly kind: 'warm-up'; readonly runs: number; readonly fraction: number }
  | { readonly kind: 'timed-runs'; readonly runs: number; readonly fraction: number; readonly median_ms: number }
  | { readonly kind: 'profiled-runs'; readonly runs: number; readonly fraction: number }
  /** Rows of a report take turns, each measured once in every round; rounds count from 1. */
  | { readonly kind: 'take-turns'; readonly row: string; readonly round: number; readonly rounds: number; readonly fraction: number }
  | { readonly kind: 'calibrate' }
  | { readonly kind: 'slicing'; readonly parts: number; readonly fraction: number }
  | { readonly kind: 'find-ranges'; readonly samples: number; readonly total: number; readonly fraction: number }
  | { readonly kind: 'quantize' }
  /** How many sets of layers were tried, of how many at most is not known before. */
  | { readonly kind: 'search-islands'; readonly tried: number; readonly sqnr_db: number }
  | { readonly kind: 'rewrite' }
  /** Every runtime in turn computes a part of the tensors, tfjs-kernels once more behind each of the others. */
  | { readonly kind: 'cross-check'; readonly runtime: RuntimeName; readonly fraction: number }
  | { readonly kind: 'prove'; readonly runtime: RuntimeName; readonly fraction: number }
  | { readonly kind: 'compare-layers'; readonly fraction: number }
  | { readonly kind: 'compare-outputs'; readonly samples: number; readonly total: number; readonly fraction: number }
  | { readonly kind: 'prepare-inputs' }
  | { readonly kind: 'invoke' }
  | { readonly kind: 'decode' };

export type ProgressCallback = (progress: Progress) => void;

/** The worker's side. Long work reports progress; `cancel` is heard between two runs. */
export interface SessionWorker {
  load(request: LoadRequest, onProgress: ProgressCallback): Promise<Result<LoadReply>>;
  /** The reply's output data and mask are moved to the page. */
  run(request: RunRequest, onProgress: ProgressCallback): Promise<Result<RunReply>>;
  benchmark(request: BenchmarkRequest, onProgress: ProgressCallback): Promise<Result<BenchmarkReply>>;
  /** Runs once and adds what the outputs held to the statistics that `observed` gives. */
  observe(request: ObserveRequest): Promise<Result<void>>;
  /** By output, over all runs of `observe`. */
  observed(): Promise<Result<readonly CalibratedTensor[]>>;
  /** Only for sessions that time ops. */
  profile(request: ProfileRequest, onProgress: ProgressCallback): Promise<Result<OpProfile>>;
  /** How the frames that follow are treated. */
  configureStream(settings: StreamSettings): Promise<Result<void>>;
  /** The request's frame is moved in and closed; the reply's bitmaps and mask are moved to the page. */
  frame(request: FrameRequest): Promise<Result<FrameReply>>;
  cancel(): void;
}
