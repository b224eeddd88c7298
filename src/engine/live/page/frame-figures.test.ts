import { expect, test } from 'vitest';
import { FrameFigures } from './frame-figures';
import type { FrameReply } from '../../stream/shared/types';

/** Ten frames of ten a second, those shown that are wanted, the first one a long time after its capture. */
function ratesOf(isShown: (frame: number) => boolean) {
  const figures = new FrameFigures();
  const now_ms = performance.now();
  for (let frame = 0; frame < 10; frame++) {
    const captured_ms = now_ms - 1000 + frame * 100;
    figures.received(captured_ms);
    if (!isShown(frame)) continue;
    const at_ms = performance.timeOrigin + captured_ms;
    const done_ms = at_ms + (frame === 0 ? 95 : 5);
    const times = { captured_ms: at_ms, sent_ms: at_ms, received_ms: at_ms, preprocessed_ms: at_ms, invoked_ms: done_ms, decoded_ms: done_ms, drawn_ms: done_ms };
    figures.shown({ times, extra_ms: 0 } as FrameReply, done_ms, true);
  }
  const { source_fps, achieved_fps } = figures.reading(performance.now());
  return { source_fps, achieved_fps };
}

test('a stream that shows every frame has the rate of its source, whenever they are shown', () => {
  const { source_fps, achieved_fps } = ratesOf(() => true);
  expect(source_fps).toBeCloseTo(10, 3);
  expect(achieved_fps).toBeCloseTo(10, 3);
});

test('a stream that shows every third frame has a third of the rate', () => {
  const { source_fps, achieved_fps } = ratesOf((frame) => frame % 3 === 0);
  expect(source_fps).toBeCloseTo(10, 3);
  expect(achieved_fps).toBeCloseTo(10 / 3, 3);
});

test('the time of a detector is that of the frames for which it was asked', () => {
  const figures = new FrameFigures();
  const at_ms = performance.timeOrigin + performance.now() - 1000;
  const show = (located: FrameReply['located'], detect_ms: number, invoke_ms: number) => {
    const sent_ms = at_ms + 2 + detect_ms;
    const done_ms = sent_ms + 1 + invoke_ms;
    const times = { captured_ms: at_ms, sent_ms, received_ms: sent_ms, preprocessed_ms: sent_ms + 1, invoked_ms: done_ms, decoded_ms: done_ms, drawn_ms: done_ms };
    const { stages, latency_ms } = figures.shown({ times, extra_ms: 0, ...(located === undefined ? {} : { located }) } as FrameReply, done_ms + 3, true);
    expect(Object.values(stages).reduce((sum, one) => sum + one, 0)).toBeCloseTo(latency_ms, 6);
  };
  show({ asked: true, detect_ms: 40 }, 40, 10);
  show({ asked: false, detect_ms: 0 }, 0, 12);
  show({ asked: false, detect_ms: 0 }, 0, 14);
  show({ asked: true, detect_ms: 30 }, 30, 12);
  const { stages, detected_share } = figures.reading(performance.now());
  expect(stages.detect.median).toBeCloseTo(35, 3);
  expect(stages.invoke.median).toBeCloseTo(12, 3);
  expect(stages.capture_wait.median).toBeCloseTo(2, 3);
  expect(detected_share).toBe(0.5);
  figures.restart();
  expect(figures.reading(performance.now()).detected_share).toBeNull();
});

test('one model alone has no detector’s figures', () => {
  const figures = new FrameFigures();
  const at_ms = performance.timeOrigin + performance.now();
  figures.shown({ times: { captured_ms: at_ms, sent_ms: at_ms, received_ms: at_ms, preprocessed_ms: at_ms, invoked_ms: at_ms, decoded_ms: at_ms, drawn_ms: at_ms }, extra_ms: 0 } as FrameReply, at_ms, true);
  const { stages, detected_share } = figures.reading(performance.now());
  expect([stages.detect.median, detected_share]).toEqual([null, null]);
});
