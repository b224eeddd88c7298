import { weightLayout } from '../rewrite/weights';
import { modelCosts } from '../tflite/costs';
import type { Model } from '../tflite/model';

/**
 * The last ops of a network, by index in the first subgraph: as many, from the end back, as take a share of the
 * model's multiplications. What they round is seen as it is, for nothing behind them evens it out, and nothing they
 * compute is read by ops before them, so that none of their results has to become integers. No tail without weights.
 *
 * @param share from 0 (no tail) to 1 (everything)
 */
export function tailOf(model: Model, share: number): ReadonlySet<number> {
  const operators = model.subgraphs[0]?.operators ?? [];
  const macs = modelCosts(model).perOp.filter(({ subgraph }) => subgraph === 0).map((cost) => cost.macs);
  const allowed = macs.reduce((sum, each) => sum + each, 0) * share;
  const tail = new Set<number>();
  let [spent, weighted] = [0, false];
  for (const { index, code } of [...operators].reverse()) {
    spent += macs[index] ?? 0;
    if (spent > allowed) break;
    tail.add(index);
    weighted ||= !code.custom && weightLayout(code.name) !== undefined;
  }
  return weighted ? tail : new Set();
}
