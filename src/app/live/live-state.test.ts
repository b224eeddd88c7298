import { expect, test } from 'vitest';
import type { OpenModel, StreamOptions } from '../../api';
import type { Stream } from '../../engine/live/page/stream';
import type { FrameSource } from '../../vision/sources/page/types';
import { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import { Problems } from '../state/problems.svelte';
import { fakeLitescope, openedModel, setupOf } from '../testing/fakes';
import { LiveState } from './live-state.svelte';

const source = (facesPerson: boolean): FrameSource => ({ kind: 'camera', name: 'front', way: 'timer', clock: 'arrival', width: 4, height: 4, frameRate: null, facesPerson, start: () => undefined, close: () => undefined });

test('Whoever is looked at by the camera gets a mirror, and what was chosen goes along with the stream', async () => {
  const asked: StreamOptions[] = [];
  const stream = { configuration: {}, refusals: [], live: {}, close: () => undefined } as unknown as Stream;
  const litescope = fakeLitescope({ stream: (_, __, ___, ____, options = {}) => { asked.push(options); return Promise.resolve(stream); } });
  const live = new LiveState(litescope, new ConfigurationChoice(), new Problems());
  const setup = setupOf();
  const [input] = setup.inputs.list;
  live.smooth(0.5);
  live.showPreview(false);
  await live.start(setup, () => Promise.resolve(source(true)));
  live.stop();
  await live.start(setup, () => Promise.resolve(source(false)));
  live.stop();
  expect(asked.map(({ settings }) => settings?.drawing?.mirror)).toEqual([true, false]);
  expect(asked[0]?.settings).toMatchObject({ input: input?.tensor.name, preprocessing: input?.preprocessing, preview: false, smoothing: 0.5 });
  expect([live.phase, live.state, live.reading, live.ran, live.source]).toEqual(['off', { kind: 'closed' }, null, null, null]);
});

test('A model of landmarks has its detector before it, unless a person says otherwise; what is opened for one stays open', async () => {
  const asked: (string | undefined)[] = [];
  const opened: string[] = [];
  const models: OpenModel[] = [];
  const stream = { configuration: {}, refusals: [], live: {}, close: () => undefined } as unknown as Stream;
  const litescope = fakeLitescope({
    stream: (_, __, ___, ____, options = {}) => { asked.push(options.detector); return Promise.resolve(stream); },
    models: () => models,
    openFromGallery: (id) => {
      opened.push(id);
      const model = { ...openedModel('d'.repeat(16)), entry: { id } as OpenModel['entry'] };
      models.push(model);
      return Promise.resolve(model);
    },
  });
  const live = new LiveState(litescope, new ConfigurationChoice(), new Problems());
  const setup = setupOf();
  const start = async (): Promise<void> => {
    await live.start(setup, () => Promise.resolve(source(false)));
    live.stop();
  };
  await start();
  setup.decoding.choose('hand-landmarks');
  await start();
  await start();
  live.detect(false);
  await start();
  expect(asked).toEqual([undefined, 'd'.repeat(16), 'd'.repeat(16), undefined]);
  expect(opened).toEqual(['palm-detection-lite']);
  expect([live.draft.detects, live.detects]).toEqual([false, false]);
});

test('Thresholds are moved for one model alone, where its decoder has such', async () => {
  const live = new LiveState(fakeLitescope({}), new ConfigurationChoice(), new Problems());
  const [a, b] = [setupOf(openedModel('a'.repeat(16))), setupOf(openedModel('b'.repeat(16)))];
  expect(live.tuned(a)).toBeUndefined();
  for (const setup of [a, b]) setup.decoding.useLabels({ name: 'labels.txt', list: ['cat'] });
  live.moveThreshold(a, { scoreThreshold: 0.9 });
  // Classes have a number of best ones and no threshold.
  expect([live.tuned(a), live.tuned(b)]).toEqual([{ kind: 'classification', top: 5 }, { kind: 'classification', top: 5 }]);
  const detecting = (setup: typeof a) => ({ ...setup, decoding: { ...setup.decoding, choice: 'auto' as const, labels: undefined, decoder: { kind: 'detection', scoreThreshold: 0.5, overlapThreshold: 0.3 } } }) as unknown as typeof a;
  expect([live.tuned(detecting(a)), live.tuned(detecting(b))]).toEqual([
    { kind: 'detection', scoreThreshold: 0.9, overlapThreshold: 0.3 }, { kind: 'detection', scoreThreshold: 0.5, overlapThreshold: 0.3 },
  ]);
});
