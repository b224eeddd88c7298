import { describe, expect, it } from 'vitest';
import type { SoundListener, SoundSource } from '../../../audio/page/types';
import { waveform } from '../../../audio/testing/sounds';
import { LitescopeError } from '../../../errors';
import type { HeardReply, HearRequest } from '../../stream/shared/sound';
import type { LiveState } from './live-types';
import { SoundStream, type LiveWindow } from './sound-stream';

/** A stream whose worker answers when the test says so. */
function setUp(hasMemory = false) {
  const asked: (HearRequest & { answer: (reply: HeardReply) => void; refuse: (error: unknown) => void })[] = [];
  const configured: number[] = [];
  let listener: SoundListener | null = null;
  let closed = 0;
  const source: SoundSource = { kind: 'microphone', name: 'm', sampleRate: 1000, duration_s: null, start: (given) => { listener = given; }, close: () => { closed++; } };
  const session = {
    configureSound: () => { configured.push(asked.length); return Promise.resolve(); },
    hear: (request: HearRequest) => new Promise<HeardReply>((answer, refuse) => { asked.push({ ...request, answer, refuse }); }),
    close: () => { closed++; },
  };
  const [windows, states]: [LiveWindow[], LiveState[]] = [[], []];
  const stream = new SoundStream(session, source, { onWindow: (window) => { windows.push(window); }, onState: (state) => { states.push(state); } }, { input: 'x', preparation: { ...waveform, hop_s: 0.1 } }, hasMemory);
  return { stream, asked, configured, windows, states, closed: () => closed, say: (...values: number[]) => { listener?.onBlock({ samples: Float32Array.from(values), captured_ms: performance.now() }); }, end: (error: LitescopeError | null) => { listener?.onEnd(error); } };
}

const window = (end_s: number) => ({ end_s, decoded: null, decodeError: null, scores: null, prepare_ms: 1, invoke_ms: 3, decode_ms: 1 });
const settled = () => new Promise((resolve) => { setTimeout(resolve); });

describe('a stream of sound', () => {
  it('sends what arrived while the worker was busy as one block, and loses no sample', async () => {
    const { stream, asked, say, windows } = setUp();
    say(1, 2);
    say(3);
    say(4, 5);
    expect(asked.map(({ samples }) => [...samples])).toEqual([[1, 2]]);
    asked[0]?.answer({ windows: [window(0.001)], dropped: 0 });
    await settled();
    expect(asked.map(({ samples }) => [...samples])).toEqual([[1, 2], [3, 4, 5]]);
    asked[1]?.answer({ windows: [window(0.005)], dropped: 2 });
    await settled();
    expect([stream.counts, stream.elapsed_s]).toEqual([{ heard: 2, dropped: 2 }, 0.005]);
    expect(windows.map(({ at_s }) => at_s)).toEqual([0.001, 0.005]);
    // The window ended a millisecond before the block did.
    expect(windows[0]?.latency_ms).toBeGreaterThanOrEqual(1);
    expect(stream.figures().realTimeFactor.median).toBeCloseTo(0.05);
  });

  it('lets windows wait only for a model that remembers', () => {
    const [plain, remembering] = [setUp(), setUp(true)];
    for (const { say } of [plain, remembering]) say(1);
    expect([plain.asked[0]?.mostWaiting, remembering.asked[0]?.mostWaiting]).toEqual([1, 16]);
  });

  it('begins anew after a pause', async () => {
    const { stream, asked, configured, say, windows } = setUp();
    say(1, 2);
    asked[0]?.answer({ windows: [], dropped: 0 });
    await settled();
    stream.pause();
    say(3);
    stream.resume();
    await settled();
    expect(configured).toEqual([1]);
    say(4);
    expect(asked.map(({ samples }) => [...samples])).toEqual([[1, 2], [4]]);
    asked[1]?.answer({ windows: [window(0.001)], dropped: 0 });
    await settled();
    expect(windows[0]?.at_s).toBeCloseTo(0.003);
  });

  it('ends with a clip, and says when the source or the session is lost', async () => {
    const over = setUp();
    over.end(null);
    expect([over.states, over.closed()]).toEqual([[{ kind: 'closed' }], 2]);
    const lost = setUp();
    lost.end(new LitescopeError('SOURCE_LOST', 'gone'));
    expect(lost.states).toMatchObject([{ kind: 'interrupted', by: 'source', error: { code: 'SOURCE_LOST' } }]);
    const failed = setUp();
    failed.say(1);
    failed.asked[0]?.refuse(new LitescopeError('INVOKE_FAILED'));
    await settled();
    expect(failed.states).toMatchObject([{ kind: 'interrupted', by: 'session', error: { code: 'INVOKE_FAILED' } }]);
  });
});
