import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deferred } from '../../threads/testing/deferred';
import { LitescopeError } from '../../errors';
import type { KeptRun } from '../../history/shared/runs';
import { RunStore } from '../../history/page/store';
import { madeReport } from '../../report/testing/made-report';
import { RunHistory } from './run-history.svelte';

const report = madeReport({ ops: 0, samples: 1 });
const runOf = (id: string): KeptRun => ({ id, name: id, tags: [], report });
let stored: Map<string, KeptRun>;
/** What the browser says to a run; null where it stores it. */
let refusal: LitescopeError | null;

beforeEach(() => {
  stored = new Map();
  refusal = null;
  vi.spyOn(RunStore.prototype, 'put').mockImplementation((run) => {
    if (refusal !== null) return Promise.reject(refusal);
    stored.set(run.id, run);
    return Promise.resolve();
  });
  vi.spyOn(RunStore.prototype, 'remove').mockImplementation((ids) => {
    for (const id of ids) stored.delete(id);
    refusal = null;
    return Promise.resolve();
  });
  vi.spyOn(RunStore.prototype, 'all').mockImplementation(() => Promise.resolve([...stored.values()]));
});
afterEach(() => { vi.restoreAllMocks(); });

test('A run is kept with a name of its own, and changes are stored', async () => {
  const history = new RunHistory();
  await history.keep(report, 'first');
  await history.keep(report, 'second', ['phone']);
  expect(history.runs.map(({ name }) => name)).toEqual(['second', 'first']);
  const [second] = history.runs;
  await history.change(second?.id ?? '', { name: 'renamed' });
  await history.change('none', { name: 'nothing' });
  expect([...stored.values()].map(({ name, tags }) => [name, tags])).toEqual([['first', []], ['renamed', ['phone']]]);
});

test('What the browser refuses stays on this page, is told, and is stored once there is room', async () => {
  const history = new RunHistory();
  await history.keep(report, 'kept');
  refusal = new LitescopeError('STORAGE_FULL', 'no room');
  await history.keep(report, 'too much');
  const [tooMuch, kept] = history.runs;
  if (tooMuch === undefined || kept === undefined) throw new Error('Two runs were made.');
  expect([history.refusal?.code, history.isStored(tooMuch), history.isStored(kept)]).toEqual(['STORAGE_FULL', false, true]);
  // Reading again finds what was stored, and forgets nothing of what was not.
  await history.load();
  expect(history.runs.map(({ name }) => name)).toEqual(['too much', 'kept']);
  await history.remove([kept.id]);
  expect([history.refusal, history.isStored(tooMuch), [...stored.values()].map(({ name }) => name)]).toEqual([null, true, ['too much']]);
});

test('What is measured while the page reads what it kept is not lost, and two readings are one', async () => {
  const history = new RunHistory();
  const reading = deferred<KeptRun[]>();
  const all = vi.spyOn(RunStore.prototype, 'all').mockImplementation(() => reading.promise);
  history.show(true);
  const loading = history.load();
  await history.keep(report, 'meanwhile');
  reading.resolve([runOf('of another tab')]);
  await loading;
  expect([history.shown, all.mock.calls.length, history.runs.map(({ name }) => name)]).toEqual([true, 1, ['meanwhile', 'of another tab']]);
});
