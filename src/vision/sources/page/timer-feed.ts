import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { FrameFeed } from './feed';
import type { CapturedFrame } from './types';

/** The picture that is repeated: one that is kept, and a way to a frame of it that its taker may close. */
export interface RepeatedPicture {
  readonly width: number;
  readonly height: number;
  /** @param timestamp_us microseconds since the first frame */
  frame(timestamp_us: number): Promise<VideoFrame | ImageBitmap>;
  close(): void;
}

/** Repeats a picture at a steady rate. Each frame is made when it is taken, and counts as taken by a camera at its tick. */
export class TimerFeed implements FrameFeed {
  readonly way = 'timer';
  readonly clock = 'arrival';
  readonly #picture: RepeatedPicture;
  readonly #interval_ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** @param frameRate frames a second */
  constructor(picture: RepeatedPicture, frameRate: number) {
    this.#picture = picture;
    this.#interval_ms = 1000 / frameRate;
  }

  get width(): number {
    return this.#picture.width;
  }

  get height(): number {
    return this.#picture.height;
  }

  start(deliver: (frame: CapturedFrame) => void): void {
    const start_ms = performance.now();
    const schedule = (tick: number) => {
      const due_ms = start_ms + tick * this.#interval_ms;
      this.#timer = setTimeout(() => {
        const now_ms = performance.now();
        // Ticks that a busy or sleeping page has missed are left out, as a camera's frames would be, and not made up for.
        const current = Math.max(tick, Math.floor((now_ms - start_ms) / this.#interval_ms));
        schedule(current + 1);
        deliver({ captured_ms: now_ms, take: () => this.#take(current), drop: () => undefined });
      }, Math.max(0, due_ms - performance.now()));
    };
    schedule(0);
  }

  async #take(tick: number): Promise<VideoFrame | ImageBitmap> {
    if (this.#stopped) throw new LitescopeError('SOURCE_LOST', text.closedBeforeTaken);
    return this.#picture.frame(Math.round(tick * this.#interval_ms * 1000));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#picture.close();
  }
}
