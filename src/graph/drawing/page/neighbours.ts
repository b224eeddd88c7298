import type { GraphLayout, PlacedNode } from '../../layout/shared/layout-types';
import type { Graph } from '../../model/shared/types';

/** What stands around a node, each in the order of execution. */
export interface Neighbours {
  /** Nodes that give it what it reads. */
  readonly before: readonly PlacedNode[];
  /** Nodes that read what it gives. */
  readonly after: readonly PlacedNode[];
  /** Others that read what the nodes before it give, or give what the nodes after it read. */
  readonly beside: readonly PlacedNode[];
}

/** The neighbours of each node of a drawing but open groups, whose border stands for nothing. */
export function neighboursIn(graph: Graph, { nodes }: GraphLayout): (node: PlacedNode) => Neighbours {
  const inOrder = nodes.filter(({ kind }) => kind !== 'open-group').sort((one, other) => rankOf(one) - rankOf(other));
  const [givers, readers] = [new Map<number, PlacedNode[]>(), new Map<number, PlacedNode[]>()];
  for (const node of inOrder) {
    for (const tensor of givenBy(graph, node)) givers.set(tensor, [...givers.get(tensor) ?? [], node]);
    for (const tensor of readBy(graph, node)) readers.set(tensor, [...readers.get(tensor) ?? [], node]);
  }
  const around = (tensors: ReadonlySet<number>, known: ReadonlyMap<number, PlacedNode[]>, node: PlacedNode): Set<PlacedNode> => {
    const found = new Set([...tensors].flatMap((tensor) => known.get(tensor) ?? []));
    found.delete(node);
    return found;
  };
  const sorted = (found: ReadonlySet<PlacedNode>): readonly PlacedNode[] => [...found].sort((one, other) => rankOf(one) - rankOf(other));
  const before = (node: PlacedNode): Set<PlacedNode> => around(readBy(graph, node), givers, node);
  const after = (node: PlacedNode): Set<PlacedNode> => around(givenBy(graph, node), readers, node);
  return (node) => {
    const [givesIt, takesIt] = [before(node), after(node)];
    const beside = new Set([...[...givesIt].flatMap((each) => [...after(each)]), ...[...takesIt].flatMap((each) => [...before(each)])]);
    for (const other of [node, ...givesIt, ...takesIt]) beside.delete(other);
    return { before: sorted(givesIt), after: sorted(takesIt), beside: sorted(beside) };
  };
}

/** Inputs come before all ops, outputs behind them. */
export function rankOf({ kind, ops, tensor }: PlacedNode): number {
  if (kind === 'input') return tensor - Number.MAX_SAFE_INTEGER / 2;
  return kind === 'output' ? tensor + Number.MAX_SAFE_INTEGER / 2 : ops[0] ?? 0;
}

function givenBy({ ops }: Graph, node: PlacedNode): ReadonlySet<number> {
  return new Set(node.kind === 'input' ? [node.tensor] : node.ops.flatMap((op) => ops[op]?.outputs ?? []));
}

function readBy({ ops }: Graph, node: PlacedNode): ReadonlySet<number> {
  return new Set(node.kind === 'output' ? [node.tensor] : node.ops.flatMap((op) => ops[op]?.inputs ?? []));
}
