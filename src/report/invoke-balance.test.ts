import { describe, expect, it } from 'vitest';
import { excessText, invokeBalance } from './invoke-balance';
import type { OpProfile } from './op-profile';

const times = (...all: number[]) => all.map((time_ms) => ({ time_ms }));
const profile = (invoke_ms: number, excess_ms?: number): OpProfile => ({ method: 'profiler', runs: 1, invoke_ms, other_ms: 0, ...(excess_ms === undefined ? {} : { excess_ms }), subgraph: 0, ops: [] });

describe('the balance of an invoke', () => {
  it('has what ops leave, or what they are too long together, and never hides it', () => {
    expect(invokeBalance(10, times(4, 5))).toEqual({ other_ms: 1 });
    expect(invokeBalance(10, times(6, 4.5))).toEqual({ other_ms: 0, excess_ms: 0.5 });
    // 0.1 + 0.2 is 0.30000000000000004.
    expect(invokeBalance(0.3, times(0.1, 0.2))).toEqual({ other_ms: 0 });
  });

  it('is told from a hundredth of the invoke on', () => {
    expect(excessText(profile(10))).toBeNull();
    expect(excessText(profile(10, 0.1))).toBeNull();
    expect(excessText(profile(10, 0.42))).toContain('add up to 4.2 % more than the invoke itself');
    expect(excessText(profile(10, 12))).toContain('add up to 120 % more');
  });
});
