import type { GraphLayout, PlacedNode } from '../layout/shared/layout-types';

/** Ways that run through a node that they do not belong to: at most this deep, in the drawing's pixels, is a touch. */
const depth = 1;

/** Where ways cross nodes, as `tensor 12 through op 7`. Open groups are frames, through which ways lead. */
export function crossings({ nodes, edges }: GraphLayout): readonly string[] {
  const solid = nodes.filter(({ kind }) => kind !== 'open-group');
  const found = new Set<string>();
  for (const { tensor, points } of edges) {
    for (const [index, to] of points.entries()) {
      const from = points[index - 1];
      if (from === undefined) continue;
      const [left, right, top, bottom] = [Math.min(from.x, to.x), Math.max(from.x, to.x), Math.min(from.y, to.y), Math.max(from.y, to.y)];
      for (const node of solid) if (cuts(node, left, right, top, bottom)) found.add(`tensor ${tensor} through ${node.id}`);
    }
  }
  return [...found];
}

function cuts({ x, y, width, height }: PlacedNode, left: number, right: number, top: number, bottom: number): boolean {
  return right > x + depth && left < x + width - depth && bottom > y + depth && top < y + height - depth;
}
