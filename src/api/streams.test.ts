import { describe, expect, it } from 'vitest';
import type { LiveState } from '../engine/live/page/live-types';
import { OpenStreams } from './streams';

function fakeStream() {
  let state: LiveState = { kind: 'running' };
  const said: string[] = [];
  return {
    said,
    enter(next: LiveState) { state = next; },
    endSession() { said.push('ended'); },
    live: {
      get state() { return state; },
      pause() { if (state.kind === 'running') state = { kind: 'paused' }; },
      resume() { if (state.kind === 'paused') state = { kind: 'running' }; },
    },
  };
}

describe('the open streams', () => {
  it('end with the model that they run, and with no other', () => {
    const streams = new OpenStreams(() => true);
    const [a, b] = [fakeStream(), fakeStream()];
    streams.follow(a, 'one');
    streams.follow(b, 'two');
    streams.endSessionsOf('one');
    expect([a.said, b.said]).toEqual([['ended'], []]);
  });

  it('end with the model that they were taken to', () => {
    const streams = new OpenStreams(() => true);
    const stream = fakeStream();
    streams.follow(stream, 'one');
    streams.follow(stream, 'two');
    streams.endSessionsOf('one');
    expect(stream.said).toEqual([]);
    streams.endSessionsOf('two');
    expect(stream.said).toEqual(['ended']);
  });

  it('end at once where the model was closed meanwhile', () => {
    const stream = fakeStream();
    new OpenStreams(() => false).follow(stream, 'one');
    expect(stream.said).toEqual(['ended']);
  });

  it('are forgotten when they are closed', () => {
    const streams = new OpenStreams(() => true);
    const closed = fakeStream();
    streams.follow(closed, 'one');
    closed.enter({ kind: 'closed' });
    streams.follow(fakeStream(), 'two');
    streams.endSessionsOf('one');
    expect(closed.said).toEqual([]);
  });

  it('stand still while they are held, and go on afterwards but for what a person had paused', () => {
    const streams = new OpenStreams(() => true);
    const [running, paused, closing] = [fakeStream(), fakeStream(), fakeStream()];
    paused.enter({ kind: 'paused' });
    for (const [index, stream] of [running, paused, closing].entries()) streams.follow(stream, String(index));
    const goOn = streams.hold();
    expect([running, paused, closing].map(({ live }) => live.state.kind)).toEqual(['paused', 'paused', 'paused']);
    closing.enter({ kind: 'closed' });
    goOn();
    expect([running, paused, closing].map(({ live }) => live.state.kind)).toEqual(['running', 'paused', 'closed']);
  });
});
