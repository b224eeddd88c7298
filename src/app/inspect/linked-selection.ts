import type { ModelComparison, OpMatch, TensorMatch } from '../../inspect/diff/shared/comparison';
import type { SelectionTarget } from '../state/selection.svelte';

/**
 * What in the other model belongs to something in this one; null for what only one of them has. For an op that is folded
 * it is the like of it that is folded there, else the op that it belongs to; for a tensor inside, the one in its place.
 */
export function counterpart(comparison: ModelComparison, target: SelectionTarget, side: 'a' | 'b'): SelectionTarget | null {
  const { subgraph } = target;
  if (target.kind === 'op') {
    const match = comparison.ops.find((each) => each.subgraph === subgraph && hasOp(each, side, target.op));
    const op = match === undefined ? null : opIn(match, side, target.op);
    return op === null ? null : { kind: 'op', subgraph, op };
  }
  const match = comparison.tensors.find((each) => each.subgraph === subgraph && each[side] === target.tensor);
  const tensor = match === undefined ? null : tensorIn(match, side);
  return tensor === null ? null : { kind: 'tensor', subgraph, tensor };
}

/** Whether an op stands in this row, alone or folded. */
export function hasOp(match: OpMatch, side: 'a' | 'b', op: number): boolean {
  return match[side] === op || match.folded[side].some((folded) => folded.op === op);
}

function opIn(match: OpMatch, side: 'a' | 'b', op: number): number | null {
  const other = side === 'a' ? 'b' : 'a';
  const folded = match.folded[side].find((each) => each.op === op);
  if (folded === undefined) return match[other];
  const like = (each: typeof folded): boolean => each.role === folded.role && each.name === folded.name;
  return match.folded[other].filter(like)[match.folded[side].filter(like).indexOf(folded)]?.op ?? match[other];
}

function tensorIn(match: TensorMatch, side: 'a' | 'b'): number | null {
  return match[side === 'a' ? 'b' : 'a'] ?? match.instead;
}

export function sameTarget(one: SelectionTarget | null, other: SelectionTarget | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
