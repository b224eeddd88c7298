import type { PixelFormat, PlaneLayout } from './pixels';
import type { AxisPlacement } from './taps';

/** A row of the target, a lane for each channel: R, G, B, and alpha where four are wanted. 0 to 255, fractions kept. */
export type Lanes = readonly Float64Array[];

/** One or three lanes that are read from the same plane together. */
export interface LaneGroup {
  readonly plane: number;
  /** Where the lanes' samples lie in each group of samples of the plane, in bytes. */
  readonly bytes: readonly number[];
  /** Places among the target's lanes. */
  readonly lanes: readonly number[];
}

const red = 0;
const green = 1;
const blue = 2;
const alpha = 3;

/** The lanes of each format; Y, U and V until they are converted take the places of R, G and B. */
export const laneGroups: Readonly<Record<PixelFormat, readonly LaneGroup[]>> = {
  RGBA: [{ plane: 0, bytes: [0, 1, 2], lanes: [red, green, blue] }, { plane: 0, bytes: [3], lanes: [alpha] }],
  RGBX: [{ plane: 0, bytes: [0, 1, 2], lanes: [red, green, blue] }],
  BGRA: [{ plane: 0, bytes: [0, 1, 2], lanes: [blue, green, red] }, { plane: 0, bytes: [3], lanes: [alpha] }],
  BGRX: [{ plane: 0, bytes: [0, 1, 2], lanes: [blue, green, red] }],
  I420: [{ plane: 0, bytes: [0], lanes: [red] }, { plane: 1, bytes: [0], lanes: [green] }, { plane: 2, bytes: [0], lanes: [blue] }],
  NV12: [{ plane: 0, bytes: [0], lanes: [red] }, { plane: 1, bytes: [0], lanes: [green] }, { plane: 1, bytes: [1], lanes: [blue] }],
};

/** How a plane lies on the target, in pixels of the picture. */
export interface PlaneAxes {
  /** Bytes from one group of samples to the next. */
  readonly step: number;
  /** Pixels, in each direction, that share a group. */
  readonly block: 1 | 2;
  readonly across: AxisPlacement;
  readonly down: AxisPlacement;
}

/** Reads the lanes of a group. */
export interface LaneReader {
  /** Takes another picture of the same size. */
  begin(data: Uint8Array, plane: PlaneLayout): void;
  /** Writes the columns inside the picture, of a row inside the picture. */
  read(row: number, into: Lanes): void;
}
