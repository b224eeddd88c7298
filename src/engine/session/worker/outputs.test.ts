import { afterEach, describe, expect, it, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import type { RunOutput } from '../shared/protocol';
import { assertShapes, invokeWatched, readOutputs } from './outputs';
import { bytesTensor, fakeModel } from '../../testing/fake-model';
import { rejectionOf } from '../../../threads/testing/errors';

afterEach(() => { vi.restoreAllMocks(); });

describe('invokeWatched', () => {
  it('runs once where outputs are written', async () => {
    const memory = new Uint8Array(4);
    const model = fakeModel([bytesTensor('scores', memory)], () => { memory.set([1, 2, 3, 4]); });
    await invokeWatched(model);
    expect(model.runs()).toBe(1);
    expect([...memory]).toEqual([1, 2, 3, 4]);
  });

  it('notices an output that is never written, and names it', async () => {
    const written = new Uint8Array(2);
    const model = fakeModel([bytesTensor('boxes', written), bytesTensor('scores', new Uint8Array(3))], () => { written.fill(7); });
    const error = await rejectionOf(invokeWatched(model));
    expect([error.code, error.details]).toEqual(['OUTPUT_NOT_WRITTEN', 'Output “scores” still holds what was put there before the run.']);
    expect(new Set(model.poisons).size).toBe(3);
  });

  it('does not take a result for an untouched output because it equals the first pattern', async () => {
    const memory = new Uint8Array(1);
    const model = fakeModel([bytesTensor('class', memory)], () => { memory.fill(model.poisons[0] ?? 0); });
    await invokeWatched(model);
    expect(model.runs()).toBe(2);
    expect([...memory]).toEqual([model.poisons[0]]);
  });

  it('lets two outputs be like two patterns by chance', async () => {
    const [first, second] = [new Uint8Array(1), new Uint8Array(1)];
    const model = fakeModel([bytesTensor('a', first), bytesTensor('b', second)], () => {
      first.fill(0xa5);
      second.fill(0x5a);
    });
    await invokeWatched(model);
    expect(model.runs()).toBe(3);
  });

  it('takes an output for written as soon as one byte of it is', async () => {
    const memory = new Uint8Array(1000);
    const model = fakeModel([bytesTensor('map', memory)], () => { memory[999] = 0; });
    await invokeWatched(model);
    expect(model.runs()).toBe(1);
  });

  it('does not ask constants and passed-through inputs to be written', async () => {
    const constant = bytesTensor('anchors', Uint8Array.of(0xa5, 0xa5));
    const model = fakeModel([constant], () => undefined, [constant]);
    await invokeWatched(model);
    expect(model.runs()).toBe(1);
    expect([...constant.data()]).toEqual([0xa5, 0xa5]);
  });

  it('does not ask an empty output to be written', async () => {
    const model = fakeModel([bytesTensor('none', new Uint8Array(0))], () => undefined);
    await invokeWatched(model);
    expect(model.runs()).toBe(1);
  });

  it('waits for an asynchronous accelerator', async () => {
    const memory = new Uint8Array(2);
    const model = fakeModel([bytesTensor('scores', memory)], async () => {
      await Promise.resolve();
      memory.fill(1);
    });
    await invokeWatched(model);
    expect(model.runs()).toBe(1);
  });

  it('gives the time of the first run, which is the one that a person waits for', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const memory = new Uint8Array(1);
    const model = fakeModel([bytesTensor('class', memory)], (run) => {
      now += run === 0 ? 40 : 5;
      memory.fill(0xa5);
    });
    expect(await invokeWatched(model)).toBe(40);
    expect(model.runs()).toBe(2);
  });

  it.each([
    ['throws', () => { throw new LitescopeError('INVOKE_FAILED', 'no'); }],
    ['rejects', () => Promise.reject(new LitescopeError('INVOKE_FAILED', 'no'))],
  ])('passes on what invoke %s', async (_, run) => {
    expect((await rejectionOf(invokeWatched(fakeModel([bytesTensor('a', new Uint8Array(1))], run)))).code).toBe('INVOKE_FAILED');
  });
});

describe('assertShapes', () => {
  const shaped = (name: string, shape: readonly number[]) => ({ ...bytesTensor(name, new Uint8Array(1)), shape });
  const told = new Map([['boxes', [1, 10, 4]], ['count', []]]);

  it('refuses a scalar where the op gives more, and a shape that is still open', () => {
    expect(() => { assertShapes([shaped('count', []), shaped('boxes', [])], told); }).toThrow(expect.objectContaining({ code: 'OUTPUT_MISSHAPEN', details: 'Output “boxes” has the shape [], and its op gives [1, 10, 4].' }));
    expect(() => { assertShapes([shaped('map', [1, -1])], told); }).toThrow(expect.objectContaining({ code: 'OUTPUT_MISSHAPEN', details: 'Output “map” has the shape [1, -1], which is open.' }));
  });

  it('lets pass what may be, also where nothing is told', () => {
    expect(assertShapes([shaped('boxes', [1, 5, 4]), shaped('count', []), shaped('other', []), shaped('none', [0])], told)).toBeUndefined();
  });
});

describe('readOutputs', () => {
  it('copies out of memory that threads share, with statistics', () => {
    const memory = new Uint8Array(new SharedArrayBuffer(8), 2, 4);
    memory.set([10, 20, 30, 40]);
    const [output] = readOutputs([bytesTensor('scores', memory)]) as [RunOutput];
    memory.fill(0);
    expect(output.data).toBeInstanceOf(ArrayBuffer);
    expect([...new Uint8Array(output.data)]).toEqual([10, 20, 30, 40]);
    expect(output).toMatchObject({ name: 'scores', dtype: 'uint8', shape: [4], statistics: { min: 10, max: 40, mean: 25 } });
  });
});
