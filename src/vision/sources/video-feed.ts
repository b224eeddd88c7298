import { LitescopeError } from '../../errors';
import type { FrameFeed } from './feed';
import type { CapturedFrame, FrameSource } from './types';

/** What of a video element is used here. */
export type PlayedVideo = Pick<HTMLVideoElement, 'videoWidth' | 'videoHeight' | 'play' | 'pause' | 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>;

/**
 * Hears of each frame that a playing video presents, and makes an ImageBitmap of the frame that is shown when one is
 * taken: frames that are dropped cost nothing. The video need not be in the document.
 */
export class VideoFeed implements FrameFeed {
  readonly way = 'video-callback';
  readonly #video: PlayedVideo;
  readonly #picture: () => Promise<ImageBitmap>;
  #handle: number | null = null;
  #stopped = false;
  clock: FrameSource['clock'] = 'arrival';

  /** @param picture makes a bitmap of the frame that the video shows */
  constructor(video: PlayedVideo, picture: () => Promise<ImageBitmap>) {
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
      deliver({
        captured_ms: Math.min(metadata.captureTime ?? arrival_ms, arrival_ms),
        take: () => this.#take(),
        drop: () => undefined,
      });
    };
    this.#request(onFrame);
    this.#video.play().catch((error: unknown) => {
      if (!this.#stopped) fail(LitescopeError.from(error, 'SOURCE_LOST'));
    });
  }

  #request(onFrame: VideoFrameRequestCallback): void {
    this.#handle = this.#video.requestVideoFrameCallback(onFrame);
  }

  async #take(): Promise<ImageBitmap> {
    if (this.#stopped) throw new LitescopeError('SOURCE_LOST', 'The source was closed before its frame was taken.');
    try {
      return await this.#picture();
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
