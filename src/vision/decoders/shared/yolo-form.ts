import type { Decoder } from '../../shared/types';

export type YoloDecoder = Extract<Decoder, { kind: `yolo-${string}` }>;

/** Cells' sides in pixels of the input; models with a P6 head have the last one too. */
const strides = [8, 16, 32, 64] as const;

/** How many rows the YOLO family's heads make of an input, without and with a P6 head: one a cell, or three beside an objectness. */
export function yoloRowCounts(head: YoloDecoder['head'], width: number, height: number): readonly number[] {
  const perCell = head === 'objectness' ? 3 : 1;
  return [3, 4].map((levels) => strides.slice(0, levels).reduce((sum, stride) => sum + perCell * Math.ceil(width / stride) * Math.ceil(height / stride), 0));
}
