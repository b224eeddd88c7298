import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import { defaultDrawingStyle } from '../../../vision/drawing/shared/drawing-style';
import type { CapturedFrame, FrameListener, FrameSource } from '../../../vision/sources/page/types';
import { LiveStream, type FrameSession, type StreamStart } from './live-stream';
import type { LiveState, ShownFrame } from './live-types';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';

const settings: StreamSettings = {
  input: 'input',
  preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } },
  drawing: defaultDrawingStyle,
  preview: false,
};

/** Frames and pictures that remember what became of them. */
class FakeFrame {
  closed = 0;
  readonly captured_ms: number;
  #moved = false;

  constructor(captured_ms = NaN) {
    this.captured_ms = captured_ms;
  }

  /** As a browser's transfer: this handle is empty afterwards, and the frame is closed by the one that is given. */
  move(): { close(): void } {
    if (this.#moved) throw new Error('A frame was moved twice.');
    this.#moved = true;
    return { close: () => { this.closed++; } };
  }

  close(): void {
    if (!this.#moved) this.closed++;
  }
}

class FakeSource implements FrameSource {
  readonly kind = 'camera';
  readonly name = 'fake';
  readonly way = 'track-processor';
  readonly clock = 'capture';
  readonly width = 640;
  readonly height = 480;
  readonly frameRate = 30;
  readonly facesPerson = false;
  readonly frames: FakeFrame[] = [];
  closed = false;
  #listener: FrameListener | null = null;

  start(listener: FrameListener): void { this.#listener = listener; }
  close(): void { this.closed = true; }

  deliver(captured_ms = performance.now()): FakeFrame {
    const frame = new FakeFrame(captured_ms);
    // What is closed delivers nothing.
    if (this.closed) {
      frame.close();
      return frame;
    }
    this.frames.push(frame);
    const captured: CapturedFrame = {
      captured_ms,
      take: () => Promise.resolve(frame as unknown as VideoFrame),
      drop: () => { frame.close(); },
    };
    this.#listener?.onFrame(captured);
    return frame;
  }

  end(error: LitescopeError): void { this.#listener?.onEnd(error); }
}

/** Answers when the test says so. */
class FakeSession implements FrameSession {
  closed = false;
  readonly configured: StreamSettings[] = [];
  readonly pictures: FakeFrame[] = [];
  #answer: { request: FrameRequest; moved: { close(): void }; resolve(reply: FrameReply): void; reject(error: LitescopeError): void } | null = null;
  #number = 0;

  configureStream(asked: StreamSettings): Promise<void> {
    this.configured.push(asked);
    return Promise.resolve();
  }

  frame(request: FrameRequest): Promise<FrameReply> {
    if (this.#answer !== null) throw new Error('Two frames are in flight.');
    // As a session whose worker is gone: nothing is moved.
    if (this.closed) return Promise.reject(new LitescopeError('SESSION_CLOSED'));
    const moved = (request.frame as unknown as FakeFrame).move();
    return new Promise((resolve, reject) => { this.#answer = { request, moved, resolve, reject }; });
  }

  get busy(): boolean { return this.#answer !== null; }

  finish(): void {
    if (this.#answer === null) return;
    const { request, moved, resolve } = this.#answer;
    this.#answer = null;
    moved.close();
    const picture = new FakeFrame();
    this.pictures.push(picture);
    const { captured_ms, sent_ms } = request;
    const times = { captured_ms, sent_ms, received_ms: sent_ms + 1, preprocessed_ms: sent_ms + 3, invoked_ms: sent_ms + 13, decoded_ms: sent_ms + 14, drawn_ms: sent_ms + 16 };
    resolve({
      number: ++this.#number, picture: picture as unknown as ImageBitmap, decoded: null, decodeError: null, outputs: [], preview: null, extra_ms: 2, pixelPath: 'RGBA', times,
      placement: { sourceWidth: 1, sourceHeight: 1, targetWidth: 1, targetHeight: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 }, wasm_memory_bytes: 0,
    });
  }

  fail(error: LitescopeError): void {
    if (this.#answer === null) return;
    const { moved, reject } = this.#answer;
    this.#answer = null;
    moved.close();
    reject(error);
  }

  close(): void {
    this.closed = true;
    this.fail(new LitescopeError('SESSION_CLOSED'));
  }
}

/** Lets everything happen that waits for nothing but promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function open(more: Partial<StreamStart> = {}) {
  const source = new FakeSource();
  const session = new FakeSession();
  const shown: ShownFrame[] = [];
  const pictures: ImageBitmap[] = [];
  const states: LiveState[] = [];
  const watcher = {
    show: (picture: ImageBitmap) => { pictures.push(picture); },
    onFrame: (frame: ShownFrame) => {
      shown.push(frame);
      expectToAddUp(stream.counts);
    },
    onState: (state: LiveState) => {
      states.push(state);
      expectToAddUp(stream.counts);
    },
  };
  const stream: LiveStream = new LiveStream({ source, session, settings, cap_fps: null, watcher, isHidden: () => false, ...more });
  return { stream, source, session, shown, pictures, states };
}

/** `received` is the sum of all that became of the frames. */
function expectToAddUp({ received, processed, dropped, skipped, failed, waiting, inFlight }: LiveStream['counts']): void {
  expect(processed + dropped + skipped + failed + waiting + inFlight).toBe(received);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

describe('a live stream', () => {
  test('has one frame in flight, and the latest one waits', async () => {
    const { stream, source, session, shown } = open();
    const frames = [source.deliver(), source.deliver(), source.deliver()];
    await settle();
    expect(stream.counts).toEqual({ received: 3, processed: 0, dropped: 1, skipped: 0, failed: 0, waiting: 1, inFlight: 1 });
    expect(frames.map(({ closed }) => closed)).toEqual([0, 1, 0]);
    session.finish();
    await settle();
    session.finish();
    await settle();
    expect(stream.counts).toEqual({ received: 3, processed: 2, dropped: 1, skipped: 0, failed: 0, waiting: 0, inFlight: 0 });
    expect(frames.map(({ closed }) => closed)).toEqual([1, 1, 1]);
    expect(shown.map(({ reply }) => reply.number)).toEqual([1, 2]);
  });

  test('divides the latency among the stages, without what is beside them', async () => {
    const { source, session, shown } = open();
    const captured = performance.now();
    vi.advanceTimersByTime(5);
    source.deliver(captured);
    await settle();
    vi.advanceTimersByTime(20);
    session.finish();
    await settle();
    const [frame] = shown;
    // Shown 20 ms after it was sent, of which 2 ms are extra: 16 in the worker, 1 there and 1 back.
    expect(frame?.stages).toEqual({ capture_wait: 5, detect: 0, transfer: 3, preprocess: 2, invoke: 10, decode: 1, draw: 2 });
    expect(frame?.latency_ms).toBe(23);
  });

  test('pauses, steps and goes on', async () => {
    const { stream, source, session, states } = open();
    stream.pause();
    source.deliver();
    await settle();
    expect(session.busy).toBe(false);
    stream.step();
    source.deliver();
    source.deliver();
    await settle();
    session.finish();
    await settle();
    expect(stream.counts).toMatchObject({ received: 3, processed: 1, skipped: 2, dropped: 0 });
    stream.resume();
    source.deliver();
    await settle();
    expect(session.busy).toBe(true);
    expect(states.map(({ kind }) => kind)).toEqual(['paused', 'running']);
  });

  test('keeps to its cap, evenly', async () => {
    const { stream, source, session, shown } = open({ cap_fps: 15 });
    for (let tick = 0; tick < 60; tick++) {
      vi.advanceTimersByTime(1000 / 30);
      source.deliver();
      await settle();
      session.finish();
      await settle();
    }
    expect(stream.counts).toMatchObject({ received: 60, processed: 30, skipped: 30, dropped: 0 });
    const gaps = shown.slice(1).map(({ reply }, index) => Math.round(reply.times.captured_ms - (shown[index]?.reply.times.captured_ms ?? NaN)));
    expect(new Set(gaps)).toEqual(new Set([67]));
  });

  test('slows down while nobody sees it, and goes on at once', async () => {
    let hidden = true;
    const { stream, source, session } = open({ isHidden: () => hidden });
    const run = async (ticks: number) => {
      for (let tick = 0; tick < ticks; tick++) {
        vi.advanceTimersByTime(100);
        source.deliver();
        await settle();
        session.finish();
        await settle();
      }
    };
    await run(30);
    expect(stream.counts).toMatchObject({ processed: 4, skipped: 26 });
    hidden = false;
    await run(5);
    expect(stream.counts).toMatchObject({ processed: 9, skipped: 26 });
  });

  test('goes on with another session; what the old one was working on is lost', async () => {
    const { stream, source, session, states } = open();
    const lost = source.deliver();
    await settle();
    const other = new FakeSession();
    stream.useSession(other, { ...settings, preview: true });
    await settle();
    expect(session.closed).toBe(true);
    expect(lost.closed).toBe(1);
    expect(other.configured).toEqual([{ ...settings, preview: true }]);
    source.deliver();
    await settle();
    other.finish();
    await settle();
    expect(stream.counts).toEqual({ received: 2, processed: 1, dropped: 0, skipped: 0, failed: 1, waiting: 0, inFlight: 0 });
    expect(states).toEqual([]);
  });

  test('says why it stands still, and a new session or source brings it back', async () => {
    const { stream, source, session, states } = open();
    source.deliver();
    await settle();
    session.fail(new LitescopeError('INVOKE_FAILED', 'The reason.'));
    await settle();
    expect(stream.state).toMatchObject({ kind: 'interrupted', by: 'session', error: { code: 'INVOKE_FAILED', details: 'The reason.' } });
    source.deliver();
    expect(stream.counts).toMatchObject({ received: 2, failed: 1, skipped: 1 });
    stream.useSession(new FakeSession(), settings);
    expect(stream.state).toEqual({ kind: 'running' });
    source.end(new LitescopeError('INTERNAL', 'Unplugged.'));
    expect(stream.state).toMatchObject({ kind: 'interrupted', by: 'source' });
    const other = new FakeSource();
    stream.useSource(other);
    expect(source.closed).toBe(true);
    expect(states.map(({ kind }) => kind)).toEqual(['interrupted', 'running', 'interrupted', 'running']);
  });

  test('waits without a source for one that could not be opened beside it', async () => {
    const { stream, source, states } = open();
    source.deliver();
    const waiting = source.deliver();
    stream.releaseSource();
    await settle();
    expect([source.closed, waiting.closed]).toEqual([true, 1]);
    expect(stream.state).toMatchObject({ kind: 'interrupted', by: 'source', error: { code: 'SOURCE_LOST' } });
    stream.useSource(new FakeSource());
    expect(states.map(({ kind }) => kind)).toEqual(['interrupted', 'running']);
    stream.close();
    stream.releaseSource();
    expect(stream.state).toEqual({ kind: 'closed' });
  });

  test('comes back paused when it was interrupted while paused', async () => {
    const { stream, source, session, states } = open();
    stream.pause();
    source.end(new LitescopeError('SOURCE_LOST', 'Unplugged.'));
    expect(stream.state).toMatchObject({ kind: 'interrupted', by: 'source' });
    const other = new FakeSource();
    stream.useSource(other);
    expect(stream.state).toEqual({ kind: 'paused' });
    other.deliver();
    expect(stream.counts).toMatchObject({ received: 1, skipped: 1 });
    stream.step();
    other.deliver();
    await settle();
    session.fail(new LitescopeError('INVOKE_FAILED'));
    await settle();
    stream.apply(settings);
    expect(stream.state).toEqual({ kind: 'paused' });
    stream.resume();
    // What was left does not come back with the next interruption.
    other.end(new LitescopeError('SOURCE_LOST'));
    stream.useSource(new FakeSource());
    expect(states.map(({ kind }) => kind)).toEqual(['paused', 'interrupted', 'paused', 'interrupted', 'paused', 'running', 'interrupted', 'running']);
  });

  test('keeps no frame of a session that ended by itself', async () => {
    const { stream, source, session } = open();
    session.close();
    const lost = source.deliver();
    await settle();
    expect(lost.closed).toBe(1);
    expect(stream.state).toMatchObject({ kind: 'interrupted', by: 'session', error: { code: 'SESSION_CLOSED' } });
    expect(stream.counts).toMatchObject({ received: 1, failed: 1 });
  });

  test('gives a frame to the session that came while it was taken', async () => {
    const { stream, source, session } = open();
    source.deliver();
    const other = new FakeSession();
    stream.useSession(other, settings);
    await settle();
    expect([session.busy, other.busy]).toEqual([false, true]);
    other.finish();
    await settle();
    expect(stream.counts).toMatchObject({ received: 1, processed: 1, failed: 0 });
  });

  test('counts a frame once and says why it stands still when a watcher throws', async () => {
    const { stream, source, session } = open({ watcher: { show: () => undefined, onFrame: () => { throw new Error('My own mistake.'); } } });
    source.deliver();
    await settle();
    session.finish();
    await settle();
    expect(stream.counts).toEqual({ received: 1, processed: 1, dropped: 0, skipped: 0, failed: 0, waiting: 0, inFlight: 0 });
    expect(stream.state).toMatchObject({ kind: 'interrupted', error: { code: 'INTERNAL', details: 'My own mistake.' } });
  });

  test('closes everything', async () => {
    const { stream, source, session } = open();
    const frames = [source.deliver(), source.deliver()];
    await settle();
    stream.close();
    await settle();
    expect([source.closed, session.closed]).toEqual([true, true]);
    expect(frames.map(({ closed }) => closed)).toEqual([1, 1]);
    expect(stream.state).toEqual({ kind: 'closed' });
    expectToAddUp(stream.counts);
  });

  test('adds up, keeps the order and closes every frame once, whatever happens in whatever order', async () => {
    const deeds = [
      'deliver', 'deliver', 'deliver', 'finish', 'finish', 'fail', 'die', 'pause', 'resume', 'step', 'cap', 'uncap', 'hide', 'look', 'session', 'source', 'release', 'apply', 'end', 'wait', 'wait',
    ] as const;
    /** What is done, and how many turns pass afterwards: few leave the frame between its taking and its sending. */
    const steps = fc.array(fc.tuple(fc.constantFrom(...deeds), fc.constantFrom(0, 1, 2, 20)), { maxLength: 80 });
    await fc.assert(fc.asyncProperty(steps, async (list) => {
      let hidden = false;
      const { stream, source, session, pictures, shown } = open({ isHidden: () => hidden });
      const sources = [source];
      const sessions = [session];
      const latest = <T>(items: readonly T[]): T => items.at(-1) as T;
      for (const [deed, turns] of list) {
        switch (deed) {
          case 'deliver': latest(sources).deliver(); break;
          case 'finish': latest(sessions).finish(); break;
          case 'fail': latest(sessions).fail(new LitescopeError('INVOKE_FAILED')); break;
          case 'die': latest(sessions).close(); break;
          case 'pause': stream.pause(); break;
          case 'resume': stream.resume(); break;
          case 'step': stream.step(); break;
          case 'cap': stream.cap(20); break;
          case 'uncap': stream.cap(null); break;
          case 'hide': hidden = true; break;
          case 'look': hidden = false; break;
          case 'session': sessions.push(new FakeSession()); stream.useSession(latest(sessions), settings); break;
          case 'source': sources.push(new FakeSource()); stream.useSource(latest(sources)); break;
          case 'release': stream.releaseSource(); break;
          case 'apply': stream.apply(settings); break;
          case 'end': latest(sources).end(new LitescopeError('INTERNAL')); break;
          case 'wait': vi.advanceTimersByTime(30); break;
        }
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        expectToAddUp(stream.counts);
      }
      stream.close();
      await settle();
      expectToAddUp(stream.counts);
      const { received, processed, waiting, inFlight } = stream.counts;
      expect([waiting, inFlight]).toEqual([0, 0]);
      const frames = sources.flatMap((each) => each.frames);
      expect(frames).toHaveLength(received);
      expect(frames.map(({ closed }) => closed)).toEqual(frames.map(() => 1));
      expect(sources.every(({ closed }) => closed)).toBe(true);
      expect(sessions.every(({ closed }) => closed)).toBe(true);
      expect(pictures).toHaveLength(processed);
      // What is not shown was closed by the stream.
      const made = sessions.flatMap((each) => each.pictures);
      expect(made.map(({ closed }) => closed)).toEqual(made.map((picture) => (pictures.includes(picture as unknown as ImageBitmap) ? 0 : 1)));
      const order = shown.map(({ reply }) => reply.times.captured_ms);
      expect(order).toEqual([...order].sort((left, right) => left - right));
    }), { numRuns: 500 });
  });
});
