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
