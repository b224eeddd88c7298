/** Types only: what differs between two models. */
import type { DType } from '../../../tensor/dtype';
import type { FoldRole } from '../../../tflite/analysis/match/folds';
import type { MatchedBy } from '../../../tflite/analysis/match/pairing';

/** One thing that is not the same on both sides, in words. */
export interface Difference {
  readonly what: 'kind' | 'options' | 'version' | 'dtype' | 'weights' | 'shape' | 'size' | 'quantization' | 'values' | 'role' | 'folding';
  readonly a: string;
  readonly b: string;
}

/** An op or a tensor of the one model with its match in the other. */
export interface Match {
  readonly subgraph: number;
  /** Index in the first model; null where it has no match there. */
  readonly a: number | null;
  readonly b: number | null;
  /** The op's kind or the tensor's name, in the first model that has it. */
  readonly name: string;
  readonly by: MatchedBy;
  readonly differences: readonly Difference[];
  /** A tensor's type, or that of what an op computes; null where there is none. */
  readonly dtypes: Sides<DType | null>;
  /** Bytes of a tensor, or of an op's weights and biases as the file stores them; null where they have no fixed size. */
  readonly bytes: Sides<number | null>;
}

export interface Sides<T> {
  readonly a: T;
  readonly b: T;
}

/** An op that is only a matter of precision or of fusion, in the row of the op that it belongs to. */
export interface FoldedOp {
  readonly op: number;
  readonly name: string;
  readonly role: FoldRole;
}

export interface OpMatch extends Match {
  readonly folded: Sides<readonly FoldedOp[]>;
  /** Types of the weights as stored, before any DEQUANTIZE; null for an op without weights. */
  readonly weights: Sides<DType | null>;
}

export interface TensorMatch extends Match {
  /** For a tensor that only one model has, as a step inside of what is folded: the other model's tensor in its place. */
  readonly instead: number | null;
}

/** Equal, different and only in one add up, with what is folded, to all there is on a side. */
export interface MatchCounts {
  readonly equal: number;
  readonly different: number;
  readonly onlyA: number;
  readonly onlyB: number;
  /** Ops that stand in the row of another one, or tensors inside of those. */
  readonly foldedA: number;
  readonly foldedB: number;
}

export interface ModelFigures {
  readonly bytes: number;
  readonly subgraphs: number;
  readonly ops: number;
  /** Those of `ops` that stand in the row of another one. */
  readonly foldedOps: number;
  readonly tensors: number;
  readonly parameters: number;
  readonly macs: number;
  readonly weightBytes: number;
  readonly peakActivationBytes: number;
}

/** How many ops of one kind there are, folded ones included. */
export interface KindCounts extends Sides<number> {
  readonly name: string;
  readonly foldedA: number;
  readonly foldedB: number;
  readonly macsA: number;
  readonly macsB: number;
}

export interface ModelComparison {
  readonly figures: Sides<ModelFigures>;
  readonly precisions: readonly { readonly dtype: DType; readonly a: number; readonly b: number }[];
  readonly kinds: readonly KindCounts[];
  readonly ops: readonly OpMatch[];
  readonly opCounts: MatchCounts;
  readonly tensors: readonly TensorMatch[];
  readonly tensorCounts: MatchCounts;
}
