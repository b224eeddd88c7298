import { weightLayout } from '../rewrite/weights';
import { type OpCost, modelCosts } from '../tflite/analysis/costs';
import type { Model } from '../tflite/format/model';

/**
 * The last ops of a network, by index in the first subgraph: as many, from the end back, as take no more than a share of
 * the model's multiplications and twice that share of its weights. What they round is seen as it is, for nothing behind
 * them evens it out, and nothing they compute is read by ops before them, so that none of their results has to become
 * integers. Classifiers have most of their weights at their end, and no tail. No tail without weights, either.
 *
 * @param share from 0 (no tail) to 1 (everything)
 */
export function tailOf(model: Model, share: number): ReadonlySet<number> {
  const operators = model.subgraphs[0]?.operators ?? [];
  const costs = modelCosts(model).perOp.filter(({ subgraph }) => subgraph === 0);
  const sum = (list: readonly OpCost[]): OpShare => list.reduce(({ macs, weightBytes }, each) => ({ macs: macs + each.macs, weightBytes: weightBytes + each.weightBytes }), nothing);
  const all = sum(costs);
  let tail: OpCost[] = [];
  for (const cost of [...costs].reverse()) {
    const longer = [...tail, cost];
    const { macs, weightBytes } = sum(longer);
    if (macs > all.macs * share || weightBytes > all.weightBytes * share * 2) break;
    tail = longer;
  }
  const weighted = ({ operator }: OpCost): boolean => {
    const code = operators[operator]?.code;
    return code?.custom === false && weightLayout(code.name) !== undefined;
  };
  return new Set(tail.some(weighted) ? tail.map(({ operator }) => operator) : []);
}

type OpShare = Pick<OpCost, 'macs' | 'weightBytes'>;

const nothing: OpShare = { macs: 0, weightBytes: 0 };
