import { afterEach, describe, expect, it, vi } from 'vitest';
import { LitescopeError } from '../../errors';
import type { Call, CallOptions } from '../shared/methods';
import { abortable, defaultWatchdog_ms, OwnedWorker, withWorker } from './owned-worker';
import { ChannelWorker } from '../testing/channel-worker';
import { deferred } from '../testing/deferred';
import { rejectionOf } from '../testing/errors';

interface Step {
  readonly step: number;
}

/** A worker of these tests: methods that answer, fail, report and stay silent, and what came of the calls. */
function bench() {
  const seen = { cancels: 0, doubled: 0 };
  const [cancelled, started, release] = [deferred(), deferred(), deferred<string>()];
  let report: (step: Step) => void = () => undefined;
  const methods = {
    double(value: number): number {
      seen.doubled++;
      return value * 2;
    },
    fail(): never {
      throw new LitescopeError('UNSUPPORTED_OP', 'no such op', { place: 'subgraph 0, op 3, X', attempts: [new LitescopeError('NO_SIMD').serialize()] });
    },
    failUntyped: (): never => { throw new RangeError('odd'); },
    report(steps: readonly Step[], call: Call<Step>): number {
      for (const step of steps) call.report(step);
      return steps.length;
    },
    /** Answers when the test says so; reports once, so that the page knows that it has begun. */
    wait(_: undefined, call: Call<Step>): Promise<string> {
      report = call.report;
      call.signal.addEventListener('abort', () => { seen.cancels++; cancelled.resolve(); }, { once: true });
      report({ step: 0 });
      started.resolve();
      return release.promise;
    },
    /** Stops by itself when it is asked to. */
    async loop(_: undefined, { interrupted }: Call<Step>): Promise<number> {
      let turns = 0;
      while (!await interrupted()) turns++;
      throw new LitescopeError('CANCELLED', turns > 0 ? 'in the loop' : 'at once');
    },
    unclonable: () => () => undefined,
  };
  return { methods, seen, cancelled, started, release, beat: () => { report({ step: 1 }); } };
}

type Bench = ReturnType<typeof bench>['methods'];

function start() {
  const api = bench();
  const worker = new ChannelWorker(api.methods);
  return { api, worker, owner: new OwnedWorker<Bench>(worker) };
}

/** A way to the worker and back, on which all that was sent before has arrived. */
const roundTrip = (owner: OwnedWorker<Bench>) => owner.remote.double(0);

const wait = (owner: OwnedWorker<Bench>, options?: CallOptions<Step>) => owner.remote.wait(undefined, options);
const double = (owner: OwnedWorker<Bench>, value: number, options?: CallOptions) => owner.remote.double(value, options);

/** A crash as browsers report it: an event with a message that shows in the console unless it is prevented. */
function crash(worker: ChannelWorker, message: string): Event {
  const event = Object.assign(new Event('error', { cancelable: true }), { message });
  worker.dispatchEvent(event);
  return event;
}

afterEach(() => { vi.useRealTimers(); });

describe('call', () => {
  it('gives the worker’s answer', async () => {
    expect(await double(start().owner, 21)).toBe(42);
  });

  it('rejects with the worker’s own error, whole, and poisons nothing', async () => {
    const { owner, worker } = start();
    const error = await rejectionOf(owner.remote.fail());
    expect(error.serialize()).toEqual({
      code: 'UNSUPPORTED_OP',
      title: 'The runtime does not have an op of this model',
      hint: 'Convert the model without this op, or try another runtime where one is left.',
      details: 'no such op',
      place: 'subgraph 0, op 3, X',
      attempts: [new LitescopeError('NO_SIMD').serialize()],
    });
    expect([owner.ended, worker.terminations, await double(owner, 2)]).toEqual([null, 0, 4]);
  });

  it('has typed errors for what cannot be cloned on the way there or back', async () => {
    const { owner } = start();
    expect((await rejectionOf(owner.remote.report([(() => undefined) as unknown as Step]))).code).toBe('INTERNAL');
    const back = await rejectionOf(owner.remote.unclonable());
    expect([back.code, back.details]).toEqual(['INTERNAL', 'Unserializable return value']);
    expect(await double(owner, 3)).toBe(6);
  });

  it('hands progress on in order, all of it before the answer', async () => {
    const { owner } = start();
    const steps: Step[] = [{ step: 1 }, { step: 2 }, { step: 3 }];
    const heard: Step[] = [];
    expect(await owner.remote.report(steps, { onProgress: (progress) => heard.push(progress) })).toBe(3);
    expect(heard).toEqual(steps);
  });

  it('makes calls wait for the one before, and their watchdogs with them', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { api, owner } = start();
    const order: string[] = [];
    const first = wait(owner, { watchdog_ms: 0 }).then(() => order.push('first'));
    const second = double(owner, 1, { watchdog_ms: 5 }).then(() => order.push('second'));
    await api.started.promise;
    vi.advanceTimersByTime(1000);
    expect(order).toEqual([]);
    api.release.resolve('done');
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  it('lets a call give up while it waits, without a word to the worker', async () => {
    const { api, owner } = start();
    const controller = new AbortController();
    const first = wait(owner);
    const second = rejectionOf(double(owner, 1, { signal: controller.signal }));
    const third = double(owner, 3);
    await api.started.promise;
    controller.abort();
    expect((await second).code).toBe('CANCELLED');
    // Turns in which a call that overtakes would have arrived.
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => { setImmediate(resolve); });
    expect([api.seen.cancels, api.seen.doubled]).toEqual([0, 0]);
    api.release.resolve('done');
    expect([await first, await third]).toEqual(['done', 6]);
  });

  it('keeps the answers of calls that were made at once apart', async () => {
    const { owner } = start();
    expect(await Promise.all([double(owner, 1), rejectionOf(owner.remote.fail()).then(({ code }) => code), double(owner, 2)])).toEqual([2, 'UNSUPPORTED_OP', 4]);
  });
});

describe('the worker’s death', () => {
  it('rejects every pending and every later call with the crash, and is silent in the console', async () => {
    const { api, owner, worker } = start();
    const pending = [rejectionOf(wait(owner)), rejectionOf(wait(owner)), rejectionOf(double(owner, 1))];
    await api.started.promise;
    const event = crash(worker, 'Uncaught RuntimeError: memory access out of bounds');
    const errors = await Promise.all(pending);
    const later = await rejectionOf(double(owner, 1));
    expect(errors[0]?.code).toBe('SESSION_CRASHED');
    expect(errors[0]?.details).toBe('Uncaught RuntimeError: memory access out of bounds');
    for (const error of [...errors, later, owner.ended]) expect(error).toBe(errors[0]);
    expect([event.defaultPrevented, worker.terminations]).toEqual([true, 1]);
  });

  it('says so where a crash has no message', () => {
    const { owner, worker } = start();
    crash(worker, '');
    expect(owner.ended?.details).toBe('The worker gave no reason.');
  });

  it.each([['', 'OFFLINE'], ['Uncaught Error: planted', 'SESSION_CRASHED']] as const)('takes a crash with the message %j for %s on a device without a network', (message, code) => {
    vi.stubGlobal('navigator', { onLine: false });
    const { owner, worker } = start();
    crash(worker, message);
    expect(owner.ended?.code).toBe(code);
    vi.unstubAllGlobals();
  });

  it('follows from a message that cannot be read', async () => {
    const { api, owner, worker } = start();
    const pending = rejectionOf(wait(owner));
    await api.started.promise;
    worker.dispatchEvent(new Event('messageerror'));
    const error = await pending;
    expect([error.code, error.details]).toEqual(['SESSION_CRASHED', 'A message could not be read.']);
  });

  it('rejects pending calls when it is terminated, once, and keeps the first reason', async () => {
    const { api, owner, worker } = start();
    const pending = rejectionOf(wait(owner));
    await api.started.promise;
    owner.terminate();
    owner.terminate(new LitescopeError('SESSION_HUNG'));
    crash(worker, 'too late');
    expect((await pending).code).toBe('SESSION_CLOSED');
    expect((await rejectionOf(double(owner, 1))).code).toBe('SESSION_CLOSED');
    expect(worker.terminations).toBe(1);
  });
});

describe('the watchdog', () => {
  /** Only the timers are fake: messages travel as ever. */
  const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  it('ends a worker that is silent for a minute', async () => {
    fakeTimers();
    const { api, owner, worker } = start();
    const pending = rejectionOf(wait(owner));
    await api.started.promise;
    vi.advanceTimersByTime(defaultWatchdog_ms - 1);
    expect(owner.ended).toBeNull();
    vi.advanceTimersByTime(1);
    const error = await pending;
    expect([error.code, error.details, worker.terminations]).toEqual(['SESSION_HUNG', 'No sign of life for 60 s.', 1]);
    expect((await rejectionOf(double(owner, 1))).code).toBe('SESSION_HUNG');
  });

  it('is fed by progress', async () => {
    fakeTimers();
    const { api, owner, worker } = start();
    const pending = wait(owner, { watchdog_ms: 1000 });
    await api.started.promise;
    for (let beat = 0; beat < 3; beat++) {
      vi.advanceTimersByTime(900);
      const heard = deferred();
      worker.addEventListener('message', () => { heard.resolve(); }, { once: true });
      api.beat();
      await heard.promise;
    }
    vi.advanceTimersByTime(999);
    expect(owner.ended).toBeNull();
    api.release.resolve('done');
    expect(await pending).toBe('done');
  });

  it('lets go when the call is over', async () => {
    fakeTimers();
    const { owner } = start();
    await double(owner, 1, { watchdog_ms: 10 });
    await rejectionOf(owner.remote.fail(undefined, { watchdog_ms: 10 }));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not woken by progress that comes after the answer', async () => {
    fakeTimers();
    const { api, owner } = start();
    const told: Step[] = [];
    const pending = wait(owner, { watchdog_ms: 1000, onProgress: (progress) => { told.push(progress); } });
    await api.started.promise;
    api.release.resolve('done');
    await pending;
    api.beat();
    await roundTrip(owner);
    expect([vi.getTimerCount(), told.length]).toEqual([0, 1]);
    expect(owner.ended).toBeNull();
  });

  it('can be switched off', async () => {
    fakeTimers();
    const { api, owner } = start();
    const pending = wait(owner, { watchdog_ms: 0 });
    await api.started.promise;
    expect(vi.getTimerCount()).toBe(0);
    api.release.resolve('late');
    expect(await pending).toBe('late');
  });
});

describe('cancel', () => {
  const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  it('asks the worker to stop, and a worker that stops lives on', async () => {
    fakeTimers();
    const { api, owner, worker } = start();
    const controller = new AbortController();
    const pending = rejectionOf(wait(owner, { signal: controller.signal }));
    await api.started.promise;
    controller.abort();
    await api.cancelled.promise;
    api.release.resolve('stopped');
    expect((await pending).code).toBe('CANCELLED');
    vi.advanceTimersByTime(5000);
    expect([api.seen.cancels, worker.terminations, await double(owner, 5)]).toEqual([1, 0, 10]);
  });

  it('counts although the worker was done before it heard', async () => {
    const { api, owner } = start();
    const controller = new AbortController();
    const pending = rejectionOf(wait(owner, { signal: controller.signal }));
    await api.started.promise;
    controller.abort();
    api.release.resolve('too late');
    expect((await pending).code).toBe('CANCELLED');
  });

  it('ends a worker that does not stop within a second', async () => {
    fakeTimers();
    const { api, owner, worker } = start();
    const controller = new AbortController();
    const pending = rejectionOf(wait(owner, { signal: controller.signal }));
    await api.started.promise;
    controller.abort();
    vi.advanceTimersByTime(999);
    expect(owner.ended).toBeNull();
    vi.advanceTimersByTime(1);
    expect((await pending).code).toBe('CANCELLED');
    expect(worker.terminations).toBe(1);
    expect((await rejectionOf(double(owner, 1))).code).toBe('CANCELLED');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not trouble the worker with a call that was cancelled before it began', async () => {
    const { api, owner } = start();
    const error = await rejectionOf(wait(owner, { signal: AbortSignal.abort() }));
    expect([error.code, api.seen.cancels, await double(owner, 1)]).toEqual(['CANCELLED', 0, 2]);
  });

  it('is not heard after the call, and no listener stays behind', async () => {
    const { api, owner } = start();
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, 'addEventListener');
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    await double(owner, 1, { signal: controller.signal });
    await rejectionOf(owner.remote.fail(undefined, { signal: controller.signal }));
    // One while a call waits for its turn and one while it runs.
    expect(added).toHaveBeenCalledTimes(4);
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(added.mock.calls.map(([type, listener]) => [type, listener]));
    controller.abort();
    expect([api.seen.cancels, owner.ended]).toEqual([0, null]);
  });

  it('silences the progress that is still under way', async () => {
    const { api, owner } = start();
    const controller = new AbortController();
    const heard: Step[] = [];
    const pending = rejectionOf(wait(owner, { signal: controller.signal, onProgress: (progress) => heard.push(progress) }));
    await api.started.promise;
    const before = heard.length;
    controller.abort();
    api.beat();
    await api.cancelled.promise;
    api.release.resolve('done');
    expect((await pending).code).toBe('CANCELLED');
    expect(heard).toHaveLength(before);
  });

  it('is heard by a loop between two of its turns', async () => {
    const { owner, worker } = start();
    const controller = new AbortController();
    const pending = rejectionOf(owner.remote.loop(undefined, { signal: controller.signal }));
    await new Promise((resolve) => { setImmediate(resolve); });
    controller.abort();
    expect((await pending).code).toBe('CANCELLED');
    expect([worker.terminations, await double(owner, 4)]).toEqual([0, 8]);
  });
});

describe('what crosses', () => {
  it('is an untyped error as a typed one, and a method that is not there', async () => {
    const { owner } = start();
    const odd = await rejectionOf(owner.remote.failUntyped());
    expect([odd.code, odd.details]).toEqual(['INTERNAL', 'odd']);
    const stranger = new OwnedWorker<{ readonly constructor: () => void }>(new ChannelWorker({}));
    expect((await rejectionOf(stranger.remote.constructor())).details).toBe('This worker has no method “constructor”.');
  });
});

describe('withWorker', () => {
  it('ends the worker with the work, however it ends', async () => {
    const workers: ChannelWorker[] = [];
    const begin = () => {
      const worker = new ChannelWorker(bench().methods);
      workers.push(worker);
      return worker;
    };
    expect(await withWorker<Bench, number>(begin, (remote) => remote.double(3))).toBe(6);
    expect((await rejectionOf(withWorker<Bench, never>(begin, (remote) => remote.fail()))).code).toBe('UNSUPPORTED_OP');
    expect(workers.map(({ terminations }) => terminations)).toEqual([1, 1]);
  });
});

describe('abortable', () => {
  it('is the work itself without a signal', () => {
    const work = Promise.resolve(1);
    expect(abortable(work, undefined)).toBe(work);
  });

  it('stops waiting, while the work goes on for others', async () => {
    const work = deferred<number>();
    const controller = new AbortController();
    const cancelled = rejectionOf(abortable(work.promise, controller.signal));
    const other = abortable(work.promise, new AbortController().signal);
    controller.abort();
    work.resolve(7);
    expect([(await cancelled).code, await other]).toEqual(['CANCELLED', 7]);
  });

  it('does not wait at all where the signal came first, and passes errors on', async () => {
    expect((await rejectionOf(abortable(new Promise(() => undefined), AbortSignal.abort()))).code).toBe('CANCELLED');
    const failed = new LitescopeError('RUNTIME_LOAD_FAILED', 'x');
    expect(await rejectionOf(abortable(Promise.reject(failed), new AbortController().signal))).toBe(failed);
  });

  it('leaves no listener behind', async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    await abortable(Promise.resolve(1), controller.signal);
    await Promise.resolve();
    expect(removed).toHaveBeenCalledTimes(1);
  });
});
