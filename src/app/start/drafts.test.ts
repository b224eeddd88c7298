import { describe, expect, test } from 'vitest';
import { BenchmarkState } from '../benchmark/benchmark-state.svelte';
import type { Shared } from '../context';
import { LiveState } from '../live/live-state.svelte';
import { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import { Pictures } from '../setup/pictures.svelte';
import { Problems } from '../state/problems.svelte';
import { Workbench } from '../state/workbench.svelte';
import { fakeLitescope, openedModel } from '../testing/fakes';
import { SweepState } from '../threads/sweep-state.svelte';
import { Drafts } from './drafts';

const model = openedModel('d'.repeat(16));

/** A page with a tab's storage. */
function scene(memory = new Map<string, string>()) {
  const litescope = fakeLitescope({ close: () => undefined });
  const configuration = new ConfigurationChoice();
  const shared = {
    litescope, configuration, benchmark: new BenchmarkState(), sweep: new SweepState(), live: new LiveState(litescope, configuration, new Problems()), workbench: new Workbench(litescope, new Pictures()),
  } as unknown as Shared;
  const drafts = new Drafts(shared, { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => { memory.set(key, value); } });
  return { ...shared, drafts, memory };
}

function open({ workbench }: Pick<Shared, 'workbench'>) {
  workbench.add(model);
  const [work] = workbench.models;
  const [input] = work?.inputs.list ?? [];
  if (work === undefined || input === undefined) throw new Error('The model has no input.');
  return { work, input };
}

/** A page where everything was set otherwise than is usual. */
function changed() {
  const page = scene();
  page.configuration.chooseRuntime('litert');
  page.configuration.chooseAccelerator('wasm');
  page.configuration.chooseThreads(2);
  page.configuration.chooseWatchdogSeconds(7);
  page.benchmark.changePlan({ num_runs: 12 });
  page.sweep.chooseRuntime('litert', true);
  page.sweep.chooseCounts([1, 3]);
  page.sweep.chooseOps(true);
  page.live.smooth(0.4);
  page.live.style({ mask: 'blur' });
  page.live.moveThreshold({ model } as Parameters<LiveState['moveThreshold']>[0], { scoreThreshold: 0.7 });
  const { work, input } = open(page);
  input.choose('random');
  input.chooseRange({ seed: 9, min: -1 });
  input.choosePreprocessing({ fit: 'stretch', resize: 'area', channels: 'bgr', layout: 'nhwc', values: { kind: 'pixels' } });
  work.decoding.choose('classification');
  work.decoding.useLabels({ name: 'animals.txt', list: ['cat', 'dog'] });
  page.drafts.remember();
  return { ...page, work, input };
}

const settingsOf = ({ configuration, benchmark, sweep, live }: Pick<Shared, 'configuration' | 'benchmark' | 'sweep' | 'live'>) =>
  [configuration.requested, configuration.watchdogSeconds, benchmark.plan, sweep.runtimes, sweep.counts, sweep.ops, live.smoothing, live.drawing, live.draft.thresholds];

describe('what is set', () => {
  test('is set again after a reload, for the page and for a model as soon as it is open', () => {
    const before = changed();
    const after = scene(before.memory);
    after.drafts.restore();
    const { work, input } = open(after);
    expect(settingsOf(after)).toEqual(settingsOf(before));
    expect(after.configuration.requested).toEqual({ runtime: 'litert', accelerator: 'wasm', threads: 2 });
    expect([input.kind, input.range, input.preprocessing?.channels]).toEqual(['random', { seed: 9, min: -1, max: 1 }, 'bgr']);
    expect([work.decoding.choice, work.decoding.ownLabels]).toEqual(['classification', { name: 'animals.txt', list: ['cat', 'dog'] }]);
  });

  test('is set again for a model that was closed and is opened anew', () => {
    const page = changed();
    page.workbench.close(model.id);
    expect(open(page).input.range).toEqual({ seed: 9, min: -1, max: 1 });
  });

  test('stays with the models whose drafts can be read, and with the page as it is, where storage holds something else', () => {
    const before = changed();
    const stored = JSON.parse(before.memory.get('litescope.draft') ?? '') as { page: { configuration: { runtime: string } } };
    stored.page.configuration.runtime = 'a runtime of another version';
    const after = scene(new Map([['litescope.draft', JSON.stringify(stored)]]));
    after.drafts.restore();
    expect(settingsOf(after)).toEqual(settingsOf(scene()));
    expect(open(after).input.range.seed).toBe(9);
    for (const text of ['', 'null', '[1]', '{"page":3,"models":{"x":{"inputs":4}}}', 'no JSON']) {
      const odd = scene(new Map([['litescope.draft', text]]));
      odd.drafts.restore();
      expect(settingsOf(odd)).toEqual(settingsOf(scene()));
    }
  });

  test('a signature or decoder that the model does not have is left out', () => {
    const before = changed();
    const stored = JSON.parse(before.memory.get('litescope.draft') ?? '') as { models: Record<string, { signature: { index: number }; decoding: { choice: string } }> };
    const own = stored.models[model.id];
    if (own === undefined) throw new Error('The model has no draft.');
    own.signature.index = 5;
    own.decoding.choice = 'tea leaves';
    const after = scene(new Map([['litescope.draft', JSON.stringify(stored)]]));
    after.drafts.restore();
    const { work } = open(after);
    expect([work.signature.index, work.decoding.choice]).toEqual([0, 'auto']);
  });
});
