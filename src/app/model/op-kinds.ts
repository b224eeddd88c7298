import type { KindCost, OpUse } from '../../tflite/analysis/summary';
import { openedModel as text } from '../../messages/opened-model';

export interface OpKind {
  readonly name: string;
  readonly custom: boolean;
  readonly count: number;
  /** Versions, and where each is first used. */
  readonly title: string;
  /** Missing for a kind that the first signature does not run. */
  readonly cost: KindCost | undefined;
}

/** Ops by name with what they cost, the most MACs first. */
export function opKinds(ops: readonly OpUse[], costs: readonly KindCost[]): OpKind[] {
  const kinds = new Map<string, OpKind>();
  for (const { name, custom, count, version, firstPlace } of ops) {
    const known = kinds.get(name);
    const title = text.opVersion(version, firstPlace);
    kinds.set(name, known === undefined
      ? { name, custom, count, title, cost: costs.find((cost) => cost.name === name) }
      : { ...known, count: known.count + count, title: text.also(known.title, title) });
  }
  return [...kinds.values()].sort((left, right) => (right.cost?.macs ?? 0) - (left.cost?.macs ?? 0) || right.count - left.count);
}
