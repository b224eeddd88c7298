import { describe, expect, test } from 'vitest';
import { deferred } from '../../threads/testing/deferred';
import { LitescopeError } from '../../errors';
import type { Progress } from '../../studies/progress';
import { Activity, gaveWay } from './activity.svelte';

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

describe('What nobody asked for', () => {
  test('gives way to what a person asks for, which begins when it has ended', async () => {
    const activity = new Activity();
    const [ended, order] = [deferred(), [] as string[]];
    let reason: unknown;
    const aside = activity.performAside('overview', 'a', async ({ signal }) => {
      signal.addEventListener('abort', () => { reason = signal.reason; });
      await ended.promise;
      order.push('overview ended');
    });
    expect([activity.busy, activity.idle, activity.isBusyWith('overview', 'a')]).toEqual([false, false, true]);
    const asked = activity.perform('run', 'a', () => { order.push('run'); return Promise.resolve(); });
    expect([activity.busy, reason]).toEqual([true, gaveWay]);
    ended.resolve();
    await Promise.all([aside, asked]);
    expect(order).toEqual(['overview ended', 'run']);
    expect(activity.idle).toBe(true);
  });

  test('is not begun while something goes on that a person asked for', async () => {
    const activity = new Activity();
    const end = deferred();
    const done: string[] = [];
    const asked = activity.perform('run', 'a', () => end.promise);
    await activity.performAside('overview', 'a', () => { done.push('overview'); return Promise.resolve(); });
    expect(done).toEqual([]);
    end.resolve();
    await asked;
  });

  test('gives way to the same of another model, and says nothing of its own progress then', async () => {
    const activity = new Activity();
    const [first, second] = [deferred(), deferred()];
    let tell: ((progress: Progress) => void) | undefined;
    const one = activity.performAside('overview', 'a', ({ onProgress }) => { tell = onProgress; return first.promise; });
    const other = activity.performAside('overview', 'b', () => second.promise);
    expect([activity.isBusyWith('overview', 'a'), activity.isBusyWith('overview', 'b')]).toEqual([false, true]);
    tell?.({ kind: 'timed-runs', runs: 1, fraction: 0.5, median_ms: 1 });
    expect(activity.progress.text).toBe('Starting');
    first.resolve();
    await one;
    expect(activity.isBusyWith('overview', 'b')).toBe(true);
    second.resolve();
    await other;
  });

  test('is cancelled by a person with no such reason', async () => {
    const activity = new Activity();
    const end = deferred();
    let signal: AbortSignal | undefined;
    const aside = activity.performAside('overview', 'a', (options) => { signal = options.signal; return end.promise; });
    activity.cancel();
    expect([signal?.aborted, signal?.reason === gaveWay]).toEqual([true, false]);
    end.resolve();
    await aside;
  });
});
