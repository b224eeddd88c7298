import { afterEach, expect, test, vi } from 'vitest';
import { OwnedWorker } from '../../threads/page/owned-worker';
import { ChannelWorker } from '../../threads/testing/channel-worker';
import { LitescopeError } from '../../errors';
import type { OpRow } from '../describe/shared/descriptions';
import { Inspector } from './inspector';
import type { InspectMethods } from '../worker/inspect.worker';

const row: OpRow = { subgraph: 0, op: 0, name: 'ADD', custom: false, output: null, macs: 0, weightBytes: 0, once: false, text: 'add' };

/** An inspector whose workers run here, with an account of what they were asked. */
function inspector(changes: Partial<InspectMethods> = {}) {
  const asked: string[] = [];
  const workers: ChannelWorker[] = [];
  const unused = (): never => { throw new Error('not asked for in this test'); };
  const methods: InspectMethods = {
    open: (blob) => { asked.push(`open ${blob.size}`); return Promise.resolve(); },
    ops: () => { asked.push('ops'); return [row]; },
    op: unused, tensor: unused, statistics: unused, values: unused, texts: unused, npy: unused, opsCsv: unused, compare: unused,
    ...changes,
  };
  const start = () => {
    const worker = new ChannelWorker(methods);
    workers.push(worker);
    return new OwnedWorker<InspectMethods>(worker);
  };
  return { inspected: new Inspector(new Blob(['model']), start), asked, workers };
}

afterEach(() => { vi.useRealTimers(); });

test('the worker starts with the first question and opens the file once', async () => {
  const { inspected, asked, workers } = inspector();
  expect(workers).toHaveLength(0);
  expect(await inspected.remote.ops()).toEqual([row]);
  await inspected.remote.ops();
  expect(asked).toEqual(['open 5', 'ops', 'ops']);
  inspected.close();
  expect(workers.map(({ terminations }) => terminations)).toEqual([1]);
});

test('a worker that died is followed by another one', async () => {
  const { inspected, asked, workers } = inspector();
  await inspected.remote.ops();
  workers[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  expect(await inspected.remote.ops()).toEqual([row]);
  expect(asked.filter((question) => question.startsWith('open'))).toHaveLength(2);
  inspected.close();
});

test('errors keep their code, and closing rejects what is asked', async () => {
  const refused = new LitescopeError('CORRUPTED', 'a level’s segments');
  const { inspected } = inspector({ ops: () => { throw refused; } });
  await expect(inspected.remote.ops()).rejects.toMatchObject({ code: 'CORRUPTED', details: 'a level’s segments' });
  const pending = inspected.remote.opsCsv();
  const closed = expect(pending).rejects.toMatchObject({ code: 'SESSION_CLOSED' });
  await Promise.resolve();
  inspected.close();
  await closed;
});

test('without questions the worker ends after a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { inspected, workers } = inspector();
  await inspected.remote.ops();
  vi.advanceTimersByTime(59_000);
  expect(workers[0]?.terminations).toBe(0);
  vi.advanceTimersByTime(2000);
  expect(workers[0]?.terminations).toBe(1);
  await inspected.remote.ops();
  expect(workers).toHaveLength(2);
  inspected.close();
});
