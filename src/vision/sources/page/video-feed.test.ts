import { describe, expect, it, vi } from 'vitest';
import { FedSource } from './feed';
import { Listener, settle } from '../testing/frames';
import { VideoFeed, type PlayedVideo } from './video-feed';

/** A video whose frames the test presents. */
function madeVideo(play: () => Promise<void> = () => Promise.resolve()) {
  let waiting: VideoFrameRequestCallback | null = null;
  const video: PlayedVideo = {
    videoWidth: 320,
    videoHeight: 240,
    play: vi.fn(play),
    pause: vi.fn(),
    requestVideoFrameCallback: (callback) => { waiting = callback; return 7; },
    cancelVideoFrameCallback: (handle) => { if (handle === 7) waiting = null; },
  };
  const present = (captureTime?: number): boolean => {
    const callback = waiting;
    waiting = null;
    callback?.(0, { ...(captureTime === undefined ? {} : { captureTime }) } as VideoFrameCallbackMetadata);
    return callback !== null;
  };
  const bitmap = { width: 320 } as unknown as ImageBitmap;
  const picture = vi.fn((_captured_ms: number) => Promise.resolve(bitmap));
  const source = new FedSource({ kind: 'video', name: 'Made', facesPerson: false, frameRate: () => null }, new VideoFeed(video, picture), vi.fn());
  return { source, video, present, picture, bitmap };
}

describe('VideoFeed', () => {
  it('makes a picture only of frames that are taken', async () => {
    const { source, present, picture, bitmap, video } = madeVideo();
    const listener = new Listener();
    source.start(listener);
    expect(video.play).toHaveBeenCalledOnce();
    expect([present(), present(), present()]).toEqual([true, true, true]);
    listener.frames[0]?.drop();
    listener.frames[1]?.drop();
    expect(picture).not.toHaveBeenCalled();
    expect(await listener.frames[2]?.take()).toBe(bitmap);
    expect(picture.mock.calls).toEqual([[listener.frames[2]?.captured_ms]]);
    expect([source.way, source.width, source.height]).toEqual(['video-callback', 320, 240]);
    source.close();
  });

  it('has cameras’ times of capture, and else those of the arrival', () => {
    const { source, present } = madeVideo();
    const listener = new Listener();
    source.start(listener);
    const before_ms = performance.now();
    present(before_ms - 12);
    expect([source.clock, listener.frames[0]?.captured_ms]).toEqual(['capture', before_ms - 12]);
    present();
    expect(source.clock).toBe('arrival');
    expect(listener.frames[1]?.captured_ms).toBeGreaterThanOrEqual(before_ms);
    expect(listener.frames[1]?.captured_ms).toBeLessThanOrEqual(performance.now());
    source.close();
  });

  it('presents nothing after it was closed, and a frame that waited for it is refused', async () => {
    const { source, present, picture, video } = madeVideo();
    const listener = new Listener();
    source.start(listener);
    present();
    source.close();
    expect(present()).toBe(false);
    expect(video.pause).toHaveBeenCalledOnce();
    await expect(listener.frames[0]?.take()).rejects.toMatchObject({ code: 'SOURCE_LOST' });
    expect(picture).not.toHaveBeenCalled();
  });

  it('says why a frame could not be read', async () => {
    const { source, present, picture } = madeVideo();
    picture.mockRejectedValueOnce(new DOMException('no current frame', 'InvalidStateError'));
    const listener = new Listener();
    source.start(listener);
    present();
    await expect(listener.frames[0]?.take()).rejects.toMatchObject({ code: 'SOURCE_LOST', details: 'no current frame' });
    source.close();
  });

  it('ends when the video does not play, but not because it was closed first', async () => {
    const refused = madeVideo(() => Promise.reject(new DOMException('not now', 'NotAllowedError')));
    const listener = new Listener();
    refused.source.start(listener);
    await settle();
    expect(listener.ends.map(({ code, details }) => [code, details])).toEqual([['SOURCE_LOST', 'not now']]);
    const closed = madeVideo(() => Promise.reject(new DOMException('paused', 'AbortError')));
    const other = new Listener();
    closed.source.start(other);
    closed.source.close();
    await settle();
    expect(other.ends).toEqual([]);
  });
});
