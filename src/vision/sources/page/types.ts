import type { LitescopeError } from '../../../errors';

export type SourceKind = 'camera' | 'video' | 'picture' | 'screen';

/**
 * How frames leave the page: `track-processor` reads VideoFrames from a media track, `video-callback` hears of each
 * frame of a playing video and makes a VideoFrame of it, or an ImageBitmap where the browser has none, `timer` repeats
 * a picture.
 */
export type FrameWay = 'track-processor' | 'video-callback' | 'timer';

/** A frame that arrived and waits to be taken. Exactly one of `take` and `drop` is called, once. */
export interface CapturedFrame {
  /** When it was taken, on the clock of `performance.now()`; see `FrameSource.clock`. */
  readonly captured_ms: number;
  /** Hands the picture over. Who takes it closes it, or moves it to a worker that does. */
  take(): Promise<VideoFrame | ImageBitmap>;
  drop(): void;
}

export interface FrameListener {
  onFrame(frame: CapturedFrame): void;
  /** The source ended by itself (camera unplugged, sharing stopped, file over and not looped) and is closed already. */
  onEnd(error: LitescopeError): void;
}

/** Where frames come from. Opened by a function of its kind, started once, closed by its owner. */
export interface FrameSource {
  readonly kind: SourceKind;
  /** The camera's or file's name; of a shared screen, what kind of thing is shared. */
  readonly name: string;
  readonly way: FrameWay;
  /**
   * Where `captured_ms` comes from. `capture`: the browser tells the time of capture. `timestamp`: the device's own
   * timestamps, set on the page's clock by the fastest delivery of the latest seconds, so that the fixed part of the delay is
   * not in it. `arrival`: when the frame reached the page.
   */
  readonly clock: 'capture' | 'timestamp' | 'arrival';
  /** Pixels; those of the latest frame where they change. */
  readonly width: number;
  readonly height: number;
  /** What the source says of itself, frames a second; null when it does not say. */
  readonly frameRate: number | null;
  /** The camera looks at the person, who expects a mirror. */
  readonly facesPerson: boolean;
  /** Frames come from now on. */
  start(listener: FrameListener): void;
  /** Stops the device and frees everything; no frame comes afterwards. Harmless when called again. */
  close(): void;
}
