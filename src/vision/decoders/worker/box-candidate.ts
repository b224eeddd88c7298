/** A box by its edges, in pixels of the input tensor. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A box before suppression. */
export interface BoxCandidate extends Edges {
  readonly score: number;
  /** x and y by turns. */
  readonly keypoints: readonly number[];
}
