import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { shareSource } from './shared-source';
import type { CapturedFrame, FrameListener, FrameSource } from './types';

/** Counts what is open, as a camera's pool of frames does. */
class Frames {
  open = 0;
  dropped = 0;

  make(name: string): CapturedFrame {
    const picture = (): VideoFrame => {
      this.open++;
      let closed = false;
      return { name, clone: () => picture(), close: () => { if (!closed) this.open--; closed = true; } } as unknown as VideoFrame;
    };
    return { captured_ms: 1, take: () => Promise.resolve(picture()), drop: () => { this.dropped++; } };
  }
}

function fakeSource() {
  const state = { listener: null as FrameListener | null, starts: 0, closes: 0 };
  const source = {
    kind: 'camera', name: 'fake', way: 'timer', clock: 'arrival', width: 4, height: 2, frameRate: 30, facesPerson: true,
    start(listener: FrameListener) { state.listener = listener; state.starts++; },
    close() { state.closes++; },
  } as const satisfies FrameSource;
  return { source, state };
}

/** Keeps what it gets. */
function taker() {
  const frames: CapturedFrame[] = [];
  const ends: string[] = [];
  return { frames, ends, onFrame: (frame: CapturedFrame) => { frames.push(frame); }, onEnd: (error: LitescopeError) => { ends.push(error.code); } };
}

function pair() {
  const { source, state } = fakeSource();
  const [first, second] = shareSource(source, 2);
  if (first === undefined || second === undefined) throw new Error('Two parts were asked for.');
  const [one, other] = [taker(), taker()];
  return { state, first, second, one, other, frames: new Frames() };
}

const nameOf = (picture: VideoFrame | ImageBitmap | undefined): string => (picture as unknown as { name: string }).name;

describe('shareSource', () => {
  it('starts once, and hands frames on when everybody is there', () => {
    const { state, first, second, one, other, frames } = pair();
    first.start(one);
    state.listener?.onFrame(frames.make('too early'));
    second.start(other);
    state.listener?.onFrame(frames.make('first'));
    expect([state.starts, one.frames.length, other.frames.length, frames.dropped]).toEqual([1, 1, 1, 1]);
    expect(second).toMatchObject({ kind: 'camera', name: 'fake', width: 4, facesPerson: true });
  });

  it('gives all the same frames: the fastest waits for the slowest', async () => {
    const { state, first, second, one, other, frames } = pair();
    first.start(one);
    second.start(other);
    state.listener?.onFrame(frames.make('a'));
    const taken = await one.frames[0]?.take();
    state.listener?.onFrame(frames.make('b'));
    expect([one.frames.length, other.frames.length, frames.dropped]).toEqual([1, 1, 1]);
    const same = await other.frames[0]?.take();
    expect([nameOf(taken), nameOf(same)]).toEqual(['a', 'a']);
    expect(taken).not.toBe(same);
    state.listener?.onFrame(frames.make('c'));
    expect([one.frames.length, other.frames.length]).toEqual([2, 2]);
    taken?.close();
    same?.close();
    expect(frames.open).toBe(0);
  });

  it('leaves no frame open, whoever takes and whoever drops', async () => {
    for (const decisions of [['take', 'take'], ['take', 'drop'], ['drop', 'take'], ['drop', 'drop']] as const) {
      const { state, first, second, one, other, frames } = pair();
      first.start(one);
      second.start(other);
      state.listener?.onFrame(frames.make('a'));
      for (const [index, { frames: [frame] }] of [one, other].entries()) {
        if (decisions[index] === 'take') (await frame?.take())?.close();
        else frame?.drop();
      }
      await Promise.resolve();
      await new Promise((resolve) => { setTimeout(resolve); });
      expect([frames.open, frames.dropped], decisions.join()).toEqual([0, decisions.includes('take' as never) ? 0 : 1]);
    }
  });

  it('goes on with one when the other is closed, and closes with the last', async () => {
    const { state, first, second, one, other, frames } = pair();
    first.start(one);
    second.start(other);
    first.close();
    first.close();
    state.listener?.onFrame(frames.make('a'));
    expect([one.frames.length, other.frames.length, state.closes]).toEqual([0, 1, 0]);
    (await other.frames[0]?.take())?.close();
    expect(frames.open).toBe(0);
    second.close();
    expect(state.closes).toBe(1);
  });

  it('tells all when the source ends', () => {
    const { state, first, second, one, other } = pair();
    first.start(one);
    second.start(other);
    state.listener?.onEnd(new LitescopeError('SOURCE_LOST'));
    expect([one.ends, other.ends]).toEqual([['SOURCE_LOST'], ['SOURCE_LOST']]);
  });
});
