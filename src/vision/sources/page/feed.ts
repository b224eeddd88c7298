import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { CapturedFrame, FrameListener, FrameSource, FrameWay, SourceKind } from './types';

/** One way for frames to come; a source without name and owner. */
export interface FrameFeed {
  readonly way: FrameWay;
  readonly clock: FrameSource['clock'];
  /** Pixels; those of the latest frame. */
  readonly width: number;
  readonly height: number;
  /** Called once. `fail` may be called once, and no frame comes afterwards. */
  start(deliver: (frame: CapturedFrame) => void, fail: (error: LitescopeError) => void): void;
  /** No frame comes afterwards, and frames that were on their way are closed. Called once, started or not. */
  stop(): void;
}

export interface SourceFacts {
  readonly kind: SourceKind;
  readonly name: string;
  readonly facesPerson: boolean;
  /** Asked whenever someone wants to know: some tracks know it only after their first frames. */
  frameRate(): number | null;
}

/** A source whose frames come from a feed. */
export class FedSource implements FrameSource {
  readonly kind: SourceKind;
  readonly name: string;
  readonly facesPerson: boolean;
  readonly #facts: SourceFacts;
  readonly #feed: FrameFeed;
  readonly #release: () => void;
  #listener: FrameListener | null = null;
  #closed = false;
  /** Why it ended before anybody listened. */
  #lost: LitescopeError | null = null;

  /** @param release frees what the feed does not own: the device, the file's address */
  constructor(facts: SourceFacts, feed: FrameFeed, release: () => void) {
    this.kind = facts.kind;
    this.name = facts.name;
    this.facesPerson = facts.facesPerson;
    this.#facts = facts;
    this.#feed = feed;
    this.#release = release;
  }

  get way(): FrameWay {
    return this.#feed.way;
  }

  get clock(): FrameSource['clock'] {
    return this.#feed.clock;
  }

  get width(): number {
    return this.#feed.width;
  }

  get height(): number {
    return this.#feed.height;
  }

  get frameRate(): number | null {
    return this.#facts.frameRate();
  }

  /** @throws LitescopeError INTERNAL when it was started before or closed by its owner */
  start(listener: FrameListener): void {
    const lost = this.#lost;
    if (lost !== null) {
      this.#lost = null;
      queueMicrotask(() => { listener.onEnd(lost); });
      return;
    }
    if (this.#listener !== null || this.#closed) throw new LitescopeError('INTERNAL', text.startedTwice);
    this.#listener = listener;
    this.#feed.start((frame) => { listener.onFrame(frame); }, (error) => { this.lose(error); });
  }

  /** The source ended by itself: everything is freed, then the listener hears why. */
  lose(error: LitescopeError): void {
    if (this.#closed) return;
    const listener = this.#listener;
    this.close();
    if (listener === null) this.#lost = error;
    else listener.onEnd(error);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#feed.stop();
    this.#release();
  }
}
