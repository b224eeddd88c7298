import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import type { AttemptOptions, Attempted } from '../../session/page/sessions';
import type { Session } from '../../session/page/session';
import { summaryOf } from '../../testing/summary';
import type { CapturedFrame, FrameListener, FrameSource } from '../../../vision/sources/page/types';
import { defaultDrawingStyle } from '../../../vision/drawing/shared/drawing-style';
import type { RuntimeName } from '../../configuration/shared/configuration';
import type { LiveState } from './live-types';
import { Stream, type StreamTarget } from './stream';

/** What becomes of each frame in a runtime: an error, or silence. */
type Frames = () => Promise<never>;

const silence: Frames = () => new Promise(() => undefined);
const failing = (code: 'INVOKE_FAILED' | 'INVALID_INPUT'): Frames => () => Promise.reject(new LitescopeError(code, 'no'));

function session(runtime: RuntimeName, frames: Frames, closed: string[]): Session {
  return {
    loaded: { configuration: { runtime, accelerator: 'wasm', threads: 1, variant: 'simd', version: '0', fullyAccelerated: null } },
    configureStream: () => Promise.resolve(), frame: frames, close: () => { closed.push(runtime); },
  } as unknown as Session;
}

const target: StreamTarget = {
  model: { blob: new Blob([]), summary: summaryOf() }, requested: { runtime: 'auto', accelerator: 'auto', threads: 1 }, options: {},
  settings: { input: 'x', preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } }, drawing: defaultDrawingStyle, preview: false },
};

/** A stream on runtimes in their order, and what a person is told of it. */
async function scene(runtimes: readonly (readonly [RuntimeName, Frames])[], options: StreamTarget['options'] = {}) {
  const tried: string[][] = [];
  const closed: string[] = [];
  const states: string[] = [];
  let listener: FrameListener | null = null;
  const sessions = {
    attempt: <T>(_: unknown, __: unknown, ___: unknown, { tried: before = [] }: AttemptOptions): Promise<Attempted<T>> => {
      tried.push(before.map(({ configuration: { runtime }, error: { code } }) => `${runtime} ${code}`));
      const next = runtimes.find(([runtime]) => !before.some(({ configuration }) => configuration.runtime === runtime));
      if (next === undefined) return Promise.reject(new LitescopeError('NO_RUNTIME'));
      return Promise.resolve({ session: session(...next, closed), value: { timings: { invoke_ms: 3 } } as T, refusals: before });
    },
  };
  const source: FrameSource = {
    kind: 'picture', name: 'cat', way: 'timer', clock: 'arrival', width: 4, height: 4, frameRate: null, facesPerson: false,
    start: (to) => { listener = to; }, close: () => undefined,
  };
  const watcher = { show: () => undefined, onState: (state: LiveState) => { states.push(state.kind === 'interrupted' ? state.error.code : state.kind); } };
  const stream = await Stream.open(sessions as unknown as Parameters<typeof Stream.open>[0], { ...target, options }, source, watcher, null);
  const deliver = async (): Promise<void> => {
    const frame: CapturedFrame = { captured_ms: 0, take: () => Promise.resolve({ close: () => undefined } as VideoFrame), drop: () => undefined };
    listener?.onFrame(frame);
    await vi.advanceTimersByTimeAsync(5000);
  };
  return { stream, tried, closed, states, deliver, refusals: () => stream.refusals.map(({ configuration: { runtime }, error: { code } }) => `${runtime} ${code}`) };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a runtime that gives no frame for five seconds says so, and the next one goes on', async () => {
  const { stream, tried, closed, states, deliver, refusals } = await scene([['litert', silence], ['tfjs-tflite', silence]]);
  await deliver();
  expect([tried, closed, states]).toEqual([[[], ['litert NO_FRAMES']], ['litert', 'litert', 'litert'], ['NO_FRAMES', 'running']]);
  expect([stream.configuration.runtime, refusals()]).toEqual(['tfjs-tflite', ['litert NO_FRAMES']]);
});

test('so it does where a frame fails as another runtime may not, and where none is left it stands still', async () => {
  const { stream, states, deliver, refusals } = await scene([['litert', failing('INVOKE_FAILED')], ['tfjs-tflite', silence]]);
  await deliver();
  expect([states, refusals()]).toEqual([['INVOKE_FAILED', 'running'], ['litert INVOKE_FAILED']]);
  await deliver();
  expect([states, stream.live.state]).toEqual([['INVOKE_FAILED', 'running', 'NO_FRAMES'], expect.objectContaining({ kind: 'interrupted', by: 'session' })]);
});

test('it stays with a failure that is not the runtime’s, and with the only choice that was wanted', async () => {
  const wrong = await scene([['litert', failing('INVALID_INPUT')], ['tfjs-tflite', silence]]);
  await wrong.deliver();
  expect([wrong.tried, wrong.states]).toEqual([[[]], ['INVALID_INPUT']]);
  const only = await scene([['litert', silence], ['tfjs-tflite', silence]], { fallback: false });
  await only.deliver();
  expect([only.tried, only.states]).toEqual([[[]], ['NO_FRAMES']]);
});

test('a model that was closed does not come back in another runtime', async () => {
  const { stream, closed, states, deliver } = await scene([['litert', () => { stream.endSession(); return Promise.reject(new LitescopeError('SESSION_CLOSED')); }], ['tfjs-tflite', silence]]);
  await deliver();
  expect([closed, states]).toEqual([['litert'], ['SESSION_CLOSED']]);
});
