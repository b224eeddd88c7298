import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Litescope, StreamOptions } from '../../api';
import type { StreamWatcher } from '../../engine/live/page/live-stream';
import type { Stream } from '../../engine/live/page/stream';
import { deferred } from '../../threads/testing/deferred';
import { LitescopeError } from '../../errors';
import type { FrameSource } from '../../vision/sources/page/types';
import { Problems } from '../state/problems.svelte';
import { fakeLitescope } from '../testing/fakes';
import { type LivePart, LiveStreams } from './live-streams.svelte';

/** A stream that only remembers what was asked of it. */
class FakeStream {
  readonly asked: string[] = [];
  configuration = { runtime: 'litert' };
  refusals: readonly unknown[] = [];
  readonly live = {
    settings: { preview: true, smoothing: 0 },
    counts: { received: 2, processed: 1, dropped: 0, skipped: 0, failed: 0 },
    figures: () => ({ window_s: 5 }),
    useSource: (source: FrameSource) => { this.asked.push(`source ${source.name}`); },
    releaseSource: () => { this.asked.push('release'); },
    apply: (settings: object) => { this.asked.push(`apply ${JSON.stringify(settings)}`); },
    pause: () => { this.asked.push('pause'); },
    resume: () => { this.asked.push('resume'); },
    step: () => { this.asked.push('step'); },
    cap: (fps: number | null) => { this.asked.push(`cap ${fps}`); },
  };

  close(): void { this.asked.push('close'); }
}

interface Opening {
  readonly id: string;
  readonly source: FrameSource;
  readonly watcher: StreamWatcher;
  readonly options: StreamOptions;
}

function sourceOf(name: string, closed: string[], kind: FrameSource['kind'] = 'picture'): FrameSource {
  return { kind, name, way: 'timer', clock: 'arrival', width: 4, height: 4, frameRate: null, facesPerson: false, start: () => undefined, close: () => { closed.push(name); } };
}

function partOf(id: string, more: Partial<LivePart> = {}): LivePart {
  return { model: { id, name: `model ${id}` }, options: {}, detector: null, settings: { smoothing: 0.5 }, show: () => undefined, showPreview: () => undefined, ...more };
}

function scene(open: (opening: Opening) => Promise<FakeStream> = () => Promise.resolve(new FakeStream())) {
  const openings: Opening[] = [];
  const closed: string[] = [];
  const switches: string[] = [];
  const problems = new Problems();
  const configuration = { requested: { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const, watchdogSeconds: 7 };
  const litescope = fakeLitescope({
    stream: (id: string, source: FrameSource, watcher: StreamWatcher, _: unknown, options: StreamOptions = {}) => {
      const opening = { id, source, watcher, options };
      openings.push(opening);
      return open(opening) as unknown as Promise<Stream>;
    },
    switchStream: (_: Stream, id: string) => { switches.push(id); return Promise.resolve(); },
    sources: { shareSource: (source: FrameSource, count: number) => Array.from({ length: count }, (_, index) => sourceOf(`${source.name}/${index}`, closed)) } as unknown as Litescope['sources'],
  });
  const streams = new LiveStreams(litescope, configuration, problems, 'live');
  return { openings, closed, switches, problems, configuration, streams };
}

const codesOf = (problems: Problems): readonly string[] => problems.list.map(({ error: { code } }) => code);

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('A start opens the source, then a session, and reads what it does four times a second', async () => {
  const stream = new FakeStream();
  const { streams, openings, problems } = scene(() => Promise.resolve(stream));
  streams.cap(15);
  const source = sourceOf('cat', []);
  const running = streams.start({ id: 'a', name: 'model a' }, () => Promise.resolve(source), () => [partOf('a', { options: { signature: 'main' } })]);
  expect(streams.phase).toBe('starting');
  await running;
  expect(streams.phase).toBe('on');
  expect(streams.source).toBe(source);
  expect(openings.map(({ id, source: { name } }) => [id, name])).toEqual([['a', 'cat']]);
  expect(openings[0]?.options).toMatchObject({ signature: 'main', settings: { smoothing: 0.5 }, cap_fps: 15, watchdog_ms: 7000 });
  expect(streams.readings).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(streams.readings).toEqual([{ frame: null, figures: { window_s: 5 }, counts: stream.live.counts }]);
  expect(problems.list).toEqual([]);
});

test('Two models share the source, and end together', async () => {
  const made: FakeStream[] = [];
  const { streams, openings } = scene(() => { const stream = new FakeStream(); made.push(stream); return Promise.resolve(stream); });
  await streams.start({ id: 'a', name: 'model a' }, () => Promise.resolve(sourceOf('cat', [])), () => [partOf('a'), partOf('b')]);
  expect(openings.map(({ id, source: { name } }) => [id, name])).toEqual([['a', 'cat/0'], ['b', 'cat/1']]);
  openings[1]?.watcher.onState?.({ kind: 'interrupted', by: 'source', error: new LitescopeError('SOURCE_LOST').serialize() });
  expect(streams.states.map(({ kind }) => kind)).toEqual(['running', 'interrupted']);
  streams.pause();
  streams.stop();
  expect(made.map(({ asked }) => asked)).toEqual([['pause', 'close'], ['pause', 'close']]);
  expect([streams.phase, streams.source, streams.readings, streams.ran]).toEqual(['off', null, [], []]);
});

test('When one of two does not run, neither does the other, and the device is off', async () => {
  const first = new FakeStream();
  const { streams, closed, problems } = scene(({ id }) => (id === 'a' ? Promise.resolve(first) : Promise.reject(new LitescopeError('UNSUPPORTED_OP', 'no'))));
  await streams.start({ id: 'a', name: 'model a' }, () => Promise.resolve(sourceOf('cat', [])), () => [partOf('a'), partOf('b')]);
  expect(streams.phase).toBe('off');
  expect(first.asked).toEqual(['close']);
  expect(closed).toEqual(['cat/0', 'cat/1']);
  expect(problems.list.map(({ place, modelId, subject, error }) => [place, modelId, subject, error.code])).toEqual([['live', 'a', 'model a', 'UNSUPPORTED_OP']]);
});

test('A start that was stopped does not switch off the next one, which is still under way', async () => {
  const [one, other] = [deferred<FakeStream>(), deferred<FakeStream>()];
  const pending = [one, other];
  const reached = [deferred(), deferred()];
  const { streams, problems } = scene(() => {
    reached[2 - pending.length]?.resolve();
    return pending.shift()?.promise ?? Promise.reject(new Error('There were two starts.'));
  });
  const [old, next] = [new FakeStream(), new FakeStream()];
  const begin = (name: string) => streams.start({ id: 'a', name: 'model a' }, () => Promise.resolve(sourceOf(name, [])), () => [partOf('a')]);
  const stopped = begin('first');
  await reached[0]?.promise;
  streams.stop();
  const second = begin('second');
  await reached[1]?.promise;
  one.resolve(old);
  await stopped;
  expect(streams.phase).toBe('starting');
  expect(old.asked).toEqual(['close']);
  other.resolve(next);
  await second;
  expect([streams.phase, streams.source?.name, next.asked]).toEqual(['on', 'second', []]);
  expect(problems.list).toEqual([]);
});

test('A source that opens after the stop is closed, and no session is opened for it', async () => {
  const opened = deferred<FrameSource>();
  const { streams, openings, closed } = scene();
  const running = streams.start({ id: 'a', name: 'model a' }, () => opened.promise, () => [partOf('a')]);
  streams.stop();
  opened.resolve(sourceOf('late', closed));
  await running;
  expect([streams.phase, openings.length, closed]).toEqual(['off', 0, ['late']]);
});

test('A running stream goes on with a new source in the same session; the latest one that was asked for counts', async () => {
  const stream = new FakeStream();
  const { streams, openings, closed } = scene(() => Promise.resolve(stream));
  const begin = (open: () => Promise<FrameSource>) => streams.start({ id: 'a', name: 'model a' }, open, () => [partOf('a')]);
  await begin(() => Promise.resolve(sourceOf('first', closed)));
  const slow = deferred<FrameSource>();
  const earlier = begin(() => slow.promise);
  await begin(() => Promise.resolve(sourceOf('second', closed)));
  slow.resolve(sourceOf('slow', closed));
  await earlier;
  expect([openings.length, streams.source?.name, closed]).toEqual([1, 'second', ['slow']]);
  expect(stream.asked).toEqual(['source second', 'apply {"preview":true,"smoothing":0.5}']);
});

test('A camera that runs gives way to the one that is wanted, where there is one at a time', async () => {
  const stream = new FakeStream();
  const { streams, problems } = scene(() => Promise.resolve(stream));
  const begin = (open: () => Promise<FrameSource>) => streams.start({ id: 'a', name: 'model a' }, open, () => [partOf('a')]);
  await begin(() => Promise.resolve(sourceOf('front', [], 'camera')));
  let tries = 0;
  await begin(() => { tries += 1; return tries === 1 ? Promise.reject(new LitescopeError('CAMERA_BUSY')) : Promise.resolve(sourceOf('back', [], 'camera')); });
  expect([tries, streams.source?.name, stream.asked.slice(0, 2), problems.list]).toEqual([2, 'back', ['release', 'source back'], []]);
});

test('A source that cannot be opened leaves what runs as it is, and is told', async () => {
  const stream = new FakeStream();
  const { streams, problems } = scene(() => Promise.resolve(stream));
  const begin = (open: () => Promise<FrameSource>) => streams.start({ id: 'a', name: 'model a' }, open, () => [partOf('a')]);
  await begin(() => Promise.resolve(sourceOf('cat', [])));
  await begin(() => Promise.reject(new LitescopeError('CAMERA_BUSY')));
  expect([streams.phase, streams.source?.name, stream.asked, codesOf(problems)]).toEqual(['on', 'cat', [], ['CAMERA_BUSY']]);
});

test('Changed settings go to the running session, another configuration to a new one', async () => {
  const stream = new FakeStream();
  const { streams, switches, configuration } = scene(() => Promise.resolve(stream));
  await streams.start({ id: 'a', name: 'model a' }, () => Promise.resolve(sourceOf('cat', [])), () => [partOf('a')]);
  streams.apply([partOf('a', { settings: { smoothing: 0.25 } })]);
  expect([stream.asked, switches]).toEqual([['apply {"preview":true,"smoothing":0.25}'], []]);
  stream.configuration = { runtime: 'tfjs-tflite' };
  Object.assign(configuration, { requested: { ...configuration.requested, runtime: 'tfjs-tflite' } });
  streams.apply([partOf('a')]);
  streams.apply([partOf('b')]);
  await vi.advanceTimersByTimeAsync(0);
  expect([stream.asked.length, switches, streams.ran]).toEqual([1, ['a', 'b'], [{ configuration: { runtime: 'tfjs-tflite' }, refusals: [] }]]);
  // A model that takes no pictures changes nothing.
  streams.apply([partOf('c', { settings: null })]);
  expect(switches).toEqual(['a', 'b']);
});
