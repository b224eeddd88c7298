import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Box, Placement } from '../../shared/types';
import { vision as text } from '../../../messages/vision';
import type { Edges } from './box-candidate';
import { labelFor } from './labels';

/** From pixels of the input to those of the source picture; null for what has no extent, or edges beyond float32, the models' own type. */
export function boxInSource({ left, top, right, bottom }: Edges, placement: Placement): Box | null {
  const x = toSourceX(placement, left);
  const y = toSourceY(placement, top);
  const width = toSourceX(placement, right) - x;
  const height = toSourceY(placement, bottom) - y;
  const finite = [x, y, width, height].every((value) => Number.isFinite(Math.fround(value)));
  return finite && width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** The label of a class that a model names by a number, which may be none. */
export function labelOfNumber(labels: readonly string[] | undefined, type: number): string {
  return type >= 0 ? labelFor(labels, type) : text.object;
}
