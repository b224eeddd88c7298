/** How long a fastest delivery counts, in milliseconds: two clocks that run apart by 50 ppm differ by half a millisecond after it. */
const window_ms = 10_000;

/** A break after which the clocks may stand differently: the device slept, or a video was held up. */
const break_ms = 1000;

/**
 * Sets a device's own timestamps on the page's clock. The two differ by an unknown constant and the time of delivery;
 * the smallest difference of the latest 10 to 20 s stands for the constant, so that the fixed part of the delay is not
 * in the result and its jitter is. What comes out never lies after the arrival and never goes back.
 */
export class CaptureClock {
  /** Smallest arrival − timestamp of the window that runs, and of the one before; milliseconds. */
  #smallest = Infinity;
  #smallestBefore = Infinity;
  #windowStart_ms = -Infinity;
  #timestamp_ms = -Infinity;
  #arrival_ms = -Infinity;

  /**
   * @param timestamp_us the frame's own timestamp in microseconds, on any clock
   * @param arrival_ms when the frame reached the page, on the clock of `performance.now()`
   * @returns when the frame was taken, milliseconds on the clock of `performance.now()`
   */
  capturedAt(timestamp_us: number, arrival_ms: number): number {
    const timestamp_ms = timestamp_us / 1000;
    if (timestamp_ms < this.#timestamp_ms || arrival_ms - this.#arrival_ms > break_ms) {
      this.#smallest = Infinity;
      this.#smallestBefore = Infinity;
      this.#windowStart_ms = arrival_ms;
    } else if (arrival_ms - this.#windowStart_ms >= window_ms) {
      this.#smallestBefore = this.#smallest;
      this.#smallest = Infinity;
      this.#windowStart_ms = arrival_ms;
    }
    this.#timestamp_ms = timestamp_ms;
    this.#arrival_ms = arrival_ms;
    this.#smallest = Math.min(this.#smallest, arrival_ms - timestamp_ms);
    // Adding to a large timestamp what was subtracted from it rounds; the frame did not come before it was taken.
    return Math.min(arrival_ms, timestamp_ms + Math.min(this.#smallest, this.#smallestBefore));
  }
}
