import { describe, expect, it } from 'vitest';
import { OwnedWorker } from './owned-worker';
import type { Result } from '../shared/result';
import { rejectionOf } from '../testing/errors';
import { ThreadWorker } from '../testing/thread-worker';

interface Api {
  double(value: number): Promise<Result<number>>;
  spin(): Promise<Result<never>>;
  crash(): Promise<Result<never>>;
  cancel(): void;
}

const api = `{
  double: (value) => ({ ok: true, value: value * 2 }),
  spin() { for (;;); },
  crash() { setImmediate(() => { throw new Error('memory access out of bounds'); }); return new Promise(() => {}); },
  cancel() {},
}`;

function start() {
  const worker = new ThreadWorker(api);
  return { worker, owner: new OwnedWorker<Api>(worker) };
}

/** As owned-worker.test.ts, with what only a thread of its own can do. */
describe('OwnedWorker over a thread', () => {
  it('ends a thread that spins, and the next one runs', async () => {
    const { worker, owner } = start();
    expect(await owner.call((remote) => remote.double(4))).toBe(8);
    expect((await rejectionOf(owner.call((remote) => remote.spin(), { watchdog_ms: 50 }))).code).toBe('SESSION_HUNG');
    await worker.exited;
    const next = start();
    expect(await next.owner.call((remote) => remote.double(5))).toBe(10);
    next.owner.terminate();
    await next.worker.exited;
  });

  it('says why a thread crashed', async () => {
    const { worker, owner } = start();
    const error = await rejectionOf(owner.call((remote) => remote.crash()));
    expect([error.code, error.details]).toEqual(['SESSION_CRASHED', 'memory access out of bounds']);
    await worker.exited;
  });
});
