/** A box to place, with its size. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface LevelEdge {
  readonly from: number;
  readonly to: number;
  /** Keeps its ends above each other and is not drawn. */
  readonly hidden?: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Level {
  readonly width: number;
  readonly height: number;
  /** Left upper corners, in the order of the boxes. */
  readonly positions: readonly Point[];
  /** In the order of the edges: where each passes between its ends, which the caller knows better. */
  readonly bends: readonly (readonly Point[])[];
  /** Boxes after which the level may go on elsewhere: all edges across begin at them. */
  readonly cuts: readonly number[];
}

export interface Spacing {
  readonly between: number;
  readonly below: number;
  readonly edges: number;
}
