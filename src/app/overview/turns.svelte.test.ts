import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { deferred } from '../../threads/testing/deferred';
import type { Shared } from '../context';
import { Pictures } from '../setup/pictures.svelte';
import { Activity } from '../state/activity.svelte';
import { ViewChoice } from '../state/view-choice.svelte';
import { Workbench } from '../state/workbench.svelte';
import { LitescopeError } from '../../errors';
import { BenchmarkState } from '../benchmark/benchmark-state.svelte';
import { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import { fakeLitescope, openedModel } from '../testing/fakes';
import { SweepState } from '../threads/sweep-state.svelte';
import { largestByItself_bytes } from './actions';
import { measureInTurn } from './turns';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => openedModel(letter.repeat(16))) as [ReturnType<typeof openedModel>, ReturnType<typeof openedModel>, ReturnType<typeof openedModel>];

/** A page whose models fail at once when they are run, or wait for it where a test says so; a look ends with that. */
function scene({ byItself = true } = {}) {
  const ran: string[] = [];
  const holding = new Map<string, ReturnType<typeof deferred>>();
  const litescope = fakeLitescope({
    close: () => undefined,
    run: (id, _configuration, _inputs, options) => new Promise((_, reject) => {
      ran.push(id[0] ?? '');
      options?.signal?.addEventListener('abort', () => { reject(new LitescopeError('CANCELLED')); });
      void (holding.get(id)?.promise ?? Promise.resolve()).then(() => { reject(new LitescopeError('INVOKE_FAILED', 'no')); });
    }),
  });
  const pictures = Object.assign(new Pictures(), { load: () => Promise.resolve() });
  pictures.add(new File(['picture'], 'face.jpg', { type: 'image/jpeg' }));
  const [activity, view, workbench] = [new Activity(), new ViewChoice(), new Workbench(litescope, pictures)];
  const shared = { litescope, activity, pictures, view, workbench, preferences: { byItself }, benchmark: new BenchmarkState(), configuration: new ConfigurationChoice(), device: { capabilities: null }, sweep: new SweepState() } as unknown as Shared;
  const end = $effect.root(() => { $effect(() => { measureInTurn(shared); }); });
  /** Until nothing goes on any more and nothing more is begun. */
  const settled = async (): Promise<void> => {
    do {
      flushSync();
      await new Promise((resolve) => { setImmediate(resolve); });
    } while (!activity.idle && [...holding.keys()].every((id) => !activity.isBusyWith('overview', id)));
  };
  const phases = () => workbench.models.map(({ overview }) => overview.phase);
  return { activity, ran, holding, workbench, view, end, settled, phases };
}

describe('models that are opened', () => {
  test('are all measured, the one that is looked at first and the others after it', async () => {
    const { ran, workbench, settled, phases, end } = scene();
    for (const model of [a, b, c]) workbench.add(model);
    workbench.select(b.id);
    await settled();
    expect([ran, phases(), workbench.selected?.model.id]).toEqual([['b', 'a', 'c'], ['done', 'done', 'done'], b.id]);
    end();
  });

  test('give way to the one that is looked at, and go on afterwards', async () => {
    const { ran, holding, workbench, settled, phases, end } = scene();
    const hold = deferred();
    holding.set(a.id, hold);
    workbench.add(a);
    await settled();
    workbench.add(c, false);
    await settled();
    expect([ran, phases()]).toEqual([['a'], ['measuring', 'waiting']]);
    workbench.select(c.id);
    await settled();
    expect(ran).toEqual(['a', 'c', 'a']);
    holding.clear();
    hold.resolve();
    await settled();
    expect(phases()).toEqual(['done', 'done']);
    end();
  });

  test('wait for what a person asks for, and beside a stream', async () => {
    const { activity, ran, view, workbench, settled, end } = scene();
    const asked = deferred();
    const running = activity.perform('benchmark', a.id, () => asked.promise);
    for (const model of [a, b]) workbench.add(model);
    flushSync();
    await Promise.resolve();
    expect(ran).toEqual([]);
    view.go('live', null);
    asked.resolve();
    await running;
    await settled();
    expect(ran).toEqual([]);
    view.go('graph', null);
    await settled();
    expect(ran).toEqual(['b', 'a']);
    end();
  });

  test('are left in quiet once a look was cancelled, except for the one that is looked at', async () => {
    const { activity, ran, holding, workbench, settled, phases, end } = scene();
    const hold = deferred();
    holding.set(a.id, hold);
    for (const model of [a, b, c]) workbench.add(model, model === a);
    await settled();
    activity.cancel();
    holding.clear();
    await settled();
    expect([ran, phases()]).toEqual([['a'], ['cancelled', 'waiting', 'waiting']]);
    workbench.select(c.id);
    await settled();
    expect([ran, phases()]).toEqual([['a', 'c'], ['cancelled', 'waiting', 'done']]);
    end();
  });

  test('are not measured where the person does not want it, nor large ones', async () => {
    const quiet = scene({ byItself: false });
    for (const model of [a, b]) quiet.workbench.add(model);
    await quiet.settled();
    const { ran, workbench, settled, end } = scene();
    workbench.add({ ...a, bytes: largestByItself_bytes + 1 });
    workbench.add(b, false);
    await settled();
    expect([quiet.ran, ran]).toEqual([[], ['b']]);
    quiet.end();
    end();
  });
});
