import type { Point } from './types';

/** A rectangle of a picture that a model is given alone, in pixels of the picture; it may reach over the picture's edges. */
export interface Region {
  /** The centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How far it is turned about its centre, clockwise in radians: 0 where its upper side is the picture's. */
  readonly rotation: number;
}

/**
 * Where a place of the region lies in the picture.
 * @param across share of the region's width from its left side, 0 to 1 inside
 * @param down share of its height from its upper side
 */
export function fromRegion({ x, y, width, height, rotation }: Region, across: number, down: number): { readonly x: number; readonly y: number } {
  const right = (across - 0.5) * width;
  const below = (down - 0.5) * height;
  return { x: x + right * Math.cos(rotation) - below * Math.sin(rotation), y: y + right * Math.sin(rotation) + below * Math.cos(rotation) };
}

/** A point in pixels of an input of `width` × `height` that shows the region, in pixels of the picture; z and visibility stay. */
export function pointFromRegion(region: Region, point: Point, width: number, height: number): Point {
  return { ...point, ...fromRegion(region, point.x / width, point.y / height) };
}
