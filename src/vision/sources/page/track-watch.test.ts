import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LitescopeError } from '../../../errors';
import { watchTrack, type WatchedTrack } from './track-watch';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function watched(live: boolean, { muted = false, hidden = false, readyState = 'live' } = {}) {
  const track = Object.assign(new EventTarget(), { muted, readyState });
  const page = { hidden };
  const lost: LitescopeError[] = [];
  const stop = watchTrack(track as WatchedTrack, live, () => page.hidden, (error) => { lost.push(error); });
  const say = (event: string) => track.dispatchEvent(new Event(event));
  return { say, page, lost, stop };
}

describe('watchTrack', () => {
  it('says once that a track has ended', () => {
    const { say, lost } = watched(true);
    say('ended');
    say('ended');
    expect(lost.map(({ code, details }) => [code, details])).toEqual([['SOURCE_LOST', 'The camera was disconnected or taken away.']]);
  });

  it('says that sharing was stopped', () => {
    const { say, lost } = watched(false);
    say('ended');
    expect(lost.map(({ details }) => details)).toEqual(['Sharing was stopped.']);
  });

  it('says that a track had ended before it was watched, but not to one who stops at once', async () => {
    const ended = watched(true, { readyState: 'ended' });
    expect(ended.lost).toEqual([]);
    await Promise.resolve();
    expect(ended.lost).toHaveLength(1);
    const left = watched(true, { readyState: 'ended' });
    left.stop();
    await Promise.resolve();
    expect(left.lost).toEqual([]);
  });

  it('gives a muted camera five seconds', () => {
    const { say, lost } = watched(true);
    say('mute');
    vi.advanceTimersByTime(4999);
    expect(lost).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(lost.map(({ code, details }) => [code, details])).toEqual([['SOURCE_LOST', 'The camera has sent no picture for 5 s.']]);
  });

  it('watches a camera that is muted from the start', () => {
    const { lost } = watched(true, { muted: true });
    vi.advanceTimersByTime(5000);
    expect(lost).toHaveLength(1);
  });

  it('goes on with a camera that comes back in time', () => {
    const { say, lost } = watched(true);
    say('mute');
    vi.advanceTimersByTime(4000);
    say('unmute');
    vi.advanceTimersByTime(60_000);
    expect(lost).toEqual([]);
  });

  it('waits with a page that nobody sees', () => {
    const { say, page, lost } = watched(true, { hidden: true });
    say('mute');
    vi.advanceTimersByTime(600_000);
    expect(lost).toEqual([]);
    page.hidden = false;
    vi.advanceTimersByTime(5000);
    expect(lost).toHaveLength(1);
  });

  it('leaves a shared window that is put away alone', () => {
    const { say, lost } = watched(false, { muted: true });
    say('mute');
    vi.advanceTimersByTime(600_000);
    expect(lost).toEqual([]);
  });

  it('hears nothing after it was stopped', () => {
    const { say, lost, stop } = watched(true);
    say('mute');
    stop();
    say('ended');
    vi.advanceTimersByTime(600_000);
    expect([lost, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
