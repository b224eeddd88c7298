import { expect, it, vi } from 'vitest';
import { CallClock } from './call-clock';

it('gives the time of each call to the op that it is named by, and says what became of the others', () => {
  let now = 0;
  const clockwork = vi.spyOn(performance, 'now').mockImplementation(() => now);
  const call = (operators: readonly number[], name: string) => ({ name, operators, macs: 0, inputs: [], outputs: [] });
  const takes = (ms: number) => () => { now += ms; };
  const clock = new CallClock([takes(1), takes(2), takes(4), takes(8)], { calls: [call([], 'copy'), call([2, 0, 3], 'convolution 3×3'), call([5], 'split'), call([5], 'split')], elided: [4] }, 7);
  clock.run();
  clock.run();
  clockwork.mockRestore();
  const fused = { fate: { kind: 'fused', into: 2 }, total_ms: 0, times_called: 0, accelerated: true, kernel: null };
  const folded = { fate: { kind: 'folded' }, total_ms: 0, times_called: 0, accelerated: null, kernel: null };
  expect(clock.read()).toEqual([
    fused, folded,
    { fate: { kind: 'timed' }, total_ms: 4, times_called: 1, accelerated: true, kernel: 'convolution 3×3' },
    fused,
    { fate: { kind: 'elided' }, total_ms: 0, times_called: 0, accelerated: true, kernel: null },
    { fate: { kind: 'timed' }, total_ms: 24, times_called: 1, accelerated: true, kernel: 'split' },
    folded,
  ]);
});
