import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Placement } from '../../shared/types';

/** First and one past the last of `count` pixels whose centres lie within the picture. */
function insideRange(count: number, toSource: (position: number) => number, size: number): readonly [start: number, end: number] {
  let start = 0;
  let end = count;
  while (start < end && !(toSource(start + 0.5) >= 0)) start++;
  while (end > start && !(toSource(end - 0.5) <= size)) end--;
  return [start, end];
}

/** The columns and rows of a map that show the picture: letterboxing gives maps an edge that is no part of it. Ends are one past the last. */
export function insidePicture(width: number, height: number, placement: Placement): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  const [left, right] = insideRange(width, (x) => toSourceX(placement, x), placement.sourceWidth);
  const [top, bottom] = insideRange(height, (y) => toSourceY(placement, y), placement.sourceHeight);
  return { left, right, top, bottom };
}
