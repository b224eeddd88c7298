import type { ColourScale } from './colour-scale';
import type { GraphLayout, PlacedNode } from './layout-types';

/** Whether a node stands for ops. */
const isStep = ({ kind }: PlacedNode): boolean => kind === 'op' || kind === 'group';

/** For every op that is seen the node that shows it: its own, or the closed group that holds it. */
export function nodesByOp(layout: GraphLayout | null): ReadonlyMap<number, PlacedNode> {
  return new Map((layout?.nodes ?? []).filter(isStep).flatMap((node) => node.ops.map((op): [number, PlacedNode] => [op, node])));
}

/** Nodes that stand for ops, in order of execution. */
export function stepsOf(layout: GraphLayout | null): readonly PlacedNode[] {
  return (layout?.nodes ?? []).filter(isStep).sort((one, other) => (one.ops[0] ?? 0) - (other.ops[0] ?? 0));
}

/** The number of each node that has one, by the node's id: a closed group has the sum of its ops'. */
export function valuesByNode(steps: readonly PlacedNode[], byOp: readonly (readonly [op: number, value: number])[]): ReadonlyMap<string, number> {
  const known = new Map(byOp);
  return new Map(steps.flatMap(({ id, ops }): [string, number][] => {
    const values = ops.flatMap((op) => known.get(op) ?? []);
    return values.length === 0 ? [] : [[id, values.reduce((total, value) => total + value, 0)]];
  }));
}

/** A colour for each node that stands for ops, where there is a scale. */
export function fillsOf(steps: readonly PlacedNode[], values: ReadonlyMap<string, number>, scale: ColourScale | null, missing: string): ReadonlyMap<string, string> {
  if (scale === null) return new Map();
  return new Map(steps.map(({ id }) => {
    const value = values.get(id);
    return [id, value === undefined ? missing : scale.colourOf(value)];
  }));
}
