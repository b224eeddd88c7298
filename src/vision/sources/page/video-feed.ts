import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { FrameFeed } from './feed';
import type { CapturedFrame, FrameSource } from './types';

/** What of a video element is used here. */
export type PlayedVideo = Pick<HTMLVideoElement, 'videoWidth' | 'videoHeight' | 'play' | 'pause' | 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>;

/**
 * Hears of each frame that a playing video presents, and makes a picture of the one that is shown when it is taken:
 * frames that are dropped cost nothing. The video need not be in the document.
 */
export class VideoFeed implements FrameFeed {
  readonly way = 'video-callback';
  readonly #video: PlayedVideo;
  readonly #picture: (captured_ms: number) => Promise<VideoFrame | ImageBitmap>;
  #handle: number | null = null;
  #stopped = false;
  clock: FrameSource['clock'] = 'arrival';

  /** @param picture makes a picture of the frame that the video shows, which its taker may close */
  constructor(video: PlayedVideo, picture: (captured_ms: number) => Promise<VideoFrame | ImageBitmap>) {
    this.#video = video;
    this.#picture = picture;
  }

  get width(): number {
    return this.#video.videoWidth;
  }

  get height(): number {
    return this.#video.videoHeight;
  }

  start(deliver: (frame: CapturedFrame) => void, fail: (error: LitescopeError) => void): void {
    const onFrame = (_now: number, metadata: VideoFrameCallbackMetadata) => {
      this.#request(onFrame);
      const arrival_ms = performance.now();
      this.clock = metadata.captureTime === undefined ? 'arrival' : 'capture';
      const captured_ms = Math.min(metadata.captureTime ?? arrival_ms, arrival_ms);
      deliver({ captured_ms, take: () => this.#take(captured_ms), drop: () => undefined });
    };
    this.#request(onFrame);
    this.#video.play().catch((error: unknown) => {
      if (!this.#stopped) fail(LitescopeError.from(error, 'SOURCE_LOST'));
    });
  }

  #request(onFrame: VideoFrameRequestCallback): void {
    this.#handle = this.#video.requestVideoFrameCallback(onFrame);
  }

  async #take(captured_ms: number): Promise<VideoFrame | ImageBitmap> {
    if (this.#stopped) throw new LitescopeError('SOURCE_LOST', text.closedBeforeTaken);
    try {
      return await this.#picture(captured_ms);
    } catch (error) {
      throw LitescopeError.from(error, 'SOURCE_LOST');
    }
  }

  stop(): void {
    this.#stopped = true;
    if (this.#handle !== null) this.#video.cancelVideoFrameCallback(this.#handle);
    this.#video.pause();
  }
}
