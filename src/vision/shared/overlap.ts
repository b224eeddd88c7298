import type { Box, Point } from './types';

/** A box that may be turned about its centre, clockwise, in radians. */
export interface TurnedBox {
  readonly box: Box;
  readonly angle?: number | undefined;
}

/** Intersection over union of two upright boxes, 0 to 1; 0 for two without area, and for what is no number. */
export function boxIou(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (!(width > 0) || !(height > 0)) return 0;
  const intersection = width * height;
  return intersection / (one.width * one.height + other.width * other.height - intersection);
}

/** The corners of a box, clockwise from its own top left. */
export function cornersOf({ box: { x, y, width, height }, angle = 0 }: TurnedBox): readonly Point[] {
  const [centreX, centreY] = [x + width / 2, y + height / 2];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([across = 0, down = 0]) => {
    const [alongX, alongY] = [(across * width) / 2, (down * height) / 2];
    return { x: centreX + alongX * cosine - alongY * sine, y: centreY + alongX * sine + alongY * cosine };
  });
}

/** Intersection over union of two boxes of which either may be turned, 0 to 1. */
export function turnedIou(one: TurnedBox, other: TurnedBox): number {
  if (one.angle === undefined && other.angle === undefined) return boxIou(one.box, other.box);
  const intersection = areaOf(commonPart(cornersOf(one), cornersOf(other)));
  if (!(intersection > 0)) return 0;
  return intersection / (one.box.width * one.box.height + other.box.width * other.box.height - intersection);
}

/** What two convex polygons have in common, both clockwise where y points down: Sutherland and Hodgman's clipping. */
function commonPart(polygon: readonly Point[], clip: readonly Point[]): readonly Point[] {
  let rest = polygon;
  for (const [index, from] of clip.entries()) {
    const to = clip[(index + 1) % clip.length] ?? from;
    // Positive on the inner side of this edge.
    const inside = ({ x, y }: Point): number => (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
    const subject = rest;
    rest = subject.flatMap((point, place) => {
      const next = subject[(place + 1) % subject.length] ?? point;
      const [here, there] = [inside(point), inside(next)];
      const share = here / (here - there);
      const crossing = here * there < 0 ? [{ x: point.x + share * (next.x - point.x), y: point.y + share * (next.y - point.y) }] : [];
      return here >= 0 ? [point, ...crossing] : crossing;
    });
  }
  return rest;
}

/** Of a polygon without crossings, by the shoelace formula. */
function areaOf(polygon: readonly Point[]): number {
  return Math.abs(polygon.reduce((sum, { x, y }, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? { x, y };
    return sum + x * next.y - next.x * y;
  }, 0)) / 2;
}
