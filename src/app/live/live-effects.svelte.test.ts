import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Problems } from '../state/problems.svelte';
import { fakeLitescope } from '../testing/fakes';
import { LiveStreams } from './live-streams.svelte';

test('An effect that ends the streams does not run again for what it ended', () => {
  const streams = new LiveStreams(fakeLitescope({}), { requested: { runtime: 'auto', accelerator: 'auto', threads: 'auto' }, watchdogSeconds: 7 }, new Problems(), 'live');
  let shown = $state(true);
  let runs = 0;
  const end = $effect.root(() => {
    $effect(() => {
      runs += 1;
      if (!shown) streams.stop();
    });
  });
  flushSync();
  shown = false;
  flushSync();
  expect(runs).toBe(2);
  end();
});
