/** Types only: what can be told of ops and tensors, plain enough to cross a worker boundary. */
import type { DType } from '../../../tensor/dtype';
import type { OpCost } from '../../../tflite/analysis/costs';
import type { ValuesAvailable } from '../../../tflite/constants/constants';

/** A tensor by its place in the file. */
export interface TensorPlace {
  readonly subgraph: number;
  readonly tensor: number;
}

/** One of an op's settings: `stride`, `2×2`. */
export interface OptionWord {
  readonly name: string;
  readonly value: string;
}

export interface QuantizationDescription {
  readonly kind: 'tensor' | 'channel' | 'block' | 'axes' | 'custom';
  /** How a stored `q` becomes a real number: `0.0235 × (q − 128)`. */
  readonly formula: string;
  /** What the formula leaves open: `32 scales along dimension 3, 0.00121 to 0.0342`; empty where it says all. */
  readonly note: string;
  /** One, or one for each channel; empty where they lie in a tensor of their own. */
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly dimension: number;
}

/** A tensor as an op sees it. */
export interface TensorReference {
  readonly subgraph: number;
  readonly tensor: number;
  /** The tensor's name; `tensor 5` where the file gives none. */
  readonly name: string;
  readonly dtype: DType;
  /** −1 marks a free dimension. */
  readonly shape: readonly number[];
  /** The shape of one run, free dimensions as 1 and what follows from them. */
  readonly sizes: readonly number[];
  /** As stored in the file or densely packed in memory; null for types without a fixed size. */
  readonly bytes: number | null;
  readonly constant: boolean;
  /** The constant from which a DEQUANTIZE or DENSIFY makes this tensor when a runtime loads the model. */
  readonly origin: TensorOrigin | null;
  readonly quantization: QuantizationDescription | null;
}

export interface TensorOrigin {
  readonly tensor: number;
  readonly name: string;
  readonly dtype: DType;
}

/** A place of an op: `weights`, `input 2`. */
export interface Operand {
  readonly role: string;
  /** null for an optional input that is left out. */
  readonly tensor: TensorReference | null;
}

export interface OpReference {
  readonly subgraph: number;
  readonly op: number;
  /** `CONV_2D`, or the custom op's own name. */
  readonly name: string;
  /** The operand through which the tensor is read or written: `weights`. */
  readonly role: string;
}

export interface OpDescription {
  readonly subgraph: number;
  readonly op: number;
  readonly name: string;
  readonly custom: boolean;
  readonly version: number;
  readonly options: readonly OptionWord[];
  /** A custom op's settings as they lie in the file. */
  readonly customOptions: { readonly bytes: number; /** The first bytes, two hexadecimal digits each. */ readonly hex: string; readonly cut: boolean } | null;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly intermediates: readonly Operand[];
  readonly cost: OpCost;
  /** Subgraphs that the op calls. */
  readonly calls: readonly number[];
}

export interface TensorDescription extends TensorReference {
  readonly elements: number;
  readonly buffer: number;
  readonly variable: boolean;
  /** `input`, `output`, `input “image” of serving_default`; empty inside the graph. */
  readonly edges: readonly string[];
  readonly producer: OpReference | null;
  readonly consumers: readonly OpReference[];
  /** How a sparse tensor is stored, in words; null for dense ones. */
  readonly sparsity: string | null;
  readonly values: ValuesAvailable;
}

/** `count` values from `from` up to `to`; `to` itself counts only in the last bin. */
export interface ValueBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Figures of a constant's real (dequantised) values. */
export interface ValueStatistics {
  readonly elements: number;
  /** Infinite or not a number; the other figures leave them out. */
  readonly notFinite: number;
  /** null without a finite value. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Of the values themselves (divided by n). */
  readonly std: number | null;
  /** Values that are exactly 0. */
  readonly zeros: number;
  readonly bins: readonly ValueBin[];
}

/** Some rows of a constant's values. */
export interface ValuePage {
  readonly first: number;
  readonly total: number;
  /** As stored, for quantized tensors only. */
  readonly stored: readonly string[] | null;
  readonly real: readonly number[];
}

/** An op as a list shows it. */
export interface OpRow {
  readonly subgraph: number;
  readonly op: number;
  readonly name: string;
  readonly custom: boolean;
  /** Of the first output; null for an op without. */
  readonly output: { readonly tensor: number; readonly name: string; readonly dtype: DType; readonly shape: readonly number[] } | null;
  readonly macs: number;
  readonly weightBytes: number;
  readonly once: boolean;
  /** Lower-case text in which a search looks: kind, settings, names, types and shapes of its tensors. */
  readonly text: string;
}
