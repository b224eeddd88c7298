import type { OpNumbers } from '../../model/shared/op-numbers';

/** What a file says of a model's ops. */
export interface Overlay {
  /** At least one. */
  readonly sets: readonly OpNumbers[];
  /** Entries of the file that belong to nothing in the model. */
  readonly unmatched: number;
}

export type OverlayFormat = 'model-explorer' | 'netron';
