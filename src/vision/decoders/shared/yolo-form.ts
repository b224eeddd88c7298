import type { Decoder } from '../../shared/types';

export type YoloDecoder = Extract<Decoder, { kind: `yolo-${string}` }>;

/** Cells' sides in pixels of the input; models with a P6 head have the last one too. */
const strides = [8, 16, 32, 64] as const;

/** How many rows the YOLO family's heads make of an input, without and with a P6 head: one a cell, or three beside an objectness. */
export function yoloRowCounts(head: YoloDecoder['head'], width: number, height: number): readonly number[] {
  const perCell = head === 'objectness' ? 3 : 1;
  return [3, 4].map((levels) => strides.slice(0, levels).reduce((sum, stride) => sum + perCell * Math.ceil(width / stride) * Math.ceil(height / stride), 0));
}

export interface PrototypeForm {
  readonly width: number;
  readonly height: number;
  /** Maps, and thus coefficients of each object. */
  readonly count: number;
  readonly channelsLast: boolean;
}

/** Of an output that holds prototypes of masks: [1, height, width, maps], or [1, maps, height, width]; there are fewer maps than rows or columns. Null for any other shape. */
export function prototypeForm([batch, first = 0, second = 0, third = 0, ...more]: readonly number[]): PrototypeForm | null {
  if (batch !== 1 || more.length > 0 || first < 1 || second < 1 || third < 1) return null;
  return third <= first ? { height: first, width: second, count: third, channelsLast: true } : { height: second, width: third, count: first, channelsLast: false };
}
