import type { Graph } from '../shared/types';

/**
 * For every op that is hidden when constants are folded the first op that is seen and uses its result, directly or by way
 * of other hidden ops. Ops whose result nobody uses are not among them.
 */
export function usersOfFolded(graph: Graph | null): ReadonlyMap<number, number> {
  const users = new Map<number, number>();
  /** The first seen op that reads a tensor, or uses what is computed from it. */
  const readers = new Map<number, number>();
  // From the end, so that what a result becomes is known before the op that gives it is looked at.
  for (const op of [...graph?.ops ?? []].reverse()) {
    const used = op.foldable ? op.outputs.flatMap((output) => readers.get(output) ?? []) : [op.index];
    if (used.length === 0) continue;
    const user = Math.min(...used);
    if (op.foldable) users.set(op.index, user);
    for (const tensor of op.inputs) readers.set(tensor, Math.min(user, readers.get(tensor) ?? user));
  }
  return users;
}
