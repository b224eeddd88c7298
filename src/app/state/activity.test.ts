import { expect, test } from 'vitest';
import { deferred } from '../../threads/testing/deferred';
import { LitescopeError } from '../../errors';
import { Activity } from './activity.svelte';

test('One thing goes on at a time; what is asked for meanwhile is not done', async () => {
  const activity = new Activity();
  const first = deferred();
  const done: string[] = [];
  const running = activity.perform('run', 'a', async () => { await first.promise; done.push('first'); });
  expect([activity.busy, activity.isBusyWith('run', 'a'), activity.isBusyWith('run', 'b'), activity.isBusyWith('benchmark', 'a')]).toEqual([true, true, false, false]);
  await activity.perform('benchmark', 'a', () => { done.push('second'); return Promise.resolve(); });
  first.resolve();
  await running;
  expect(done).toEqual(['first']);
  expect(activity.busy).toBe(false);
  await activity.perform('benchmark', 'a', () => { done.push('third'); return Promise.resolve(); });
  expect(done).toEqual(['first', 'third']);
});

test('A failure frees the way for what comes next, and goes on to who asked', async () => {
  const activity = new Activity();
  await expect(activity.perform('run', 'a', () => Promise.reject(new LitescopeError('INVOKE_FAILED', 'no')))).rejects.toMatchObject({ code: 'INVOKE_FAILED' });
  expect(activity.busy).toBe(false);
});

test('Progress is told while work goes on, and begins anew with the next', async () => {
  const activity = new Activity();
  const end = deferred();
  const running = activity.perform('benchmark', 'a', ({ onProgress }) => {
    onProgress?.({ kind: 'timed-runs', runs: 12, fraction: 0.24, median_ms: 2.8 });
    return end.promise;
  });
  expect(activity.progress).toMatchObject({ text: 'Measuring: 12 runs, median 2.80 ms', fraction: 0.24 });
  end.resolve();
  await running;
  expect(activity.progress).toEqual({ text: 'Starting', fraction: null });
});

test('A cancel reaches the work of the model that is closed, and no other one’s', async () => {
  const activity = new Activity();
  const end = deferred();
  let signal: AbortSignal | undefined;
  const running = activity.perform('run', 'a', (options) => { signal = options.signal; return end.promise; });
  activity.cancelFor('b');
  expect(signal?.aborted).toBe(false);
  activity.cancelFor('a');
  expect(signal?.aborted).toBe(true);
  end.resolve();
  await running;
  // With nothing going on there is nothing to cancel.
  activity.cancel();
});
