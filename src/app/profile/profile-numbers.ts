import type { OpNumbers } from '../../graph/model/shared/op-numbers';
import { profile as text } from '../../messages/profile';
import type { OpProfile } from '../../report/op-profile';

/** The times as numbers by which a graph is coloured. Ops that are part of another, or do not run, have none. */
export function timesOf({ subgraph, ops }: OpProfile): OpNumbers {
  const times = new Map(ops.filter(({ fate }) => fate.kind === 'timed').map(({ op, time_ms }) => [op, time_ms]));
  return { id: 'profile', title: text.time, unit: 'ms', combine: 'sum', values: new Map([[subgraph, times]]), colours: {} };
}
