import { describe, expect, it } from 'vitest';
import { profileOf } from './op-facts';
import type { OpFacts } from '../shared/slicer-protocol';

const facts: readonly OpFacts[] = ['CONV_2D', 'ADD', 'SOFTMAX'].map((kind, op) => ({ op, kind, name: '', macs: null, bytes: null }));
const timed = (time_ms: number) => ({ fate: { kind: 'timed' as const }, time_ms, interval_ms: null, times_called: 1, accelerated: null, kernel: null });

describe('profileOf', () => {
  it('names the time that belongs to no op', () => {
    const { other_ms } = profileOf(facts, 0, 'profiler', { runs: 5, invoke_ms: 10, ops: [timed(4), timed(3), timed(1)] });
    expect(other_ms).toBe(2);
  });

  it('has no time for anything else where ops took all of the run', () => {
    expect(profileOf(facts, 0, 'profiler', { runs: 5, invoke_ms: 8, ops: [timed(4), timed(3), timed(1)] }).other_ms).toBe(0);
  });

  it('counts an op without a reading as unknown and leaves its time to the rest', () => {
    const { ops, other_ms } = profileOf(facts, 0, 'profiler', { runs: 5, invoke_ms: 10, ops: [timed(4), timed(3)] });
    expect(ops.map(({ kind, fate }) => [kind, fate.kind])).toEqual([['CONV_2D', 'timed'], ['ADD', 'timed'], ['SOFTMAX', 'unknown']]);
    expect(other_ms).toBe(3);
  });
});
