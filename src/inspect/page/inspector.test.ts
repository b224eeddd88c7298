import { afterEach, expect, test, vi } from 'vitest';
import { OwnedWorker } from '../../threads/page/owned-worker';
import { ChannelWorker } from '../../threads/testing/channel-worker';
import { LitescopeError } from '../../errors';
import type { OpRow } from '../describe/shared/descriptions';
import { Inspector } from './inspector';
import type { InspectWorker } from '../shared/protocol';

const row: OpRow = { subgraph: 0, op: 0, name: 'ADD', custom: false, output: null, macs: 0, weightBytes: 0, once: false, text: 'add' };

/** An inspector whose workers run here, with an account of what they were asked. */
function inspector(changes: Partial<InspectWorker> = {}) {
  const asked: string[] = [];
  const workers: ChannelWorker<InspectWorker>[] = [];
  const unused = () => Promise.reject(new Error('not asked for in this test'));
  const api: InspectWorker = {
    open: (blob) => { asked.push(`open ${blob.size}`); return Promise.resolve({ ok: true, value: undefined }); },
    ops: () => { asked.push('ops'); return Promise.resolve({ ok: true, value: [row] }); },
    op: unused, tensor: unused, statistics: unused, values: unused, texts: unused, npy: unused, opsCsv: unused, compare: unused, cancel: () => undefined,
    ...changes,
  };
  const start = () => {
    const worker = new ChannelWorker(api);
    workers.push(worker);
    return new OwnedWorker<InspectWorker>(worker);
  };
  return { inspected: new Inspector(new Blob(['model']), start), asked, workers };
}

afterEach(() => { vi.useRealTimers(); });

test('the worker starts with the first question and opens the file once', async () => {
  const { inspected, asked, workers } = inspector();
  expect(workers).toHaveLength(0);
  expect(await inspected.ops()).toEqual([row]);
  await inspected.ops();
  expect(asked).toEqual(['open 5', 'ops', 'ops']);
  inspected.close();
  expect(workers.map(({ terminations }) => terminations)).toEqual([1]);
});

test('a worker that died is followed by another one', async () => {
  const { inspected, asked, workers } = inspector();
  await inspected.ops();
  workers[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  expect(await inspected.ops()).toEqual([row]);
  expect(asked.filter((question) => question.startsWith('open'))).toHaveLength(2);
  inspected.close();
});

test('errors keep their code, and closing rejects what is asked', async () => {
  const refused = new LitescopeError('CORRUPTED', 'a level’s segments').serialize();
  const { inspected } = inspector({ ops: () => Promise.resolve({ ok: false, error: refused }), opsCsv: () => new Promise(() => undefined) });
  await expect(inspected.ops()).rejects.toMatchObject({ code: 'CORRUPTED', details: 'a level’s segments' });
  const pending = inspected.opsCsv();
  const closed = expect(pending).rejects.toMatchObject({ code: 'SESSION_CLOSED' });
  await Promise.resolve();
  inspected.close();
  await closed;
});

test('without questions the worker ends after a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { inspected, workers } = inspector();
  await inspected.ops();
  vi.advanceTimersByTime(59_000);
  expect(workers[0]?.terminations).toBe(0);
  vi.advanceTimersByTime(2000);
  expect(workers[0]?.terminations).toBe(1);
  await inspected.ops();
  expect(workers).toHaveLength(2);
  inspected.close();
});
