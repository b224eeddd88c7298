import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Placement } from '../../shared/types';

/** Left, top, width and height in canvas pixels. */
export type Area = readonly [left: number, top: number, width: number, height: number];

/** Where a model's map lies on a canvas that the whole picture fills; letterboxed ones reach over its edges. */
export function mapArea(map: { readonly width: number; readonly height: number; readonly placement: Placement }, canvasWidth: number, canvasHeight: number): Area {
  const { placement } = map;
  const across = canvasWidth / placement.sourceWidth;
  const down = canvasHeight / placement.sourceHeight;
  return [toSourceX(placement, 0) * across, toSourceY(placement, 0) * down, (map.width / placement.scaleX) * across, (map.height / placement.scaleY) * down];
}
