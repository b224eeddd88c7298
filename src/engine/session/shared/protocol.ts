/**
 * Types only: what crosses the boundary between the page and a session's worker when a model is loaded and run.
 * Buffers move (see `transfer` at each crossing), Blobs are passed by reference and read inside the worker.
 */
import type { SerializedError } from '../../../errors';
import type { TensorStatistics } from '../../../tensor/statistics';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { Decoded, Decoder, OutputTensor, Placement, Preprocessing } from '../../../vision/shared/types';
import type { SoundPreparation } from '../../../audio/shared/preparation';
import type { SoundUse } from '../../../audio/shared/clip-window';
import type { Token, TokenizerKind } from '../../../text/tokenizer';
import type { Build } from '../../builds/shared/build';
import type { DirtyHeap, GivenTensor, ObservedTensor, TensorInfo } from '../../runtimes/shared/types';
import type { Configuration, ProducedConfiguration } from '../../configuration/shared/configuration';
import type { FedBack } from './state';

export type { TensorStatistics };

/** What is known of a session before its model is. */
export interface PrepareRequest {
  readonly configuration: Configuration;
  readonly build: Build;
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
  /** Outputs of each run that inputs get in the next one. */
  readonly feedback?: readonly FedBack[] | undefined;
  readonly dirtyHeap?: DirtyHeap | undefined;
  /** The runtime's build that fits the configuration. */
  readonly build: Build;
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

/** What makes numbers of sentences. */
export interface TokenizerSource {
  /** Told by the vocabulary itself when left out. */
  readonly kind?: TokenizerKind | undefined;
  /** `vocab.txt`, or the `.model` file of SentencePiece. */
  readonly vocabulary: Blob;
  /** Of a vocabulary that is deflated: how many bytes it has when it is not. */
  readonly inflated_bytes?: number | undefined;
  /** Between words, of the regex tokenizer: a regular expression; all but letters, digits and apostrophes when left out. */
  readonly pattern?: string | undefined;
}

/** What of a sentence's tokens goes into an input. */
export interface TextTokens {
  readonly tokenizer: TokenizerSource;
  readonly part: 'ids' | 'mask' | 'segments';
  /** How many rows the model's table of words has: ids are below. */
  readonly rows?: number | undefined;
}

/** A text as an input took it. */
export interface ReadText {
  readonly input: string;
  /** What stands in its places from the first, marks of the beginning and the end included; the rest is padded. */
  readonly tokens: readonly Token[];
  /** How many places the input has. */
  readonly length: number;
  /** How many tokens found no place. */
  readonly cut: number;
}

/** Where the values of one input come from. */
export type InputSource =
  | { readonly kind: 'image'; readonly image: Blob; readonly preprocessing: Preprocessing }
  /** A WAV file, of which one window goes in, from `start_s` on; what is missing at its end is silence. */
  | { readonly kind: 'audio'; readonly clip: Blob; readonly start_s?: number | undefined; readonly preparation: SoundPreparation }
  | { readonly kind: 'random'; readonly seed: number; readonly min: number; readonly max: number }
  | { readonly kind: 'zeros' }
  /** Real numbers, as many as the input has elements: quantized where it is; what it cannot hold is refused. */
  | { readonly kind: 'values'; readonly values: readonly number[] }
  /**
   * Strings. An input of strings takes them as they are; none of the runtimes does so yet, and the run says so (UNSUPPORTED_DTYPE).
   * Inputs of numbers take what a tokenizer makes of one sentence, or of two that belong together.
   */
  | { readonly kind: 'text'; readonly text: readonly string[]; readonly tokens?: TextTokens | undefined }
  /** A `.npy` file, or raw little-endian elements of the tensor's type. */
  | { readonly kind: 'file'; readonly file: Blob; readonly format: 'npy' | 'raw' }
  /** A `.npy` file with a time axis: the run is as many steps, one after the other. */
  | { readonly kind: 'sequence'; readonly file: Blob };

/** What a caller gives: a picture's preprocessing, a sound's preparation and a text's tokenizer may be left to the model's defaults, and the API takes any sound that the browser decodes. */
export type Input =
  | Exclude<InputSource, { readonly kind: 'text' }>
  | { readonly kind: 'image'; readonly image: Blob; readonly preprocessing?: Preprocessing | undefined }
  | { readonly kind: 'audio'; readonly clip: Blob; readonly start_s?: number | undefined; readonly preparation?: SoundPreparation | undefined }
  /** One sentence, or several strings. The tokenizer may be left to the model's metadata; inputs beside it that a text fills too (mask, segments) are filled unless they are given. */
  | { readonly kind: 'text'; readonly text: string | readonly string[]; readonly tokenizer?: TokenizerSource | undefined };

/** Sources by input tensor name; an input that is not named gets random values with seed 1, zeros where it is fed back, and beside a sound the sample rate where it asks for that. */
export type InputSources = Readonly<Record<string, InputSource>>;

export interface RunRequest {
  /** Inputs that are fed back get theirs in the first step alone. */
  readonly inputs: InputSources;
  /** Forgets what was fed back before. The model's own variables end with their session alone. */
  readonly reset?: boolean | undefined;
  /** Whether the reply has the inputs as they were filled. */
  readonly keepInputs?: boolean | undefined;
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

export interface RunReply {
  /** How many runs the session has made, this one included: the first is slower than those that follow. */
  readonly run: number;
  /** How many steps the state has seen since it began, those of this run included. */
  readonly step: number;
  /** Of the last step. Their `data` is moved to the page. */
  readonly outputs: readonly RunOutput[];
  /** The tensors that were asked for, in the order in which they came to be. Their `data` is moved to the page. */
  readonly tensors: readonly ObservedTensor[];
  readonly decoded: Decoded | null;
  /** Why nothing was decoded although a decoder was given. */
  readonly decodeError: SerializedError | null;
  readonly placement: Placement | null;
  /** What of clips went in, and what was done for it; by input. */
  readonly sounds: readonly ({ readonly input: string } & SoundUse)[];
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
  /** With `keepInputs`: what each input held when it was filled; of a sequence all its steps, as the first dimension. Moved to the page. */
  readonly inputs?: readonly OutputTensor[];
  /** What became of texts among the inputs. */
  readonly texts?: readonly ReadText[];
  /** Of a run of many steps. */
  readonly sequence?: SequenceReply;
}

/** What a run along a time axis gave beside its last step. */
export interface SequenceReply {
  readonly steps: number;
  /** Every step's outputs, the steps as the first dimension. Their `data` is moved to the page. */
  readonly outputs: readonly RunOutput[];
  /** Around invoke alone, of each step. */
  readonly invoke_ms: readonly number[];
}
