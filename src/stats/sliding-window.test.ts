import { describe, expect, test } from 'vitest';
import { DriftWatch } from './drift';
import { SlidingWindow } from './sliding-window';

describe('a sliding window', () => {
  test('keeps what is not older than its span', () => {
    const window = new SlidingWindow(1000);
    for (const [at, value] of [[0, 1], [500, 2], [1000, 3], [1400, 13]] as const) window.add(at, value);
    expect(window.values(1400)).toEqual([2, 3, 13]);
    expect(window.summary(1400)).toEqual({ count: 3, median: 3, p95: 12, latest: 13 });
    expect(window.values(1501)).toEqual([3, 13]);
    expect(window.summary(9000)).toEqual({ count: 0, median: null, p95: null, latest: null });
  });

  test('tells how many samples come in a second', () => {
    const window = new SlidingWindow(1000);
    expect(window.rate(0)).toBeNull();
    window.add(0, 0);
    expect(window.rate(0)).toBeNull();
    for (let at = 40; at <= 2000; at += 40) window.add(at, 0);
    expect(window.rate(2000)).toBe(25);
  });

  test('goes on the same after it was trimmed', () => {
    const window = new SlidingWindow(100);
    for (let at = 0; at < 5000; at++) window.add(at, at);
    expect(window.values(4999)).toEqual(Array.from({ length: 101 }, (_, index) => 4899 + index));
  });
});

describe('the drift watch', () => {
  /** Thirty samples a second; every tenth is four times as long, as on a busy machine. */
  function feed(watch: DriftWatch, from_s: number, to_s: number, duration_ms: number): void {
    for (let tick = from_s * 30; tick < to_s * 30; tick++) watch.add((tick * 1000) / 30, tick % 30 === 0 ? duration_ms * 4 : duration_ms);
  }

  test('says nothing within the first minute', () => {
    const watch = new DriftWatch();
    feed(watch, 0, 60, 10);
    expect(watch.reading(60_000)).toEqual({ ratio: null, slowed: false });
  });

  test('is not alarmed by a steady device', () => {
    const watch = new DriftWatch();
    feed(watch, 0, 90, 10);
    expect(watch.reading(90_000)).toEqual({ ratio: 1, slowed: false });
  });

  test('names a device that has slowed by half, and forgets it when it recovers', () => {
    const watch = new DriftWatch();
    feed(watch, 0, 80, 10);
    feed(watch, 80, 95, 15);
    expect(watch.reading(95_000)).toEqual({ ratio: 1.5, slowed: true });
    feed(watch, 95, 110, 10);
    expect(watch.reading(110_000)).toEqual({ ratio: 1, slowed: false });
  });

  test('takes longer than a minute where few samples come, and then has its say', () => {
    const watch = new DriftWatch();
    // A sample every four seconds: the twentieth comes after 76 seconds.
    for (let at = 0; at <= 76_000; at += 4000) watch.add(at, 10);
    feed(watch, 77, 90, 20);
    expect(watch.reading(90_000)).toEqual({ ratio: 2, slowed: true });
  });

  test('begins anew when something else is timed', () => {
    const watch = new DriftWatch();
    feed(watch, 0, 80, 10);
    watch.restart();
    feed(watch, 80, 95, 15);
    expect(watch.reading(95_000)).toEqual({ ratio: null, slowed: false });
  });
});
