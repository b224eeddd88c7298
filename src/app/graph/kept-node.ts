import type { GraphLayout, PlacedNode } from '../../graph/layout/shared/layout-types';

/** Of the nodes that two layouts of one graph have in common, the one that stood nearest to a place in the first: as it stood, and as it stands. */
export function nearestKept(before: GraphLayout, after: GraphLayout, { x, y }: { readonly x: number; readonly y: number }): readonly [before: PlacedNode, after: PlacedNode] | null {
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  let nearest: readonly [PlacedNode, PlacedNode] | null = null;
  let least = Infinity;
  for (const node of before.nodes) {
    const kept = now.get(node.id);
    const distance = Math.hypot(node.x + node.width / 2 - x, node.y + Math.min(node.height, 40) / 2 - y);
    if (kept === undefined || distance >= least) continue;
    least = distance;
    nearest = [node, kept];
  }
  return nearest;
}
