import type { ColourScale } from '../shared/colour-scale';
import type { NodeFills } from '../shared/export-style';
import type { GraphLayout, PlacedNode } from '../../layout/shared/layout-types';
import type { OpNumbers } from '../../model/shared/op-numbers';

export const noValues: ReadonlyMap<string, number> = new Map();

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

/** The number of each node that has one, by the node's id: a closed group has the sum or the largest of its ops'. */
export function valuesByNode(steps: readonly PlacedNode[], graph: number, { values, combine }: OpNumbers): ReadonlyMap<string, number> {
  const known = values.get(graph);
  return new Map(steps.flatMap(({ id, ops }): [string, number][] => {
    const numbers = ops.flatMap((op) => known?.get(op) ?? []);
    if (numbers.length === 0) return [];
    return [[id, combine === 'sum' ? numbers.reduce((total, value) => total + value, 0) : numbers.reduce((most, value) => Math.max(most, value), -Infinity)]];
  }));
}

/** Each node's number as it stands on it. */
export function textsByNode(values: ReadonlyMap<string, number>, write: (value: number) => string): ReadonlyMap<string, string> {
  return new Map([...values].map(([id, value]) => [id, write(value)]));
}

interface FillOptions {
  readonly values: ReadonlyMap<string, number>;
  readonly scale: ColourScale;
  /** Colours that single ops bring with them. */
  readonly own: ReadonlyMap<number, string> | undefined;
  /** For numbers without a colour. */
  readonly plain: string;
}

/** A colour for each node that stands for ops, null for those without a number. */
export function fillsOf(steps: readonly PlacedNode[], { values, scale, own, plain }: FillOptions): NodeFills {
  return new Map(steps.map(({ id, kind, ops: [op] }) => {
    const value = values.get(id);
    const given = kind === 'op' && op !== undefined ? own?.get(op) : undefined;
    return [id, given ?? (value === undefined ? null : scale.colourOf(value) ?? plain)];
  }));
}
