/** A box before suppression, in pixels of the input tensor. */
export interface BoxCandidate {
  readonly score: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** x and y by turns. */
  readonly keypoints: readonly number[];
}
