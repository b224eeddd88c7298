import type { ModelComparison } from '../../inspect/diff/shared/comparison';
import type { SelectionTarget } from '../state/selection.svelte';

/** What in the other model belongs to something in this one; null for what only one of them has. */
export function counterpart(comparison: ModelComparison, target: SelectionTarget, side: 'a' | 'b'): SelectionTarget | null {
  const other = side === 'a' ? 'b' : 'a';
  const matches = target.kind === 'op' ? comparison.ops : comparison.tensors;
  const index = target.kind === 'op' ? target.op : target.tensor;
  const found = matches.find((match) => match.subgraph === target.subgraph && match[side] === index)?.[other] ?? null;
  if (found === null) return null;
  return target.kind === 'op' ? { kind: 'op', subgraph: target.subgraph, op: found } : { kind: 'tensor', subgraph: target.subgraph, tensor: found };
}

export function sameTarget(one: SelectionTarget | null, other: SelectionTarget | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
