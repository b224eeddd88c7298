import type { PlacedEdge } from './layout-types';
import { cornerStart, roundedLine } from './paths';
import type { Point } from './level-types';

/** All ways of one tensor. Where they run together one line is drawn, because several over each other are darker than any other. */
export interface Bundle {
  readonly tensor: number;
  readonly edges: readonly PlacedEdge[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Edges by tensor, in the order in which tensors are first met. */
export function bundlesOf(edges: readonly PlacedEdge[]): readonly Bundle[] {
  const byTensor = new Map<number, PlacedEdge[]>();
  for (const edge of edges) {
    const own = byTensor.get(edge.tensor);
    if (own === undefined) byTensor.set(edge.tensor, [edge]);
    else own.push(edge);
  }
  return [...byTensor].map(([tensor, own]) => ({
    tensor,
    edges: own,
    left: Math.min(...own.map(({ left }) => left)),
    right: Math.max(...own.map(({ right }) => right)),
    top: Math.min(...own.map(({ top }) => top)),
    bottom: Math.max(...own.map(({ bottom }) => bottom)),
  }));
}

/** Of a tensor that thousands read, ways are compared with so many others. */
const mostCompared = 32;

/** As an SVG path. */
export function bundlePath({ edges }: Bundle): string {
  return edges.map(({ points }, index) => roundedLine(ownPart(points, edges.slice(Math.max(0, index - mostCompared), index)))).join('');
}

/** A way from where it leaves those that are drawn already, with enough before it to round the corner. */
function ownPart(points: readonly Point[], drawn: readonly PlacedEdge[]): readonly Point[] {
  let best: readonly Point[] = points;
  let [furthest, furthestAlong] = [0, 0];
  for (const { points: other } of drawn) {
    let shared = 0;
    while (shared < points.length && points[shared]?.x === other[shared]?.x && points[shared]?.y === other[shared]?.y) shared += 1;
    const [last, next, theirs] = [points[shared - 1], points[shared], other[shared]];
    if (last === undefined) continue;
    if (next === undefined) return [];
    const corner = theirs === undefined ? undefined : liesBetween(last, next, theirs) ? next : liesBetween(last, theirs, next) ? theirs : undefined;
    const along = corner === undefined ? 0 : Math.abs(corner.x - last.x) + Math.abs(corner.y - last.y);
    if (shared < furthest || (shared === furthest && along <= furthestAlong)) continue;
    [furthest, furthestAlong] = [shared, along];
    if (corner !== undefined) best = [cornerStart(corner, last), ...points.slice(shared)];
    else best = shared === 1 ? points : [cornerStart(last, points[shared - 2] ?? last), ...points.slice(shared - 1)];
  }
  return best;
}

/** Whether a point lies on the straight line, down or across, from one point to another. */
function liesBetween(from: Point, point: Point, to: Point): boolean {
  if (from.x === to.x) return point.x === from.x && (point.y - from.y) * (to.y - point.y) >= 0;
  return from.y === to.y && point.y === from.y && (point.x - from.x) * (to.x - point.x) >= 0;
}
