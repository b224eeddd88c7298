import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FedSource } from './feed';
import { Listener } from '../testing/frames';
import { TimerFeed } from './timer-feed';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

function madePicture(frameRate: number) {
  const made: number[] = [];
  const close = vi.fn();
  const picture = {
    width: 8,
    height: 6,
    frame: (timestamp_us: number) => { made.push(timestamp_us); return Promise.resolve({ timestamp: timestamp_us } as VideoFrame); },
    close,
  };
  const source = new FedSource({ kind: 'picture', name: 'Made', facesPerson: false, frameRate: () => frameRate }, new TimerFeed(picture, frameRate), vi.fn());
  return { source, made, close };
}

describe('TimerFeed', () => {
  it.each([30, 24, 15, 5, 0.5])('keeps %f frames a second without drifting', (frameRate) => {
    const { source } = madePicture(frameRate);
    const listener = new Listener();
    source.start(listener);
    vi.advanceTimersByTime(60_000 - 1);
    expect(listener.frames).toHaveLength(60 * frameRate);
    source.close();
  });

  it('starts at once, and says when each frame came', () => {
    const { source } = madePicture(20);
    const listener = new Listener();
    const start_ms = performance.now();
    source.start(listener);
    vi.advanceTimersByTime(149);
    expect(listener.frames.map(({ captured_ms }) => captured_ms - start_ms)).toEqual([0, 50, 100]);
    expect([source.way, source.clock, source.width, source.height]).toEqual(['timer', 'arrival', 8, 6]);
    source.close();
  });

  it('leaves out what a sleeping page has missed, and goes on in step', async () => {
    const { source, made } = madePicture(10);
    const listener = new Listener();
    const start_ms = performance.now();
    source.start(listener);
    vi.advanceTimersByTime(0);
    // The page's clock went on for 1234 ms while no timer was heard.
    const clock = performance.now.bind(performance);
    const slept = vi.spyOn(performance, 'now').mockImplementation(() => clock() + 1234);
    vi.advanceTimersByTime(100 + 66 + 100);
    expect(listener.frames.map(({ captured_ms }) => captured_ms - start_ms)).toEqual([0, 1334, 1400, 1500]);
    await listener.frames[1]?.take();
    expect(made).toEqual([1_300_000]);
    source.close();
    slept.mockRestore();
  });

  it('makes a frame when it is taken, with the time of its tick', async () => {
    const { source, made } = madePicture(25);
    const listener = new Listener();
    source.start(listener);
    vi.advanceTimersByTime(80);
    listener.frames[0]?.drop();
    listener.frames[1]?.drop();
    await listener.frames[2]?.take();
    expect(made).toEqual([80_000]);
    source.close();
  });

  it('stops for good, frees the picture, and refuses a frame that waited', async () => {
    const { source, made, close } = madePicture(25);
    const listener = new Listener();
    source.start(listener);
    vi.advanceTimersByTime(0);
    source.close();
    source.close();
    vi.advanceTimersByTime(1000);
    expect([listener.frames.length, listener.ends.length, close.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0, 1, 0]);
    await expect(listener.frames[0]?.take()).rejects.toMatchObject({ code: 'SOURCE_LOST' });
    expect(made).toEqual([]);
  });
});
