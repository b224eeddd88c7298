import { type CostName, type Graph, activationsOf, costNames } from '../shared/types';

/** What several ops of one subgraph are together. */
export interface GroupSummary {
  /** Kinds of ops, in the order in which they first run. */
  readonly kinds: readonly { readonly name: string; readonly count: number; readonly macs: number }[];
  readonly costs: Readonly<Record<CostName, number>>;
  /** Tensors that come from outside, and those that are read outside or leave the subgraph; indices, each once. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Adds up what the ops with these indices are and take. */
export function summarizeGroup(graph: Graph, indices: readonly number[]): GroupSummary {
  const inside = new Set(indices);
  const ops = graph.ops.filter(({ index }) => inside.has(index));
  const kinds = new Map<string, { name: string; count: number; macs: number }>();
  for (const { name, values } of ops) {
    const kind = kinds.get(name) ?? { name, count: 0, macs: 0 };
    kinds.set(name, { name, count: kind.count + 1, macs: kind.macs + values.macs });
  }
  const made = new Set(ops.flatMap(({ outputs }) => outputs));
  const readOutside = new Set([...graph.outputs, ...graph.ops.flatMap((op) => (inside.has(op.index) ? [] : op.inputs))]);
  return {
    kinds: [...kinds.values()],
    costs: Object.fromEntries(costNames.map((name) => [name, ops.reduce((sum, { values }) => sum + values[name], 0)])) as Record<CostName, number>,
    inputs: [...new Set(ops.flatMap(activationsOf))].filter((tensor) => !made.has(tensor)),
    outputs: [...made].filter((tensor) => readOutside.has(tensor)),
  };
}
