import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { CapturedFrame, FrameSource } from '../../../vision/sources/page/types';
import { FrameFigures } from './frame-figures';
import { FramePacer } from './frame-pacer';
import type { FrameCounts, LiveFigures, LiveState, ShownFrame } from './live-types';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';

/** The part of a session that a stream needs. */
export interface FrameSession {
  configureStream(settings: StreamSettings): Promise<void>;
  /** The frame is moved to the worker, which closes it. */
  frame(request: FrameRequest): Promise<FrameReply>;
  close(): void;
}

/** Who watches a stream. */
export interface StreamWatcher {
  /** Puts the picture on the page and takes it over. The time until it returns is part of the frame's latency. */
  show(picture: ImageBitmap): void;
  onFrame?(frame: ShownFrame): void;
  onState?(state: LiveState): void;
}

export interface StreamStart {
  readonly source: FrameSource;
  readonly session: FrameSession;
  readonly settings: StreamSettings;
  /** Frames a second at most; null for as many as the source gives. */
  readonly cap_fps: number | null;
  readonly watcher: StreamWatcher;
  /** Whether nobody can see the page; asked for each frame. */
  readonly isHidden?: () => boolean;
}

function epoch_ms(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Frames from a source through a session, live. One frame is in flight at a time and the latest one waits; what it
 * overtakes is dropped. Source, session and settings can be exchanged while the stream runs; it owns and closes them.
 */
export class LiveStream {
  readonly #watcher: StreamWatcher;
  readonly #pacer: FramePacer;
  readonly #isHidden: () => boolean;
  readonly #figures = new FrameFigures();
  readonly #counts = { received: 0, processed: 0, dropped: 0, skipped: 0, failed: 0 };
  #source: FrameSource;
  #session: FrameSession;
  #settings: StreamSettings;
  #state: LiveState = { kind: 'running' };
  #waiting: CapturedFrame | null = null;
  /** Between a frame's taking and the next one's. */
  #busy = false;
  /** Whether the taken frame is counted as in flight still: not while watchers are told what became of it. */
  #flying = false;
  #steps = 0;
  /** Whether the stream stood still by a person's wish when it was interrupted; it then comes back as it was left. */
  #pausedBefore = false;

  constructor({ source, session, settings, cap_fps, watcher, isHidden = () => document.hidden }: StreamStart) {
    this.#source = source;
    this.#session = session;
    this.#settings = settings;
    this.#watcher = watcher;
    this.#pacer = new FramePacer(cap_fps, isHidden);
    this.#isHidden = isHidden;
    this.#configure(session);
    this.#listen(source);
  }

  get state(): LiveState {
    return this.#state;
  }

  get settings(): StreamSettings {
    return this.#settings;
  }

  get source(): FrameSource {
    return this.#source;
  }

  get counts(): FrameCounts & { readonly waiting: number; readonly inFlight: number } {
    return { ...this.#counts, waiting: this.#waiting === null ? 0 : 1, inFlight: this.#flying ? 1 : 0 };
  }

  /** Figures of the latest seconds; some milliseconds of work at most, so ask a few times a second. */
  figures(): LiveFigures {
    return this.#figures.reading(performance.now());
  }

  pause(): void {
    if (this.#state.kind !== 'running') return;
    this.#skipWaiting();
    this.#enter({ kind: 'paused' });
  }

  resume(): void {
    if (this.#state.kind === 'paused') this.#enter({ kind: 'running' });
  }

  /** While paused: takes the next frame that comes, and only that. */
  step(): void {
    if (this.#state.kind === 'paused') this.#steps = 1;
  }

  /** Frames a second at most, from the next frame on. */
  cap(fps: number | null): void {
    this.#pacer.cap(fps);
  }

  /** From the next frame on. A stream that its session's settings had stopped goes on. */
  apply(settings: StreamSettings): void {
    if (this.#state.kind === 'closed') return;
    this.#settings = settings;
    this.#recover('session');
    this.#configure(this.#session);
    this.#pump();
  }

  /** Goes on with another source; the one before is closed. */
  useSource(source: FrameSource): void {
    if (this.#state.kind === 'closed') {
      source.close();
      return;
    }
    this.#source.close();
    this.#dropWaiting();
    this.#source = source;
    this.#pacer.restart();
    this.#figures.restart();
    this.#recover('source');
    this.#listen(source);
  }

  /** Ends the source, for a device that cannot be opened beside it. The stream stands still until another source comes. */
  releaseSource(): void {
    if (this.#state.kind === 'closed') return;
    this.#source.close();
    this.#dropWaiting();
    this.#interrupt('source', new LitescopeError('SOURCE_LOST', text.sourceMadeWay));
  }

  /** Goes on with another session; the one before is closed, and with it the frame that it was working on. */
  useSession(session: FrameSession, settings: StreamSettings): void {
    if (this.#state.kind === 'closed') {
      session.close();
      return;
    }
    const before = this.#session;
    this.#session = session;
    this.#settings = settings;
    before.close();
    this.#figures.restart();
    this.#configure(session);
    this.#recover('session');
    this.#pump();
  }

  /** Ends source and session. */
  close(): void {
    if (this.#state.kind === 'closed') return;
    this.#source.close();
    this.#session.close();
    this.#dropWaiting();
    this.#enter({ kind: 'closed' });
  }

  #enter(state: LiveState): void {
    this.#state = state;
    this.#watcher.onState?.(state);
  }

  #interrupt(by: 'source' | 'session', error: LitescopeError): void {
    if (this.#state.kind !== 'interrupted') this.#pausedBefore = this.#state.kind === 'paused';
    this.#enter({ kind: 'interrupted', by, error: error.serialize() });
  }

  #recover(by: 'source' | 'session'): void {
    if (this.#state.kind === 'interrupted' && this.#state.by === by) this.#enter({ kind: this.#pausedBefore ? 'paused' : 'running' });
  }

  #configure(session: FrameSession): void {
    session.configureStream(this.#settings).catch((error: unknown) => { this.#fail(session, error); });
  }

  #listen(source: FrameSource): void {
    source.start({
      onFrame: (frame) => {
        if (source === this.#source && this.#state.kind !== 'closed') this.#receive(frame);
        else frame.drop();
      },
      onEnd: (error) => {
        if (source !== this.#source || this.#state.kind === 'closed') return;
        this.#dropWaiting();
        this.#interrupt('source', error);
      },
    });
  }

  #receive(frame: CapturedFrame): void {
    this.#counts.received++;
    this.#figures.received(frame.captured_ms);
    if (!this.#wants(frame)) {
      this.#counts.skipped++;
      frame.drop();
      return;
    }
    this.#dropWaiting();
    this.#waiting = frame;
    this.#pump();
  }

  #wants(frame: CapturedFrame): boolean {
    switch (this.#state.kind) {
      case 'running': return this.#pacer.wants(frame.captured_ms);
      case 'paused': {
        if (this.#steps === 0) return false;
        this.#steps = 0;
        return true;
      }
      case 'interrupted':
      case 'closed': return false;
    }
  }

  #dropWaiting(): void {
    if (this.#waiting === null) return;
    this.#waiting.drop();
    this.#waiting = null;
    this.#counts.dropped++;
    this.#figures.dropped(performance.now());
  }

  #skipWaiting(): void {
    if (this.#waiting === null) return;
    this.#waiting.drop();
    this.#waiting = null;
    this.#counts.skipped++;
  }

  #pump(): void {
    if (this.#busy || this.#waiting === null) return;
    const frame = this.#waiting;
    this.#waiting = null;
    this.#busy = true;
    this.#flying = true;
    void this.#process(frame).finally(() => {
      this.#busy = false;
      this.#pump();
    });
  }

  async #process(captured: CapturedFrame): Promise<void> {
    let frame: VideoFrame | ImageBitmap;
    try {
      frame = await captured.take();
    } catch {
      // The source says itself when it has ended; a single frame that is gone is only lost.
      this.#land('failed');
      return;
    }
    // Only now: another session may have come while the frame was taken.
    const session = this.#session;
    try {
      const sent_ms = epoch_ms();
      const reply = await session.frame({ frame, captured_ms: performance.timeOrigin + captured.captured_ms, sent_ms });
      if (session !== this.#session || this.#state.kind === 'closed') {
        reply.picture.close();
        reply.preview?.close();
        this.#land('failed');
        return;
      }
      this.#watcher.show(reply.picture);
      const shown = this.#figures.shown(reply, epoch_ms(), !this.#isHidden());
      this.#land('processed');
      this.#watcher.onFrame?.(shown);
    } catch (error) {
      this.#land('failed');
      this.#fail(session, error);
    } finally {
      // The worker closes what was moved to it, of which this handle is empty; a session that has ended takes nothing.
      frame.close();
    }
  }

  /** Once for each frame, also when watchers throw after it. */
  #land(outcome: 'processed' | 'failed'): void {
    if (!this.#flying) return;
    this.#counts[outcome]++;
    this.#flying = false;
  }

  #fail(session: FrameSession, error: unknown): void {
    // A session that was exchanged ends with its calls, which is no failure of the stream.
    if (session !== this.#session || this.#state.kind === 'closed') return;
    this.#skipWaiting();
    this.#interrupt('session', LitescopeError.from(error));
  }
}
