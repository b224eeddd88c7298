import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { CaptureClock } from './capture-clock';
import type { FrameFeed } from './feed';
import type { CapturedFrame, FrameSource } from './types';

/** Where the browser tells the time of capture of a camera's frame (Media Capture Extensions); TypeScript does not know it yet. */
interface FrameWithMetadata {
  metadata?: () => { readonly captureTime?: unknown };
}

/** Milliseconds on the clock of `performance.now()`, or null where the browser does not tell. */
function captureTime(frame: VideoFrame): number | null {
  const time = (frame as unknown as FrameWithMetadata).metadata?.().captureTime;
  return typeof time === 'number' && Number.isFinite(time) ? time : null;
}

interface OwnedFrame extends CapturedFrame {
  /** Closes the frame unless it was taken. */
  drop(): void;
}

function owned(frame: VideoFrame, captured_ms: number): OwnedFrame {
  let taken = false;
  return {
    captured_ms,
    take() {
      taken = true;
      return Promise.resolve(frame);
    },
    drop() {
      if (!taken) frame.close();
    },
  };
}

/**
 * Reads the VideoFrames of a media track. A frame is a handle: its pixels stay where the browser has them, whoever gets it.
 */
export class TrackFeed implements FrameFeed {
  readonly way = 'track-processor';
  readonly #open: () => ReadableStream<VideoFrame>;
  readonly #clock = new CaptureClock();
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  #stopped = false;
  clock: FrameSource['clock'] = 'timestamp';
  width: number;
  height: number;

  /**
   * @param open makes the stream of frames; called at the start, because a stream that nobody reads holds a frame back
   * @param size pixels, until the first frame tells
   */
  constructor(open: () => ReadableStream<VideoFrame>, size: { readonly width: number; readonly height: number }) {
    this.#open = open;
    this.width = size.width;
    this.height = size.height;
  }

  start(deliver: (frame: CapturedFrame) => void, fail: (error: LitescopeError) => void): void {
    void this.#pump(deliver).then((error) => {
      if (!this.#stopped) fail(error);
    });
  }

  /** Delivers until the track ends or the feed is stopped; tells why it ended. */
  async #pump(deliver: (frame: CapturedFrame) => void): Promise<LitescopeError> {
    let unsettled: OwnedFrame | null = null;
    try {
      const reader = this.#open().getReader();
      this.#reader = reader;
      for (;;) {
        const { value: frame, done } = await reader.read();
        if (done) return new LitescopeError('SOURCE_LOST', text.noMoreFrames);
        if (this.#stopped) {
          frame.close();
          return new LitescopeError('CANCELLED');
        }
        unsettled = owned(frame, this.#capturedAt(frame));
        this.width = frame.displayWidth;
        this.height = frame.displayHeight;
        deliver(unsettled);
        unsettled = null;
      }
    } catch (error) {
      // A listener that throws leaves its frame to nobody.
      if (unsettled !== null) {
        unsettled.drop();
        await this.#reader?.cancel().catch(() => undefined);
        return LitescopeError.from(error);
      }
      return LitescopeError.from(error, 'SOURCE_LOST');
    }
  }

  #capturedAt(frame: VideoFrame): number {
    const arrival_ms = performance.now();
    const told_ms = captureTime(frame);
    this.clock = told_ms === null ? 'timestamp' : 'capture';
    return told_ms === null ? this.#clock.capturedAt(frame.timestamp, arrival_ms) : Math.min(told_ms, arrival_ms);
  }

  stop(): void {
    this.#stopped = true;
    // Frames in the stream's queue are closed with it; it rejects only where the stream has failed already.
    this.#reader?.cancel().catch(() => undefined);
  }
}
