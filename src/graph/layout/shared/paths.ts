import type { Point } from './level-types';

const round = (value: number): number => Math.round(value * 10) / 10;
const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** Rounding of corners. */
const radius = 9;
const headWidth = 7;
const headLength = 6;

/**
 * Points of a way from top to bottom that goes straight down and straight across: it turns at the height of its
 * bends, or half-way where it has none. `offset` keeps ways apart that would turn at one height.
 */
export function squareWay(points: readonly Point[], offset: number): readonly Point[] {
  const way: Point[] = [];
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from !== undefined && Math.abs(to.x - from.x) >= 0.5) {
      const first = index === 1;
      const last = index === points.length - 1;
      const height = (first && last) || (!first && !last) ? (from.y + to.y) / 2 : first ? to.y : from.y;
      const turn = Math.min(Math.max(height + offset, Math.min(from.y, to.y)), Math.max(from.y, to.y));
      way.push({ x: from.x, y: turn }, { x: to.x, y: turn });
    }
    way.push(to);
  }
  return corners(way);
}

/** The ends and the points at which the way turns. */
function corners(way: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of way) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const straight = before !== undefined && last !== undefined && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (straight) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** An SVG path of straight lines whose corners are rounded. */
export function roundedLine(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  let path = `M${at(first)}`;
  for (let index = 1; index < points.length; index++) {
    const [before, corner, after] = [points[index - 1], points[index], points[index + 1]];
    if (before === undefined || corner === undefined) break;
    path += after === undefined ? `L${at(corner)}` : `L${at(towards(corner, before))}Q${at(corner)} ${at(towards(corner, after))}`;
  }
  return path;
}

/** The point of an arrow at the end of a way that comes from above, as an SVG path. */
export function arrowHead(points: readonly Point[]): string {
  const end = points.at(-1);
  return end === undefined ? '' : `M${at(end)}l${-headWidth / 2} ${-headLength}h${headWidth}z`;
}

/** Where the rounding of a corner begins for a way that comes from `before`. */
export function cornerStart(corner: Point, before: Point): Point {
  return towards(corner, before);
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
