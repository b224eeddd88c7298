import { describe, expect, it, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import { FedSource } from './feed';
import { Listener, madeFrame, settle } from '../testing/frames';
import { TrackFeed } from './track-feed';

/** A track's stream under the test's hand. */
function madeTrack() {
  let controller: ReadableStreamDefaultController<VideoFrame> | undefined;
  const cancel = vi.fn();
  const open = vi.fn(() => new ReadableStream<VideoFrame>({ start(given) { controller = given; }, cancel }, { highWaterMark: 1 }));
  const given = (): ReadableStreamDefaultController<VideoFrame> => {
    if (controller === undefined) throw new Error('the stream was not opened');
    return controller;
  };
  const release = vi.fn();
  const feed = new TrackFeed(open, { width: 640, height: 480 });
  const source = new FedSource({ kind: 'camera', name: 'Made', facesPerson: true, frameRate: () => 30 }, feed, release);
  return { source, open, cancel, release, given };
}

describe('TrackFeed', () => {
  it('opens the stream at the start and not before', async () => {
    const { source, open } = madeTrack();
    expect(open).not.toHaveBeenCalled();
    expect([source.way, source.clock, source.width, source.height, source.frameRate, source.facesPerson]).toEqual(['track-processor', 'timestamp', 640, 480, 30, true]);
    source.start(new Listener());
    expect(open).toHaveBeenCalledOnce();
    source.close();
    await settle();
  });

  it('hands frames over without closing them, closes those that are dropped, and follows their size', async () => {
    const { source, given } = madeTrack();
    const listener = new Listener();
    source.start(listener);
    const frames = [madeFrame(0), madeFrame(33_000, { width: 1280, height: 720 })];
    for (const { frame } of frames) given().enqueue(frame);
    await settle();
    expect(listener.frames).toHaveLength(2);
    expect([source.width, source.height]).toEqual([1280, 720]);
    expect(await listener.frames[0]?.take()).toBe(frames[0]?.frame);
    listener.frames[0]?.drop();
    listener.frames[1]?.drop();
    expect(frames.map((made) => made.closes())).toEqual([0, 1]);
    source.close();
  });

  it('takes the browser’s time of capture where it tells, but never one after the arrival', async () => {
    const { source, given } = madeTrack();
    const listener = new Listener();
    source.start(listener);
    const before_ms = performance.now();
    given().enqueue(madeFrame(0, undefined, before_ms - 25).frame);
    given().enqueue(madeFrame(1, undefined, before_ms + 1e9).frame);
    await settle();
    const [first, second] = listener.frames;
    expect([source.clock, first?.captured_ms]).toEqual(['capture', before_ms - 25]);
    expect(second?.captured_ms).toBeGreaterThanOrEqual(before_ms);
    expect(second?.captured_ms).toBeLessThanOrEqual(performance.now());
    source.close();
  });

  it('ends with SOURCE_LOST when the track does, and frees the device once', async () => {
    const { source, given, release } = madeTrack();
    const listener = new Listener();
    source.start(listener);
    given().close();
    await settle();
    expect(listener.ends.map(({ code }) => code)).toEqual(['SOURCE_LOST']);
    source.close();
    expect(release).toHaveBeenCalledOnce();
  });

  it('ends with SOURCE_LOST and the reason when the stream fails', async () => {
    const { source, given } = madeTrack();
    const listener = new Listener();
    source.start(listener);
    given().error(new Error('the device vanished'));
    await settle();
    expect(listener.ends.map(({ code, details }) => [code, details])).toEqual([['SOURCE_LOST', 'the device vanished']]);
  });

  it('ends when the stream cannot be opened at all', async () => {
    const listener = new Listener();
    const source = new FedSource({ kind: 'camera', name: '', facesPerson: false, frameRate: () => null }, new TrackFeed(() => { throw new TypeError('no'); }, { width: 1, height: 1 }), vi.fn());
    source.start(listener);
    await settle();
    expect(listener.ends.map(({ code, details }) => [code, details])).toEqual([['SOURCE_LOST', 'no']]);
  });

  it('closes the frame that comes out of a read which close() has overtaken', async () => {
    const { source, given, cancel } = madeTrack();
    const listener = new Listener();
    source.start(listener);
    const made = madeFrame(0);
    // The waiting read has its frame, but its answer has not been heard yet.
    given().enqueue(made.frame);
    source.close();
    await settle();
    expect([made.closes(), listener.frames.length, listener.ends.length]).toEqual([1, 0, 0]);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('leaves no frame open when a listener throws, says what happened, and stops', async () => {
    const { source, given, cancel } = madeTrack();
    const ends: string[] = [];
    source.start({ onFrame: () => { throw new Error('the listener is broken'); }, onEnd: (error) => { ends.push(`${error.code} ${error.details}`); } });
    const made = madeFrame(0);
    given().enqueue(made.frame);
    await settle();
    expect([made.closes(), ends, cancel.mock.calls.length]).toEqual([1, ['INTERNAL the listener is broken'], 1]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('leaves no frame open when it is closed after %i frames', async (count) => {
    const { source, given } = madeTrack();
    const taken: Promise<VideoFrame | ImageBitmap>[] = [];
    let delivered = 0;
    const ends: unknown[] = [];
    source.start({
      onFrame: (frame) => {
        delivered += 1;
        if (delivered % 2 === 0) frame.drop();
        else taken.push(frame.take());
      },
      onEnd: (error) => { ends.push(error); },
    });
    const frames = Array.from({ length: count }, (_, index) => madeFrame(index * 33_000));
    for (const [index, { frame }] of frames.entries()) {
      given().enqueue(frame);
      // Every third frame comes while the one before is still on its way.
      if (index % 3 !== 2) await settle();
    }
    source.close();
    await settle();
    for (const picture of await Promise.all(taken)) picture.close();
    expect([frames.map((made) => made.closes()), ends]).toEqual([frames.map(() => 1), []]);
  });
});

describe('FedSource', () => {
  it('is started once, and not after it was closed', () => {
    const { source } = madeTrack();
    source.start(new Listener());
    expect(() => { source.start(new Listener()); }).toThrow('A source is started once');
    source.close();
    const other = madeTrack();
    other.source.close();
    expect(() => { other.source.start(new Listener()); }).toThrow('A source is started once');
    expect(other.release).toHaveBeenCalledOnce();
  });

  it('tells a listener that comes late why it ended, and never opens the stream', async () => {
    const { source, open, release } = madeTrack();
    source.lose(new LitescopeError('SOURCE_LOST', 'unplugged'));
    expect(release).toHaveBeenCalledOnce();
    const listener = new Listener();
    source.start(listener);
    expect(listener.ends).toEqual([]);
    await settle();
    expect(listener.ends.map(({ details }) => details)).toEqual(['unplugged']);
    expect(open).not.toHaveBeenCalled();
  });

  it('says nothing to anybody once its owner has closed it', async () => {
    const { source } = madeTrack();
    const listener = new Listener();
    source.start(listener);
    source.close();
    source.lose(new LitescopeError('SOURCE_LOST'));
    await settle();
    expect(listener.ends).toEqual([]);
  });
});
