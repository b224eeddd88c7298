import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import { deferred } from '../../../threads/testing/deferred';
import type { FrameReply, FrameRequest } from '../../stream/shared/types';
import type { FrameSession } from './live-stream';
import { endedBySilence, longestSilence_ms } from './silence';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** One frame, and what becomes of it. */
function scene(answer: Promise<FrameReply>) {
  const done: string[] = [];
  const inner: FrameSession = { configureStream: () => Promise.resolve(), frame: () => answer, close: () => { done.push('closed'); } };
  endedBySilence(inner, 6000).frame({} as FrameRequest).then(() => { done.push('shown'); }, (error: unknown) => { done.push(LitescopeError.from(error).code); });
  return done;
}

test.each([[4, 5000], [500, 5000], [900, 9000]])('a model whose first run takes %i ms may be silent for %i ms', (run, silence) => {
  expect(longestSilence_ms(run)).toBe(silence);
});

test('a frame that does not come back ends the session, and says so', async () => {
  const reply = deferred<FrameReply>();
  const done = scene(reply.promise);
  await vi.advanceTimersByTimeAsync(5999);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['closed', 'NO_FRAMES']);
  reply.resolve({} as FrameReply);
  await vi.runAllTimersAsync();
  expect(done).toHaveLength(2);
});

test('a frame that comes back in time, or fails, leaves no clock behind', async () => {
  const [shown, failed] = [scene(Promise.resolve({} as FrameReply)), scene(Promise.reject(new LitescopeError('INVOKE_FAILED')))];
  await vi.advanceTimersByTimeAsync(0);
  expect([shown, failed, vi.getTimerCount()]).toEqual([['shown'], ['INVOKE_FAILED'], 0]);
});
