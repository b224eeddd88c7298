import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import type { TensorDifferences, CheckedTensor } from '../shared/protocol';

/** The first op that runtimes do not agree on. */
export interface Fault extends CheckedTensor {
  /** Who stands alone there; all of them where two opinions are against each other. */
  readonly apart: readonly RuntimeName[];
}

/**
 * Each op is judged on its own inputs, so that what rounding adds up over a whole model is no fault of the last op.
 * Where the reference kernels do not run the model, the others' values are all there is.
 * @param tensors in order of execution
 */
export function firstFault(tensors: readonly (CheckedTensor & TensorDifferences)[]): Fault | null {
  for (const { tensor, name, op, kind, pairs, local } of tensors) {
    const judged = local.length > 0 ? local : pairs;
    if (judged.every(({ agrees }) => agrees)) continue;
    return { tensor, name, op, kind, apart: local.length > 0 ? apartFromKernels(local) : [...new Set(pairs.flatMap(({ pair }) => pair))] };
  }
  return null;
}

function apartFromKernels(local: TensorDifferences['local']): readonly RuntimeName[] {
  const against = local.filter(({ agrees }) => !agrees).map(({ runtime }) => runtime);
  if (against.length < local.length) return against;
  return local.length === 1 ? ['tfjs-kernels', ...against] : ['tfjs-kernels'];
}
