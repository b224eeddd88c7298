import { expect, test } from 'vitest';
import type { Shared } from '../context';
import { deferred } from '../../threads/testing/deferred';
import { Activity } from '../state/activity.svelte';
import { type View, ViewChoice } from '../state/view-choice.svelte';
import type { WorkModel } from '../state/work-model.svelte';
import { mainAction } from './main-action';

function scene(view: View, { phase = 'off', pictures = true, hears = false, hearing = 'off' }: { phase?: string; pictures?: boolean; hears?: boolean; hearing?: string } = {}) {
  const shared = { activity: new Activity(), view: new ViewChoice(), live: { phase }, soundLive: { phase: hearing } } as unknown as Shared;
  const work = { inputs: { hears, list: [{ preprocessing: pictures ? {} : null }] }, profile: { finished: null } } as unknown as WorkModel;
  shared.view.choose(view);
  return { shared, work };
}

test.each([['overview', 'Run'], ['live', 'Start the camera'], ['speed', 'Measure all'], ['graph', 'Time the ops'], ['compare', 'Compare']] as const)('%s is for one thing: “%s”', (view, caption) => {
  const { shared, work } = scene(view);
  expect(mainAction(shared, work)).toMatchObject({ caption, hindrance: null });
});

test('what goes on is in the way of everything but its own end', async () => {
  const end = deferred();
  const { shared, work } = scene('overview');
  const going = shared.activity.perform('benchmark', 'a', () => end.promise);
  expect(mainAction(shared, work).hindrance).toBe('Timing runs goes on, and its figures would suffer.');
  end.resolve();
  await going;
  expect(mainAction(shared, work).hindrance).toBeNull();
  const live = scene('live', { phase: 'on' });
  void live.shared.activity.perform('benchmark', 'a', () => new Promise(() => undefined));
  expect(mainAction(live.shared, live.work)).toMatchObject({ caption: 'Stop', hindrance: null });
});

test('what the page does of its own accord is in nobody’s way', () => {
  const { shared, work } = scene('overview');
  void shared.activity.performAside('overview', 'a', () => new Promise(() => undefined));
  expect(mainAction(shared, work).hindrance).toBeNull();
});

test('a model without pictures has no camera', () => {
  const { shared, work } = scene('live', { pictures: false });
  expect(mainAction(shared, work).hindrance).toBe('This model takes no pictures.');
});

test('a model that hears has the microphone', () => {
  for (const [hearing, caption] of [['off', 'Start the microphone'], ['on', 'Stop']] as const) {
    const { shared, work } = scene('live', { pictures: false, hears: true, hearing });
    expect(mainAction(shared, work)).toMatchObject({ caption, hindrance: null });
  }
});
