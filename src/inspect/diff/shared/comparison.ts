/** Types only: what differs between two models. */
import type { DType } from '../../../tensor/dtype';
import type { MatchedBy } from '../../../tflite/analysis/match';

/** One thing that is not the same on both sides, in words. */
export interface Difference {
  readonly what: 'kind' | 'options' | 'version' | 'dtype' | 'shape' | 'size' | 'quantization' | 'values' | 'role';
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
}

export interface MatchCounts {
  readonly equal: number;
  readonly different: number;
  readonly onlyA: number;
  readonly onlyB: number;
}

export interface ModelFigures {
  readonly bytes: number;
  readonly subgraphs: number;
  readonly ops: number;
  readonly tensors: number;
  readonly parameters: number;
  readonly macs: number;
  readonly weightBytes: number;
  readonly peakActivationBytes: number;
}

export interface ModelComparison {
  readonly figures: { readonly a: ModelFigures; readonly b: ModelFigures };
  readonly precisions: readonly { readonly dtype: DType; readonly a: number; readonly b: number }[];
  readonly kinds: readonly { readonly name: string; readonly a: number; readonly b: number; readonly macsA: number; readonly macsB: number }[];
  readonly ops: readonly Match[];
  readonly opCounts: MatchCounts;
  readonly tensors: readonly Match[];
  readonly tensorCounts: MatchCounts;
}
