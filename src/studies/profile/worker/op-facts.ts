import type { OpFacts } from '../shared/slicer-protocol';
import { modelCosts } from '../../../tflite/analysis/costs';
import type { Model } from '../../../tflite/format/model';
import { invokeBalance } from '../../../report/invoke-balance';
import type { OpProfile, OpTime } from '../../../report/op-profile';
import type { TimedOp, TimedOps } from './profile-runs';

/** The most that a report keeps of a name. */
const longestName = 300;

/** All ops of a subgraph, in order of execution. */
export function opFacts(model: Model, subgraph: number): readonly OpFacts[] {
  const graph = model.subgraphs[subgraph];
  if (graph === undefined) return [];
  const costs = modelCosts(model).perOp.filter((cost) => cost.subgraph === subgraph);
  return graph.operators.map(({ index, code, outputs }) => {
    const cost = costs[index];
    return {
      op: index,
      kind: code.name.slice(0, longestName),
      name: (graph.tensors[outputs[0] ?? -1]?.name ?? '').slice(0, longestName),
      macs: cost?.known === true ? cost.macs : null,
      bytes: cost?.known === true ? cost.bytesRead + cost.bytesWritten : null,
    };
  });
}

/** A profile out of measured ops, which stand in the order of the subgraph's. */
export function profileOf(facts: readonly OpFacts[], subgraph: number, method: OpProfile['method'], { runs, invoke_ms, ops }: TimedOps): OpProfile {
  const untimed: TimedOp = { fate: { kind: 'unknown' }, time_ms: 0, interval_ms: null, times_called: 0, accelerated: null, kernel: null };
  const all = facts.map((fact, index): OpTime => ({ ...fact, ...(ops[index] ?? untimed) }));
  return { method, runs, invoke_ms, ...invokeBalance(invoke_ms, all), subgraph, ops: all };
}
