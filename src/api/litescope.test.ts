import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred, type Deferred } from '../threads/testing/deferred';
import { rejectionOf } from '../threads/testing/errors';
import { summaryOf } from '../engine/testing/summary';
import type { LiveState } from '../engine/live/page/live-types';
import { createLitescope } from './litescope';
import { FakeSessions } from './testing/fake-sessions';

/** What the engine was asked to do, in order; each ends when the test says so. */
const { asked, fakes } = vi.hoisted(() => ({ asked: [] as { what: string; signal: AbortSignal | undefined; end: Deferred<unknown> }[], fakes: { sessions: null as FakeSessions | null } }));

const ask = (what: string, signal: AbortSignal | undefined) => {
  const end = deferred<unknown>();
  asked.push({ what, signal, end });
  return end.promise;
};

vi.mock('../engine/builds/page/capabilities', () => ({ capabilities: () => Promise.resolve({ cores: 2 }) }));
vi.mock('../studies/bench/page/environment', () => ({ measureEnvironment: () => null }));
vi.mock('../studies/session/page/sessions', () => ({ sessions: { attempt: (...given: Parameters<FakeSessions['attempt']>) => fakes.sessions?.attempt(...given) } }));
vi.mock('../studies/bench/page/benchmark', () => ({ measureRows: (rows: readonly unknown[], _plan: unknown, _comparison: unknown, { signal }: { signal?: AbortSignal }) => ask(`benchmark ${rows.length}`, signal) }));
vi.mock('../studies/roofline/page/measure-peak', () => ({ measurePeak: (_: unknown, counts: readonly number[]) => ask(`peak ${String(counts)}`, undefined) }));
vi.mock('../studies/variants/page/make-variant', () => ({
  previewPasses: () => ask('preview', undefined),
  estimateRecipe: () => ask('estimate', undefined),
  rewriteModel: (_model: unknown, _rewriting: unknown, _samples: unknown, { prove }: { prove?: boolean }) => ask(`rewrite ${prove === false ? 'without' : 'with'} proof`, undefined),
}));
vi.mock('../engine/live/page/stream', () => ({ Stream: { open: () => ask('stream', undefined) } }));
vi.mock('../gallery/page/gallery', () => ({ galleryModels: () => Promise.resolve([{ id: 'entry', title: 'Entry', file: 'entry.tflite', sha256: '00' }]), galleryUrl: () => 'https://example.org/entry.tflite' }));
vi.mock('../gallery/page/named-source', () => ({ openable: (source: unknown) => source, nameOf: () => 'model.tflite', publicAddress: () => undefined }));
/** The file's first byte is its hash. */
vi.mock('../gallery/page/open', () => ({
  startOpener: () => undefined,
  openSource: async (source: string | Blob | Uint8Array) => ({
    sha256: typeof source === 'string' ? '00' : String(source instanceof Blob ? 'made' : source[0]).padStart(2, '0'), bytes: 4, blob: new Blob([]), summary: summaryOf({ signatures: [{ key: '', subgraph: 0, inputs: [{ name: 'image', tensorName: 'image', tensorIndex: 0, dtype: 'float32', shape: [1, 32, 32, 3] }], outputs: [] }] }),
  }),
}));

const settled = () => new Promise<void>((resolve) => { setImmediate(resolve); });
const latest = () => asked.at(-1)?.end;

let sessions = new FakeSessions();
let litescope = createLitescope();

beforeEach(() => {
  asked.length = 0;
  fakes.sessions = sessions = new FakeSessions();
  litescope = createLitescope();
});

const open = (first: number) => litescope.open(new Uint8Array([first]));
const seen = () => [...asked.map(({ what }) => what), ...sessions.runs.map(({ session }) => `run in ${session}`)];

describe('what is timed', () => {
  it('is not disturbed by a run that is asked for meanwhile, of any model', async () => {
    const [a, b] = [await open(1), await open(2)];
    const benchmark = litescope.benchmark([a.id], [{}]);
    const run = litescope.run(b.id);
    await settled();
    expect(seen()).toEqual(['benchmark 1']);
    latest()?.resolve({ results: [] });
    await benchmark;
    await settled();
    expect(seen()).toEqual(['benchmark 1', 'run in 0']);
    sessions.finish();
    await run;
  });

  it('waits until a run is over, and takes the sessions that wait away', async () => {
    const { id } = await open(1);
    const run = litescope.run(id);
    await settled();
    const benchmark = litescope.benchmark([id], [{}]);
    await settled();
    expect([seen(), sessions.closed]).toEqual([['run in 0'], []]);
    sessions.finish();
    await run;
    await settled();
    expect([seen(), sessions.closed]).toEqual([['benchmark 1', 'run in 0'], [0]]);
    latest()?.resolve({ results: [] });
    await benchmark;
  });

  it('waits for what else is timed', async () => {
    const { id } = await open(1);
    const works = [litescope.benchmark([id], [{}, {}]), litescope.peak([1, 2])];
    await settled();
    expect(seen()).toEqual(['benchmark 2']);
    latest()?.resolve({ results: [] });
    await works[0];
    await settled();
    expect(seen()).toEqual(['benchmark 2', 'peak 1,2']);
    latest()?.resolve({});
    await Promise.all(works);
  });

  it('lets go when it fails', async () => {
    const { id } = await open(1);
    const benchmark = litescope.benchmark([id], [{}]);
    const run = litescope.run(id);
    await settled();
    latest()?.resolve(Promise.reject(new Error('broken')));
    await expect(benchmark).rejects.toThrow('broken');
    await settled();
    expect(sessions.runs).toHaveLength(1);
    sessions.finish();
    await run;
  });

  it('is a variant that is proved, and not one that is only made', async () => {
    const { id } = await open(1);
    const made = litescope.rewrite(id, { passes: [] }, [], { prove: false });
    await settled();
    const proved = litescope.rewrite(id, { passes: [] });
    await settled();
    expect(seen()).toEqual(['rewrite without proof']);
    latest()?.resolve({ file: new Blob([]), proof: null });
    // What was made is opened while the other one is under way.
    expect((await made).model).toMatchObject({ id: 'made', madeFrom: id });
    await settled();
    expect(seen()).toEqual(['rewrite without proof', 'rewrite with proof']);
    latest()?.resolve({ file: new Blob([]), proof: null });
    await proved;
  });

  it('makes streams stand still', async () => {
    const { id } = await open(1);
    let state: LiveState = { kind: 'running' };
    const live = { get state() { return state; }, pause: () => { state = { kind: 'paused' }; }, resume: () => { state = { kind: 'running' }; } };
    const opened = litescope.stream(id, { start: () => undefined, close: () => undefined } as never, { show: () => undefined });
    await settled();
    latest()?.resolve({ live, endSession: () => undefined });
    await opened;
    const peak = litescope.peak([1]);
    await settled();
    expect(state.kind).toBe('paused');
    latest()?.resolve({});
    await peak;
    expect(state.kind).toBe('running');
  });
});

describe('while something is timed', () => {
  it('what waits is cancelled at once', async () => {
    const { id } = await open(1);
    const benchmark = litescope.benchmark([id], [{}]);
    await vi.waitFor(() => { expect(seen()).toEqual(['benchmark 1']); });
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = [litescope.run(id, {}, {}, { signal }), litescope.profile(id, {}, {}, { signal }), litescope.compare([id], {}, [], { signal })].map(rejectionOf);
    controller.abort();
    expect((await Promise.all(waiting)).map(({ code }) => code)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect(seen()).toEqual(['benchmark 1']);
    latest()?.resolve({ results: [] });
    await benchmark;
  });

  it('a stream that waits and is cancelled closes its source', async () => {
    const { id } = await open(1);
    const benchmark = litescope.benchmark([id], [{}]);
    const controller = new AbortController();
    let closed = 0;
    const stream = rejectionOf(litescope.stream(id, { start: () => undefined, close: () => { closed++; } } as never, { show: () => undefined }, {}, { signal: controller.signal }));
    await settled();
    controller.abort();
    expect([(await stream).code, closed]).toEqual(['CANCELLED', 1]);
    latest()?.resolve({ results: [] });
    await benchmark;
  });

  it('models are opened, from the gallery too, and looked at', async () => {
    const { id } = await open(1);
    const benchmark = litescope.benchmark([id], [{}]);
    await settled();
    expect((await litescope.openFromGallery('entry')).name).toBe('Entry');
    const preview = litescope.previewPasses(id);
    await settled();
    expect(seen()).toEqual(['benchmark 1', 'preview']);
    for (const { end } of asked) end.resolve({ results: [] });
    await Promise.all([benchmark, preview]);
  });

  it('a model that is closed is not run when its time comes', async () => {
    const { id } = await open(1);
    const benchmark = litescope.benchmark([id], [{}]);
    const waiting = [litescope.run(id), litescope.benchmark([id], [{}]), litescope.compare([id])].map(rejectionOf);
    await settled();
    litescope.close(id);
    latest()?.resolve({ results: [] });
    await benchmark;
    expect((await Promise.all(waiting)).map(({ code }) => code)).toEqual(['UNKNOWN_MODEL', 'UNKNOWN_MODEL', 'UNKNOWN_MODEL']);
    expect(seen()).toEqual(['benchmark 1']);
  });
});

describe('a model that is not open', () => {
  it('is told of at once', async () => {
    const { id } = await open(1);
    const benchmark = litescope.benchmark([id], [{}]);
    await vi.waitFor(() => { expect(seen()).toEqual(['benchmark 1']); });
    for (const work of [litescope.run('no'), litescope.benchmark(['no'], [{}]), litescope.crossCheck(id, {}, { copies: { litert: 'no' } })]) expect((await rejectionOf(work)).code).toBe('UNKNOWN_MODEL');
    latest()?.resolve({ results: [] });
    await benchmark;
  });
});
