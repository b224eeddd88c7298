/** How a tensor is drawn: some grey pictures, one for each of its channels. */
export interface ChannelForm {
  /** A matrix has rows and columns in place of a picture’s height and width, and its cells are no squares. */
  readonly kind: 'picture' | 'matrix';
  readonly batches: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Real values at black and at white. */
export interface GreyRange {
  readonly black: number;
  readonly white: number;
}
