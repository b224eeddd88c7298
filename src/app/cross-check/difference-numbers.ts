import type { CrossCheck } from '../../studies/cross-check/page/cross-check';
import type { RuntimeName } from '../../engine/configuration/shared/configuration';
import { crossCheck as text } from '../../messages/cross-check';
import type { OpNumbers } from '../../graph/model/shared/op-numbers';

/** How far each op of a runtime is from the reference kernel on the same inputs, as numbers by which a graph is coloured. */
export function differencesOf({ tensors }: CrossCheck): readonly OpNumbers[] {
  const runtimes = [...new Set(tensors.flatMap(({ local }) => local.map(({ runtime }) => runtime)))];
  return runtimes.map((runtime) => ({
    id: `cross-check ${runtime}`, title: text.againstKernels(runtime), unit: text.unit, combine: 'largest', values: new Map([[0, byOp(tensors, runtime)]]), colours: {},
  }));
}

/** An op with several results counts with the worst of them. */
function byOp(tensors: CrossCheck['tensors'], runtime: RuntimeName): ReadonlyMap<number, number> {
  const worst = new Map<number, number>();
  for (const { op, local } of tensors) {
    const difference = local.find((each) => each.runtime === runtime);
    if (difference !== undefined && Number.isFinite(difference.relative)) worst.set(op, Math.max(worst.get(op) ?? 0, difference.relative * 100));
  }
  return worst;
}
