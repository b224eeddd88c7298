import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunOptions, RunResult } from '../../api';
import { deferred } from '../../threads/testing/deferred';
import { LitescopeError } from '../../errors';
import { TensorViewer } from '../../inspect/values/page/tensor-viewer';
import { RunState } from '../result/run-state.svelte';
import { setupKey } from '../setup/setup-key';
import { fakeLitescope, setupOf } from '../testing/fakes';
import { Answer } from './answer.svelte';
import { TensorLook } from './tensor-look.svelte';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const result = { outputs: [], tensors: [{ shape: [1, 4] }], configuration: { runtime: 'tfjs-kernels' }, timings: { invoke_ms: 2 } } as unknown as RunResult;

describe('a question', () => {
  test('keeps its answer while the next one is on its way, and takes only the latest', async () => {
    const answer = new Answer<string>();
    const [slow, quick] = [deferred<string>(), deferred<string>()];
    await answer.ask(() => Promise.resolve('first'));
    const [one, two] = [answer.ask(() => slow.promise), answer.ask(() => quick.promise)];
    expect([answer.value, answer.pending]).toEqual(['first', true]);
    quick.resolve('latest');
    await two;
    slow.resolve('late');
    await one;
    expect([answer.value, answer.pending, answer.error]).toEqual(['latest', false, null]);
  });

  test('that fails has an error and no answer; one that was cancelled has neither', async () => {
    const answer = new Answer<string>();
    await answer.ask(() => Promise.reject(new LitescopeError('INVALID_INPUT', 'no')));
    expect([answer.value, answer.error?.code]).toEqual([null, 'INVALID_INPUT']);
    await answer.ask(() => Promise.reject(new LitescopeError('CANCELLED')));
    expect([answer.error, answer.pending]).toEqual([null, false]);
  });
});

test('A run keeps what it was made from, which may be changed afterwards', async () => {
  const setup = setupOf();
  const state = new RunState();
  setup.decoding.choose('none');
  const asked: unknown[][] = [];
  const litescope = fakeLitescope({ run: (...args) => { asked.push(args); return Promise.resolve(result); } });
  await state.run(litescope, setup, auto, { watchdog_ms: 9 });
  expect(asked).toEqual([[setup.model.id, auto, setup.inputs.sources, { watchdog_ms: 9, signature: undefined, shapes: undefined, decoder: undefined, labels: undefined, feedback: [], reset: undefined, keepInputs: true }]]);
  expect(state.finished).toEqual({ result, requested: auto, picture: setup.pictures.latest, heard: null, given: 'cat.jpg', sources: setup.inputs.sources, options: { signature: undefined, feedback: [] }, setup: setupKey(setup) });
  setup.inputs.list[0]?.choose('zeros');
  expect(state.finished?.setup).not.toBe(setupKey(setup));
  setup.inputs.list[0]?.choose('file');
  await expect(state.run(litescope, setup, auto, {})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(state.finished?.result).toBe(result);
});

describe('a tensor that is looked at in a run', () => {
  let closed: string[];
  const place = { subgraph: 0, tensor: 7 };

  beforeEach(() => {
    closed = [];
    let opened = 0;
    vi.spyOn(TensorViewer, 'open').mockImplementation(() => {
      opened += 1;
      const name = `viewer ${opened}`;
      return Promise.resolve({ close: () => { closed.push(name); } } as unknown as TensorViewer);
    });
  });
  afterEach(() => { vi.restoreAllMocks(); });

  test('is computed where every tensor can be seen, for the inputs that were set up then', async () => {
    const setup = setupOf();
    const look = new TensorLook();
    let options: RunOptions = {};
    const litescope = fakeLitescope({ run: (_, configuration, __, given = {}) => { expect(configuration).toEqual({ runtime: 'tfjs-kernels' }); options = given; return Promise.resolve(result); } });
    await look.look(litescope, setup, place, {});
    expect(options).toMatchObject({ tensors: [7], fallback: false });
    const key = setupKey(setup);
    expect(look.at(place, key)).toMatchObject({ tensor: 7, invoke_ms: 2, shape: [1, 4] });
    expect([look.at({ subgraph: 0, tensor: 8 }, key), look.at(place, 'other inputs')]).toEqual([null, null]);
  });

  test('gives way to the next one, and is closed with the model even while on its way', async () => {
    const setup = setupOf();
    const look = new TensorLook();
    const slow = deferred<RunResult>();
    await look.look(fakeLitescope({ run: () => Promise.resolve(result) }), setup, place, {});
    const looking = look.look(fakeLitescope({ run: () => slow.promise }), setup, { subgraph: 0, tensor: 8 }, {});
    expect([closed, look.setup]).toEqual([['viewer 1'], null]);
    look.close();
    slow.resolve(result);
    await looking;
    expect([closed, look.setup]).toEqual([['viewer 1', 'viewer 2'], null]);
  });

  test('is not tried again unasked with inputs that failed', async () => {
    const setup = setupOf();
    const look = new TensorLook();
    await expect(look.look(fakeLitescope({ run: () => Promise.reject(new LitescopeError('UNSUPPORTED_OP', 'no')) }), setup, place, {})).rejects.toMatchObject({ code: 'UNSUPPORTED_OP' });
    expect([look.refused, look.setup]).toEqual([setupKey(setup), null]);
    await look.look(fakeLitescope({ run: () => Promise.resolve(result) }), setup, place, {});
    expect(look.refused).toBeNull();
  });
});
