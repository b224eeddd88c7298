import type { Box, LevelEdge, Point } from '../shared/level-types';
import { cutPositions } from '../../model/worker/segments';

/** Pieces of so many boxes are laid out whole, with all their edges. */
const largestWhole = 24;
/** In positions of the order: shorter edges are never taken out. */
const shortest = 6;
/** An edge is a skip when so many of the boxes between its ends depend on its source. */
const mostDepend = 0.8;
/** A branch is drawn where its ops are in the order, and not beside all that its edge leads past, when that edge is this many times as long as the branch. */
const longerThanBranch = 4;
/** Between two ways beside the boxes, and between such a way and a box. */
const laneGap = 10;
const boxGap = 16;

/**
 * Edges that would keep a network from falling apart into small pieces: skip connections over many ops, and the edges to short
 * branches that come much later. Without them the trunk can be drawn straight; they themselves go beside it. Parallel
 * branches are none of these: they belong side by side.
 *
 * @param edges between positions in an order in which every edge points forwards
 * @returns their indices
 */
export function longEdges(count: number, edges: readonly LevelEdge[]): ReadonlySet<number> {
  const long = new Set<number>();
  const links = linksOf(count, edges);
  const candidates = [...edges.entries()].filter(([, { from, to }]) => to - from >= shortest).sort(([, one], [, other]) => other.to - other.from - (one.to - one.from));
  const refused = new Set<number>();
  for (let round = 0; round < candidates.length; round++) {
    const large = largePieces(count, edges.filter((_, index) => !long.has(index)));
    const before = long.size;
    for (const { first, last } of large) {
      for (const [index, edge] of candidates) {
        if (long.has(index) || refused.has(index) || edge.from < first || edge.to > last) continue;
        if (isLong(edge, links)) {
          long.add(index);
          break;
        }
        refused.add(index);
      }
    }
    if (long.size === before) break;
  }
  // What lies inside a piece after all is laid out with it.
  const cuts = cutPositions(count, edges.filter((_, index) => !long.has(index)));
  const pieceOf = (position: number): number => cuts.findLastIndex((cut) => cut <= position);
  return new Set([...long].filter((index) => { const { from, to } = edges[index] ?? { from: 0, to: 0 }; return pieceOf(from) !== pieceOf(to - 1); }));
}

interface Links {
  readonly into: readonly (readonly number[])[];
  readonly outOf: readonly (readonly number[])[];
}

function linksOf(count: number, edges: readonly LevelEdge[]): Links {
  const into = Array.from({ length: count }, (): number[] => []);
  const outOf = Array.from({ length: count }, (): number[] => []);
  for (const { from, to } of edges) {
    into[to]?.push(from);
    outOf[from]?.push(to);
  }
  return { into, outOf };
}

function largePieces(count: number, edges: readonly LevelEdge[]): readonly { readonly first: number; readonly last: number }[] {
  const pieces: { first: number; last: number }[] = [];
  let first = 0;
  for (const last of [...cutPositions(count, edges), count - 1]) {
    if (last - first >= largestWhole) pieces.push({ first, last });
    first = last;
  }
  return pieces;
}

function isLong({ from, to }: LevelEdge, { into, outOf }: Links): boolean {
  const between = to - from - 1;
  const after = new Set([from]);
  const feeding = new Set([to]);
  for (let position = from + 1; position < to; position++) if (into[position]?.some((source) => after.has(source))) after.add(position);
  for (let position = to - 1; position > from; position--) if (outOf[position]?.some((target) => feeding.has(target))) feeding.add(position);
  const [source, target] = [after.size - 1 >= between * mostDepend, feeding.size - 1 >= between * mostDepend];
  const isShort = (length: number): boolean => to - from >= longerThanBranch * length;
  if (source) return target || isShort(branchAfter(to, into));
  return target && isShort(branchBefore(from, outOf));
}

/** Boxes from one on that depend on nothing before it but on what feeds itself; none where they lead to the end, for then nothing joins them. */
function branchAfter(start: number, into: readonly (readonly number[])[]): number {
  let end = start + 1;
  while (end < into.length && (into[end]?.length ?? 0) > 0 && into[end]?.every((source) => source >= start)) end += 1;
  return end === into.length ? 0 : end - start;
}

/** Boxes up to one on which nothing after it depends but through itself. */
function branchBefore(end: number, outOf: readonly (readonly number[])[]): number {
  let start = end - 1;
  while (start >= 0 && (outOf[start]?.length ?? 0) > 0 && outOf[start]?.every((target) => target <= end)) start -= 1;
  return end - start;
}

interface Lane {
  readonly source: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** Rectangles in the way, by their edges. */
interface Obstacle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Ways beside the boxes for edges that were taken out: each leaves below its source, goes down right of everything between,
 * the shortest innermost, and comes back above its target. Ways of one source share their line.
 *
 * @param centres of all boxes
 * @param ways of the other edges, which these must not run over
 * @returns bends by the index of the edge
 */
export function lanesBeside(boxes: readonly Box[], centres: readonly Point[], edges: readonly LevelEdge[], long: ReadonlySet<number>, ways: readonly (readonly Point[])[], below: number): ReadonlyMap<number, readonly Point[]> {
  const obstacles = boxes.map(({ width, height }, index): Obstacle => {
    const { x, y } = centres[index] ?? { x: 0, y: 0 };
    return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  });
  const lines = ways.flatMap((way, index) => (long.has(index) || way.length === 0 ? [] : [spanOf(way)]));
  const lanes: Lane[] = [];
  const found = new Map<number, readonly Point[]>();
  const sorted = [...long].sort((one, other) => lengthOf(edges[one]) - lengthOf(edges[other]));
  for (const index of sorted) {
    const edge = edges[index];
    const [source, target] = [obstacles[edge?.from ?? -1], obstacles[edge?.to ?? -1]];
    if (edge === undefined || source === undefined || target === undefined) continue;
    let [top, bottom] = [source.bottom + below / 2, target.top - below / 2];
    let x = 0;
    // The line's place depends on the heights at which it is reached, and these on its place.
    for (let attempt = 0; attempt < 3; attempt++) {
      x = freeLane(edge.from, top, bottom, [...obstacles, ...lines], lanes);
      top = freeHeight(obstacles, source, (source.left + source.right) / 2, x, source.bottom + below / 2, 1);
      bottom = freeHeight(obstacles, target, (target.left + target.right) / 2, x, target.top - below / 2, -1);
    }
    lanes.push({ source: edge.from, x, top, bottom });
    found.set(index, [{ x, y: top }, { x, y: bottom }]);
  }
  return found;
}

function lengthOf(edge: LevelEdge | undefined): number {
  return edge === undefined ? 0 : edge.to - edge.from;
}

function spanOf(way: readonly Point[]): Obstacle {
  const [xs, ys] = [way.map(({ x }) => x), way.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** Right of all that stands between two heights, and not on another source's line. */
function freeLane(source: number, top: number, bottom: number, obstacles: readonly Obstacle[], lanes: readonly Lane[]): number {
  let x = boxGap + obstacles.reduce((right, each) => (each.top < bottom && each.bottom > top ? Math.max(right, each.right) : right), -Infinity);
  if (!Number.isFinite(x)) x = 0;
  const near = lanes.filter((lane) => lane.top <= bottom && lane.bottom >= top);
  const own = near.find((lane) => lane.source === source && lane.x >= x);
  if (own !== undefined) return own.x;
  for (const lane of near.map((each) => each.x).sort((one, other) => one - other)) if (Math.abs(lane - x) < laneGap) x = lane + laneGap;
  return x;
}

/** A height near the wished one at which nothing stands between two places: further on in the direction, where it must be. */
function freeHeight(obstacles: readonly Obstacle[], end: Obstacle, from: number, to: number, wished: number, direction: 1 | -1): number {
  let height = wished;
  for (let attempt = 0; attempt < 8; attempt++) {
    const inWay = obstacles.filter((each) => each !== end && each.left < Math.max(from, to) && each.right > Math.min(from, to) && each.top - 2 < height && each.bottom + 2 > height);
    if (inWay.length === 0) return height;
    height = direction === 1 ? Math.max(...inWay.map(({ bottom }) => bottom)) + laneGap : Math.min(...inWay.map(({ top }) => top)) - laneGap;
  }
  return wished;
}
