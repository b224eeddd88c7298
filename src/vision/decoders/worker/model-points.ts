import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Placement, Point } from '../../shared/types';

/** Points in pixels of the model's input, as pipelines need them before they are brought back to the picture. */
export interface ModelLandmarks {
  readonly points: readonly Point[];
  /** Probability 0 to 1 that the object is there at all; null where the model does not say. */
  readonly score: number | null;
}

/** `count` points from consecutive values, x and y first, then z where `step` is 3; NaN where the values end. */
export function pointsFrom(values: ArrayLike<number>, count: number, step: 2 | 3): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const value = (offset: number): number => values[index * step + offset] ?? NaN;
    return step === 2 ? { x: value(0), y: value(1) } : { x: value(0), y: value(1), z: value(2) };
  });
}

/** From pixels of the input to pixels of the source picture; z and visibility stay. */
export function placed(points: readonly Point[], placement: Placement): Point[] {
  return points.map((point) => ({ ...point, x: toSourceX(placement, point.x), y: toSourceY(placement, point.y) }));
}
