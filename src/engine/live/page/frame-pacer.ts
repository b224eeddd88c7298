/** Frames a second while nobody sees the page. */
const hidden_fps = 1;

/** How early a frame may come, as a part of the interval between two: sources are never quite regular. */
const tolerance = 0.25;

/** Chooses frames so that they come evenly and not more often than is wanted. */
export class FramePacer {
  readonly #isHidden: () => boolean;
  #cap_fps: number | null;
  #due_ms = -Infinity;
  #interval_ms = 0;

  /** @param cap_fps frames a second; null for all of them */
  constructor(cap_fps: number | null, isHidden: () => boolean) {
    this.#cap_fps = cap_fps;
    this.#isHidden = isHidden;
  }

  cap(fps: number | null): void {
    this.#cap_fps = fps;
  }

  /** @param captured_ms the frame's time, which does not fall from frame to frame */
  wants(captured_ms: number): boolean {
    const fps = this.#isHidden() ? Math.min(hidden_fps, this.#cap_fps ?? Infinity) : this.#cap_fps;
    const interval = fps === null ? 0 : 1000 / fps;
    // Another interval counts from the latest frame on, so that a page that is looked at again goes on at once.
    if (interval !== this.#interval_ms) {
      this.#due_ms += interval - this.#interval_ms;
      this.#interval_ms = interval;
    }
    if (interval === 0) return true;
    if (captured_ms < this.#due_ms - interval * tolerance) return false;
    this.#due_ms = captured_ms - this.#due_ms > interval ? captured_ms + interval : this.#due_ms + interval;
    return true;
  }

  /** The clock of another source begins anew. */
  restart(): void {
    this.#due_ms = -Infinity;
  }
}
