import { describe, expect, it } from 'vitest';
import { writeNpy } from '../../../tensor/npy';
import { errorOf, rejectionOf } from '../../../threads/testing/errors';
import type { Call } from '../../../threads/shared/methods';
import { fakeModel } from '../../testing/fake-model';
import type { SessionProgress } from '../../configuration/shared/progress';
import { RuntimeLog, type RuntimeTensor } from '../../runtimes/worker/runtime';
import type { RunReply } from '../shared/protocol';
import { LoadedSession, type SessionFacts } from './loaded-session';

function floats(name: string, shape: readonly number[]): RuntimeTensor & { readonly values: Float32Array } {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  return { name, dtype: 'float32', shape, values, data: () => new Uint8Array(values.buffer) };
}

const call: Call<SessionProgress> = { report: () => undefined, signal: new AbortController().signal, interrupted: () => Promise.resolve(false) };

/** y and the next state are x + state, element by element, with what they compute on wiped by every run. */
function adder(facts: Partial<SessionFacts> = {}): LoadedSession {
  const [x, before] = [floats('x', [1, 2]), floats('state_in', [1, 2])];
  const [y, after] = [floats('y', [1, 2]), floats('state_out', [1, 2])];
  const model = fakeModel([y, after], () => {
    for (const index of [0, 1]) y.values[index] = after.values[index] = (x.values[index] ?? NaN) + (before.values[index] ?? NaN);
    before.values.fill(NaN);
  });
  return new LoadedSession({ ...model, inputs: [x, before] }, new RuntimeLog(), 0, { outputNames: ['y', 'state_out'], profiled: null, feedback: [{ output: 'state_out', input: 'state_in' }], ...facts });
}

const npy = (shape: readonly number[], values: readonly number[]): Blob => new Blob([writeNpy({ dtype: 'float32', shape, data: Float32Array.from(values).buffer })]);
const numbers = (output: { readonly data: ArrayBuffer } | undefined): number[] => [...new Float32Array(output?.data ?? new ArrayBuffer(0))];
const x = (...values: number[]) => ({ kind: 'file', format: 'npy', file: npy([1, 2], values) }) as const;

describe('LoadedSession', () => {
  it('feeds outputs back from run to run, from zeros on, and counts the steps', async () => {
    const session = adder();
    const replies: RunReply[] = [];
    for (const values of [[1, 2], [10, 20], [100, 200]]) replies.push(await session.run({ inputs: { x: x(...values) } }, call));
    expect(replies.map(({ outputs, step }) => [step, ...numbers(outputs[0])])).toEqual([[1, 1, 2], [2, 11, 22], [3, 111, 222]]);
  });

  it('begins anew when asked, with what the state’s input is given', async () => {
    const session = adder();
    await session.run({ inputs: { x: x(1, 2) } }, call);
    const given = { x: x(1, 2), state_in: x(5, 6) };
    expect(numbers((await session.run({ inputs: given }, call)).outputs[0])).toEqual([2, 4]);
    const anew = await session.run({ inputs: given, reset: true }, call);
    expect([anew.step, anew.run, ...numbers(anew.outputs[0])]).toEqual([1, 3, 6, 8]);
  });

  it('goes through a sequence step by step, with what came before it or without', async () => {
    const session = adder();
    const inputs = { x: { kind: 'sequence', file: npy([3, 2], [1, 2, 3, 4, 5, 6]) } } as const;
    const reply = await session.run({ inputs, keepInputs: true }, call);
    expect([reply.step, ...numbers(reply.outputs[0])]).toEqual([3, 9, 12]);
    expect(reply.sequence?.outputs.map((output) => [output.shape, numbers(output)])).toEqual([[[3, 1, 2], [1, 2, 4, 6, 9, 12]], [[3, 1, 2], [1, 2, 4, 6, 9, 12]]]);
    expect(reply.sequence?.invoke_ms).toHaveLength(3);
    expect(reply.inputs?.map((input) => [input.name, input.shape, numbers(input)])).toEqual([['x', [3, 1, 2], [1, 2, 3, 4, 5, 6]], ['state_in', [1, 2], [0, 0]]]);
    expect(numbers((await session.run({ inputs }, call)).sequence?.outputs[0])).toEqual([10, 14, 13, 18, 18, 24]);
    expect(numbers((await session.run({ inputs, reset: true }, call)).sequence?.outputs[0])).toEqual([1, 2, 4, 6, 9, 12]);
  });

  it('hands out inputs as they were, those of the state too', async () => {
    const session = adder();
    await session.run({ inputs: { x: x(1, 2) } }, call);
    const { inputs } = await session.run({ inputs: { x: x(7, 8) }, keepInputs: true }, call);
    expect(inputs?.map(numbers)).toEqual([[7, 8], [1, 2]]);
  });

  it('keeps two sessions of one model apart', async () => {
    const [one, other] = [adder(), adder()];
    await one.run({ inputs: { x: x(1, 2) } }, call);
    expect(numbers((await other.run({ inputs: { x: x(10, 20) } }, call)).outputs[0])).toEqual([10, 20]);
    expect(numbers((await one.run({ inputs: { x: x(1, 2) } }, call)).outputs[0])).toEqual([2, 4]);
  });

  it('stores what is fed back on the input’s own grid', async () => {
    const tensor = (name: string, bytes: Int8Array<ArrayBuffer>, scale: number, zeroPoint: number): RuntimeTensor => (
      { name, dtype: 'int8', shape: [2], quantization: { scale: [scale], zeroPoint: [zeroPoint], dimension: 0 }, data: () => new Uint8Array(bytes.buffer) });
    const [held, made] = [new Int8Array(2), Int8Array.of(10, -128)];
    const model = fakeModel([tensor('state_out', made, 0.5, 0)], () => { made.set([10, -128]); });
    const session = new LoadedSession({ ...model, inputs: [tensor('state_in', held, 0.25, 3)] }, new RuntimeLog(), 0, { outputNames: ['state_out'], profiled: null, feedback: [{ output: 'state_out', input: 'state_in' }] });
    expect([...held]).toEqual([3, 3]);
    await session.invoke();
    await session.invoke();
    // 5 and −64 in steps of a quarter from 3 on; the second one is beyond the end.
    expect([...held]).toEqual([23, -128]);
  });

  it('does not run a model with variables again to see whether its outputs are written', async () => {
    const memory = new Uint8Array(1);
    const patterns: number[] = [];
    const output: RuntimeTensor = { name: 'score', dtype: 'uint8', shape: [1], data: () => memory };
    const model = fakeModel([output], () => { memory.fill(0xa5); patterns.push(model.poisons.at(-1) ?? 0); });
    const session = new LoadedSession(model, new RuntimeLog(), 0, { outputNames: ['score'], profiled: null, keepsVariables: true });
    for (let run = 0; run < 3; run++) await session.invoke();
    expect([model.runs(), patterns]).toEqual([3, [0xa5, 0x5a, 0x5a]]);
    const never = new LoadedSession(fakeModel([output], () => undefined), new RuntimeLog(), 0, { outputNames: ['score'], profiled: null, keepsVariables: true });
    await never.invoke();
    await never.invoke();
    expect((await rejectionOf(never.invoke())).code).toBe('OUTPUT_NOT_WRITTEN');
  });

  it.each([
    [[{ output: 'y', input: 'state' }], 'The model has no input “state”; it has “x”, “state_in”.'],
    [[{ output: 'z', input: 'state_in' }], 'The model has no output “z”; it has “y”, “state_out”.'],
    [[{ output: 'y', input: 'x' }, { output: 'state_out', input: 'x' }], 'Input “x” is to get two outputs.'],
  ])('refuses to feed back %j', (feedback, details) => {
    const error = errorOf(() => adder({ feedback }));
    expect([error.code, error.details]).toEqual(['STATE_MISMATCH', details]);
  });

  it('refuses a state that a run gives another shape', async () => {
    const [before, after] = [floats('state_in', [1, 2]), floats('state_out', [1, 2])];
    let shape = [1, 2];
    const growing: RuntimeTensor = { name: 'state_out', dtype: 'float32', get shape() { return shape; }, data: () => after.data() };
    const model = fakeModel([growing], () => { after.values.fill(1); shape = [1, 3]; });
    const session = new LoadedSession({ ...model, inputs: [before] }, new RuntimeLog(), 0, { outputNames: ['state_out'], profiled: null, feedback: [{ output: 'state_out', input: 'state_in' }] });
    const error = await rejectionOf(session.invoke());
    expect([error.code, error.details]).toEqual(['STATE_MISMATCH', 'Output “state_out” is float32[1, 3], and input “state_in” takes float32[1, 2].']);
  });

  it('refuses sequences of different lengths, and stops one when asked', async () => {
    const sequence = (steps: number) => ({ kind: 'sequence', file: npy([steps, 2], new Array<number>(steps * 2).fill(1)) }) as const;
    const error = await rejectionOf(adder().run({ inputs: { x: sequence(3), state_in: sequence(2) } }, call));
    expect([error.code, error.details]).toEqual(['INVALID_INPUT', '“x” has 3 steps, and “state_in” has 2.']);
    expect((await rejectionOf(adder().run({ inputs: { x: sequence(3) } }, { ...call, interrupted: () => Promise.resolve(true) }))).code).toBe('CANCELLED');
  });
});
