import { describe, expect, it } from 'vitest';
import { OwnedWorker } from './owned-worker';
import { rejectionOf } from '../testing/errors';
import { ThreadWorker } from '../testing/thread-worker';

interface ThreadMethods {
  readonly [name: string]: (request: never) => unknown;
  readonly double: (value: number) => number;
  readonly spin: () => never;
  readonly crash: () => never;
}

const call = `(id, method, request) => {
  if (method === 'double') return request * 2;
  if (method === 'spin') for (;;);
  setImmediate(() => { throw new Error('memory access out of bounds'); });
  return new Promise(() => {});
}`;

function start() {
  const worker = new ThreadWorker(call);
  return { worker, owner: new OwnedWorker<ThreadMethods>(worker) };
}

/** As owned-worker.test.ts, with what only a thread of its own can do. */
describe('OwnedWorker over a thread', () => {
  it('ends a thread that spins, and the next one runs', async () => {
    const { worker, owner } = start();
    expect(await owner.remote.double(4)).toBe(8);
    expect((await rejectionOf(owner.remote.spin(undefined, { watchdog_ms: 50 }))).code).toBe('SESSION_HUNG');
    await worker.exited;
    const next = start();
    expect(await next.owner.remote.double(5)).toBe(10);
    next.owner.terminate();
    await next.worker.exited;
  });

  it('says why a thread crashed', async () => {
    const { worker, owner } = start();
    const error = await rejectionOf(owner.remote.crash());
    expect([error.code, error.details]).toEqual(['SESSION_CRASHED', 'memory access out of bounds']);
    await worker.exited;
  });
});
