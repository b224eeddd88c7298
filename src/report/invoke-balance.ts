import { sum } from 'd3-array';
import { report as text } from '../messages/report';
import type { OpProfile, OpTime } from './op-profile';

/** Sums of thousands of floats differ by less. */
const rounding = 1e-9;

/** What ops' times leave of an invoke, or by how much they are longer together; both are never there. */
export function invokeBalance(invoke_ms: number, ops: readonly Pick<OpTime, 'time_ms'>[]): Pick<OpProfile, 'other_ms' | 'excess_ms'> {
  const rest_ms = invoke_ms - sum(ops, ({ time_ms }) => time_ms);
  if (Math.abs(rest_ms) <= rounding * invoke_ms) return { other_ms: 0 };
  return rest_ms >= 0 ? { other_ms: rest_ms } : { other_ms: 0, excess_ms: -rest_ms };
}

/** Less of an invoke is no news. */
const worthShare = 0.01;

/** Says that ops are longer together than the invoke that they are parts of; null where they are not, or hardly. */
export function excessText({ invoke_ms, excess_ms = 0 }: OpProfile): string | null {
  if (excess_ms <= worthShare * invoke_ms) return null;
  const share = (100 * excess_ms) / invoke_ms;
  return text.opsExceedInvoke(share.toFixed(share < 10 ? 1 : 0));
}
