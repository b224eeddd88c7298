import { min, sum } from 'd3-array';
import type { OpCost } from '../../../tflite/analysis/costs';
import type { Model } from '../../../tflite/format/model';

/**
 * Which of an op's inputs no op right before it wrote or read, and what the ops between move: a skip connection has been
 * pushed out of the small caches when it is added, while the other side has just been written.
 *
 * @param perOp the model's costs, which are the same for all of its ops
 * @param inputs tensors that the op, or a run of ops from `first` on, is given
 * @returns `bytes`: what the ops behind the last use of the freshest of these inputs read and write, 0 without such inputs
 */
export function olderInputs(model: Model, subgraph: number, perOp: readonly OpCost[], inputs: readonly number[], first: number): { readonly tensors: readonly number[]; readonly bytes: number } {
  const costs = perOp.filter((cost) => cost.subgraph === subgraph && !cost.once && cost.operator < first);
  const operators = model.subgraphs[subgraph]?.operators ?? [];
  const running = costs.map(({ operator, bytesRead, bytesWritten }) => ({ operator: operators[operator], bytes: bytesRead + bytesWritten }));
  const behind = (tensor: number): number => {
    const last = running.findLastIndex(({ operator }) => operator?.outputs.includes(tensor) === true || operator?.inputs.includes(tensor) === true);
    return sum(running.slice(last + 1), ({ bytes }) => bytes);
  };
  const ages = inputs.map((tensor) => ({ tensor, bytes: behind(tensor) })).filter(({ bytes }) => bytes > 0);
  return { tensors: ages.map(({ tensor }) => tensor), bytes: min(ages, ({ bytes }) => bytes) ?? 0 };
}
