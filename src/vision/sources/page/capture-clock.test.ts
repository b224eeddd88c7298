import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureClock } from './capture-clock';

/** Feeds [timestamp in µs, arrival in ms] and gives the times of capture. */
function captured(frames: readonly (readonly [number, number])[]): number[] {
  const clock = new CaptureClock();
  return frames.map(([timestamp_us, arrival_ms]) => clock.capturedAt(timestamp_us, arrival_ms));
}

describe('CaptureClock', () => {
  it('takes jitter of the delivery out, and leaves the fixed part in', () => {
    // Frames of every 40 ms on a clock 1000 s ahead; the second comes with the least delay, the others 3, 7 and 1 ms later.
    expect(captured([[1_000_000_000, 103], [1_000_040_000, 140], [1_000_080_000, 187], [1_000_120_000, 221]])).toEqual([103, 140, 180, 220]);
  });

  it('starts anew when timestamps jump back', () => {
    expect(captured([[5_000_000, 10], [5_040_000, 60], [0, 100], [40_000, 145], [80_000, 180]])).toEqual([10, 50, 100, 140, 180]);
  });

  it('starts anew after a break of more than a second, in which the clocks may have gone apart', () => {
    expect(captured([[0, 10], [500_000, 1010], [900_000, 2011], [940_000, 2051]])).toEqual([10, 510, 2011, 2051]);
  });

  it('forgets deliveries that lie more than two windows back, so that clocks which run apart do not add up', () => {
    // The device's clock runs 0.1 % slow: a frame of every 100 ms says 99.9 ms; without forgetting the last one would lie 60 ms back.
    const frames = Array.from({ length: 601 }, (_, index): readonly [number, number] => [index * 99_900, index * 100]);
    const lags = captured(frames).map((time, index) => index * 100 - time);
    expect(Math.max(...lags)).toBeLessThanOrEqual(20.001);
    expect(lags.at(-1)).toBeGreaterThan(9.9);
  });

  it('never says a time after the arrival, or before that of the frame before', () => {
    const step = fc.record({ timestamp_us: fc.integer({ min: -2_000_000, max: 5_000_000 }), arrival_ms: fc.double({ min: 0, max: 3000, noNaN: true }) });
    fc.assert(fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 2 ** 50 }), (steps, start_us) => {
      const clock = new CaptureClock();
      let timestamp_us = start_us;
      let arrival_ms = 0;
      let before_ms = 0;
      for (const step of steps) {
        timestamp_us += step.timestamp_us;
        arrival_ms += step.arrival_ms;
        const time_ms = clock.capturedAt(timestamp_us, arrival_ms);
        expect(time_ms).toBeLessThanOrEqual(arrival_ms);
        // Milliseconds of 2^50 µs are a multiple of 2^-13 in float64.
        expect(time_ms).toBeGreaterThanOrEqual(before_ms - 2 ** -10);
        before_ms = time_ms;
      }
    }));
  });
});
