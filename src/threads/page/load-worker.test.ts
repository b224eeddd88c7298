import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../testing/errors';
import { loadWorker, watchReloads } from './load-worker';
import { OwnedWorker } from './owned-worker';

/** A browser's worker of which a test says what it does. */
class ScriptedWorker extends EventTarget {
  static made: ScriptedWorker[] = [];
  readonly address: string;
  readonly posted: unknown[] = [];
  terminated = false;

  constructor(address: string | URL) {
    super();
    this.address = String(address);
    ScriptedWorker.made.push(this);
  }

  postMessage(message: unknown): void { this.posted.push(message); }
  terminate(): void { this.terminated = true; }
  say(data: unknown): void { this.dispatchEvent(new MessageEvent('message', { data })); }

  /** @returns whether the event was left for the browser to show */
  fail(message: string): boolean { return this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message })); }
}

function load() {
  const heard: unknown[] = [];
  const failures: string[] = [];
  const worker = loadWorker((Worker) => new Worker('https://page.example/assets/made.worker-1.js', { type: 'module' }));
  worker.addEventListener('message', ({ data }) => { heard.push(data); });
  worker.addEventListener('error', ({ message }) => { failures.push(message); });
  return { worker, heard, failures };
}

const made = (place: number): ScriptedWorker => {
  const worker = ScriptedWorker.made[place];
  if (worker === undefined) throw new Error('No such worker was made.');
  return worker;
};
let reloads = 0;
let end: () => void;

beforeEach(() => {
  ScriptedWorker.made = [];
  reloads = 0;
  end = watchReloads(() => { reloads += 1; });
  vi.stubGlobal('Worker', ScriptedWorker);
  vi.stubGlobal('document', { baseURI: 'https://page.example/' });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

describe('a worker that is loaded', () => {
  it('gets what was posted before it was there, in order, once it says that it is', () => {
    const { worker, heard } = load();
    worker.postMessage('first');
    worker.postMessage('second');
    expect(made(0).posted).toEqual([]);
    made(0).say({ ready: true });
    worker.postMessage('third');
    made(0).say('answer');
    expect([made(0).posted, heard, reloads]).toEqual([['first', 'second', 'third'], ['answer'], 0]);
  });

  it('is asked for past the cache when it was refused without a word, and nothing that was posted is lost', () => {
    const { worker, failures } = load();
    worker.postMessage('first');
    expect(made(0).fail('')).toBe(false);
    expect(made(0).terminated).toBe(true);
    expect(made(1).address).toMatch(/^https:\/\/page\.example\/assets\/made\.worker-1\.js\?anew=\w+$/);
    made(1).say({ ready: true });
    expect([made(1).posted, failures, reloads]).toEqual([['first'], [], 1]);
  });

  it('that is refused again and again fails in the end', () => {
    const { failures } = load();
    for (let refusal = 0; refusal < 8; refusal++) made(refusal).fail('');
    expect([failures, ScriptedWorker.made.length, reloads]).toEqual([[''], 8, 0]);
  });

  it.each([
    ['whose script throws', 'Uncaught Error: planted', () => undefined],
    ['that was there already', '', (worker: ScriptedWorker) => { worker.say({ ready: true }); }],
    ['of a device that is offline', '', () => { vi.stubGlobal('navigator', { onLine: false }); }],
  ])('%s fails at once', (_, message, before) => {
    const { failures } = load();
    before(made(0));
    made(0).fail(message);
    expect([failures, ScriptedWorker.made.length]).toEqual([[message], 1]);
  });

  it('that was ended is not asked for anew', () => {
    const { worker } = load();
    worker.terminate();
    made(0).fail('');
    expect(ScriptedWorker.made).toHaveLength(1);
  });

  it('passes on to its owner what can be read and what cannot', async () => {
    const owner = new OwnedWorker<{ readonly double: (value: number) => number }>(loadWorker((Worker) => new Worker('/made.js')));
    const asked = rejectionOf(owner.remote.double(1));
    made(0).say({ ready: true });
    made(0).dispatchEvent(new MessageEvent('messageerror'));
    expect((await asked).details).toBe('A message could not be read.');
    expect(made(0).terminated).toBe(true);
  });
});
