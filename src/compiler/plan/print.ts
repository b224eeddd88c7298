import { compiler as text } from '../../messages/compiler';
import type { View } from '../kernels/layout';

/** A call as people see it. */
export interface PlannedCall {
  readonly name: string;
  readonly macs: number;
  /** Ops of the subgraph that it does, the one that it is named by first; none for a copy that only the plan needs. */
  readonly operators: readonly number[];
  readonly inputs: readonly View[];
  readonly outputs: readonly View[];
}

const shape = ({ shape: [batches, ...rest] }: View): string => [...(batches === 1 ? [] : [batches]), ...rest].join('×');

/** A line a call: `12 convolution 1×1: 56×56×96 + 56×56×16 → 56×56×16 (ops 31, 34)`. */
export function printPlan(calls: readonly PlannedCall[]): string {
  return calls.map(({ name, operators, inputs, outputs }, index) => {
    const ops = operators.length === 0 ? '' : ` ${text.ops(operators.length > 1, [...operators].sort((one, other) => one - other).join(', '))}`;
    return `${index} ${name}: ${inputs.map(shape).join(' + ')} → ${outputs.map(shape).join(' + ')}${ops}`;
  }).join('\n');
}
