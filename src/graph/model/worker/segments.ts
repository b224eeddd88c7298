/** An edge between positions in an order in which every edge points forwards. */
export interface OrderedEdge {
  readonly from: number;
  readonly to: number;
}

/**
 * Positions through which every path goes: all edges that lead past such a node's place in the order begin at it.
 * A graph falls apart there into pieces that can be laid out on their own and set one below the other, which is what
 * keeps the time of a layout in line with the number of ops.
 */
export function cutPositions(count: number, edges: readonly OrderedEdge[]): readonly number[] {
  /** The furthest reach of edges that begin before each position. */
  const reach = new Array<number>(count).fill(0);
  for (const { from, to } of edges) reach[from] = Math.max(reach[from] ?? 0, to);
  const cuts: number[] = [];
  let furthest = 0;
  for (let position = 0; position < count; position++) {
    // Edges that began earlier have all ended by here.
    if (furthest <= position && (reach[position] ?? 0) > position) cuts.push(position);
    furthest = Math.max(furthest, reach[position] ?? 0);
  }
  return cuts;
}
