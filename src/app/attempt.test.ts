import { expect, test } from 'vitest';
import { LitescopeError } from '../errors';
import { attempt } from './attempt';
import type { Shared } from './context';
import { stepsOf } from './parts/problem-steps';
import { ConfigurationChoice } from './setup/configuration-choice.svelte';
import { Pictures } from './setup/pictures.svelte';
import { Activity } from './state/activity.svelte';
import { Problems } from './state/problems.svelte';
import { WorkModel } from './state/work-model.svelte';
import { fakeLitescope, openedModel } from './testing/fakes';

/** One open model, and as much of the page as an attempt needs. */
function scene() {
  const open = [openedModel()];
  const pictures = Object.assign(new Pictures(), { load: () => Promise.resolve() });
  pictures.add(new File(['picture'], 'face.jpg', { type: 'image/jpeg' }));
  const [activity, problems, configuration] = [new Activity(), new Problems(), new ConfigurationChoice()];
  const shared = { litescope: fakeLitescope({ models: () => open }), activity, configuration, pictures, problems, runHistory: { shown: false }, workbench: { selected: null } } as unknown as Shared;
  return { activity, configuration, open, problems, shared, work: new WorkModel(openedModel(), pictures) };
}

const failing = (code: 'INVOKE_FAILED' | 'CANCELLED') => () => Promise.reject(new LitescopeError(code, 'no'));

test('What is cancelled is told until it is begun again, and is no problem', async () => {
  const { problems, shared, work } = scene();
  const { id } = work.model;
  await attempt(shared, 'benchmark', work, failing('CANCELLED'));
  expect([problems.list, problems.wasCancelled('benchmark', id), problems.wasCancelled('run', id)]).toEqual([[], true, false]);
  await attempt(shared, 'benchmark', work, () => {
    expect(problems.wasCancelled('benchmark', id)).toBe(false);
    return Promise.resolve();
  });
  expect(problems.wasCancelled('benchmark', id)).toBe(false);
});

test('A model that was closed meanwhile leaves nothing behind', async () => {
  const { open, problems, shared, work } = scene();
  open.pop();
  for (const code of ['INVOKE_FAILED', 'CANCELLED'] as const) await attempt(shared, 'run', work, failing(code));
  expect([problems.list, problems.wasCancelled('run', work.model.id)]).toEqual([[], false]);
});

test.each<readonly [string, (stage: ReturnType<typeof scene>) => void]>([
  ['the input', ({ work }) => { work.inputs.list[0]?.choose('zeros'); }],
  ['the configuration', ({ configuration }) => { configuration.chooseThreads(1); }],
])('A failure is no longer told when %s is changed', async (_, change) => {
  const stage = scene();
  const { problems, shared, work } = stage;
  await attempt(shared, 'run', work, failing('INVOKE_FAILED'));
  expect(problems.at('run', work.model.id)).toHaveLength(1);
  change(stage);
  expect(problems.at('run', work.model.id)).toEqual([]);
});

test('A failure is no longer told when other choices of its own are made', async () => {
  const { problems, shared, work } = scene();
  let counts: readonly number[] = [1, 2];
  await attempt(shared, 'sweep', work, failing('INVOKE_FAILED'), () => [counts]);
  expect(problems.at('sweep', work.model.id)).toHaveLength(1);
  counts = [1];
  expect(problems.at('sweep', work.model.id)).toEqual([]);
});

test('A way out changes what may be the cause and tries again', async () => {
  const { activity, configuration, problems, shared, work } = scene();
  configuration.chooseRuntime('litert');
  const tried: unknown[] = [];
  await attempt(shared, 'run', work, () => {
    tried.push([configuration.runtime, configuration.threads]);
    return tried.length < 3 ? Promise.reject(new LitescopeError('INVOKE_FAILED', 'no')) : Promise.resolve();
  });
  for (const caption of ['Try with 1 thread', 'Try with any runtime']) {
    const [problem] = problems.at('run', work.model.id);
    if (problem === undefined) throw new Error('Nothing went wrong.');
    stepsOf(shared, problem).find((step) => step.caption === caption)?.act();
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  expect([tried, problems.list, activity.idle]).toEqual([[['litert', 'auto'], ['litert', 1], ['auto', 1]], [], true]);
});

test('Ways out are offered where they may help', () => {
  const { configuration, problems, shared } = scene();
  const captions = (code: 'NOT_TFLITE' | 'OFFLINE' | 'MODEL_REFUSED' | 'OUT_OF_MEMORY', place: 'open' | 'run' | 'sweep') => {
    problems.add(place, 'a', new LitescopeError(code), null, { retry: () => undefined });
    const [problem] = problems.list;
    return problem === undefined ? [] : stepsOf(shared, problem).map(({ caption }) => caption);
  };
  expect(captions('NOT_TFLITE', 'open')).toEqual([]);
  expect(captions('OFFLINE', 'open')).toEqual(['Try again']);
  // There is nothing left to choose.
  expect(captions('MODEL_REFUSED', 'run')).toEqual([]);
  configuration.chooseRuntime('litert');
  expect(captions('MODEL_REFUSED', 'run')).toEqual(['Try with any runtime']);
  // A sweep goes through thread counts of its own.
  expect(captions('OUT_OF_MEMORY', 'sweep')).toEqual(['Try again']);
  expect(captions('OUT_OF_MEMORY', 'run')).toEqual(['Try with 1 thread', 'Try again']);
});
