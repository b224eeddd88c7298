import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytesTensor, fakeModel } from '../../../engine/testing/fake-model';
import { measureInputGap } from './input-gap';

beforeEach(() => { vi.useFakeTimers({ toFake: ['performance'] }); });
afterEach(() => { vi.useRealTimers(); });

/** Takes 40 ms where any value is set, as a model with denormal floats beside its weights, and 10 ms on zeros. */
function slowOnValues(memory: Uint8Array) {
  const seen: number[][] = [];
  const model = fakeModel([], () => {
    seen.push([...memory]);
    vi.advanceTimersByTime(memory.some((value) => value !== 0) ? 40 : 10);
  });
  return { seen, model: { ...model, inputs: [bytesTensor('x', memory)] } };
}

describe('measureInputGap', () => {
  it('times zeros and the input in turn for a second and leaves the input as it was', async () => {
    const memory = Uint8Array.of(3, 0, 7);
    const { seen, model } = slowOnValues(memory);
    const { given_ms, zeros_ms } = await measureInputGap(model, () => Promise.resolve(false));
    // 50 ms a round: a second is 20 of them.
    expect(zeros_ms).toEqual(new Array(20).fill(10));
    expect(given_ms).toEqual(new Array(20).fill(40));
    expect(seen.slice(0, 4)).toEqual([[0, 0, 0], [3, 0, 7], [0, 0, 0], [3, 0, 7]]);
    expect([...memory]).toEqual([3, 0, 7]);
  });

  it('waits for a model that runs asynchronously and does enough rounds of a slow one for an interval', async () => {
    const model = { ...fakeModel([], async () => { await Promise.resolve(); vi.advanceTimersByTime(900); }), inputs: [bytesTensor('x', Uint8Array.of(1))] };
    const { given_ms, zeros_ms } = await measureInputGap(model, () => Promise.resolve(false));
    expect([given_ms, zeros_ms]).toEqual([new Array(8).fill(900), new Array(8).fill(900)]);
  });

  it('stops when it is told to, with the input back in its place', async () => {
    const memory = Uint8Array.of(5);
    const { model } = slowOnValues(memory);
    const answers = [false, false, true];
    const { given_ms } = await measureInputGap(model, () => Promise.resolve(answers.shift() ?? true));
    expect([given_ms.length, memory[0]]).toEqual([3, 5]);
  });
});
