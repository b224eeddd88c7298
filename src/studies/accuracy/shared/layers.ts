import type { ErrorMetrics } from '../../../quantize/metrics';
import type { OutputTensor } from '../../../vision/shared/types';

/** A tensor that both models compute. */
export interface LayerPair {
  /** Tensors and the ops that compute them, in each model's first subgraph. */
  readonly a: { readonly tensor: number; readonly op: number; readonly kind: string };
  readonly b: { readonly tensor: number; readonly op: number; readonly kind: string };
  readonly name: string;
  readonly by: 'name' | 'position';
  /** Positions of the nearest pairs before it, on all ways into the first model's op. */
  readonly before: readonly number[];
}

export interface LayerPlan {
  /** In the first model's order of execution. */
  readonly pairs: readonly LayerPair[];
  /** Positions of pairs whose tensors fit a session's memory together. */
  readonly parts: readonly (readonly number[])[];
  /** Tensors of the first model that have no counterpart: what is fused away, or was added. */
  readonly unmatched: number;
  /** Counterparts of another size. */
  readonly resized: number;
}

/** How far a tensor is from its reference. */
export interface TensorError {
  readonly metrics: ErrorMetrics;
  /**
   * Every channel is the reference's times a factor of its own, as equalisation leaves it and a later layer takes it back:
   * no error, though the values differ.
   */
  readonly rescaled: boolean;
  /** Signal to noise ratio in dB; of a rescaled tensor after each channel's factor is taken out. */
  readonly sqnr_db: number;
}

/** Tensors of one part and run of both models, in the order of the part's pairs. */
export interface LayerSample {
  readonly part: number;
  readonly a: readonly OutputTensor[];
  readonly b: readonly OutputTensor[];
}
