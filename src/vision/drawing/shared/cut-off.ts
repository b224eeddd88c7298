import { colours, type DrawingContext, strokeFor } from './draw-style';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Placement } from '../../shared/types';
import type { Area } from './map-area';

/** Less than this part of a side is the rounding of sizes, and nothing that anyone would miss. */
const least = 0.002;

/**
 * The parts of a picture that a model did not see, because its input was filled from the middle: strips at the canvas's
 * edges that do not overlap. None where all of the picture went in.
 */
export function cutOffAreas(placement: Placement, canvasWidth: number, canvasHeight: number): readonly Area[] {
  const { sourceWidth, sourceHeight, targetWidth, targetHeight } = placement;
  const within = (share: number): number => (share < least ? 0 : share > 1 - least ? 1 : share);
  const [left, right] = [0, targetWidth].map((x) => within(toSourceX(placement, x) / sourceWidth) * canvasWidth) as [number, number];
  const [top, bottom] = [0, targetHeight].map((y) => within(toSourceY(placement, y) / sourceHeight) * canvasHeight) as [number, number];
  const strips: readonly Area[] = [
    [0, 0, canvasWidth, top], [0, bottom, canvasWidth, canvasHeight - bottom],
    [0, top, left, bottom - top], [right, top, canvasWidth - right, bottom - top],
  ];
  return strips.filter(([, , width, height]) => width > 0 && height > 0);
}

/** Shades what a model did not see, and draws a line along what it saw: in a dark picture the shade alone would not be told. */
export function shadeCutOff(context: DrawingContext, placement: Placement): void {
  const { width: canvasWidth, height: canvasHeight } = context.canvas;
  const line = strokeFor(canvasWidth, canvasHeight).line / 2;
  for (const [left, top, width, height] of cutOffAreas(placement, canvasWidth, canvasHeight)) {
    context.fillStyle = colours.cutOff;
    context.fillRect(left, top, width, height);
    context.fillStyle = colours.cutEdge;
    if (width === canvasWidth) context.fillRect(0, top === 0 ? height - line : top, width, line);
    else context.fillRect(left === 0 ? width - line : left, top, line, height);
  }
}
