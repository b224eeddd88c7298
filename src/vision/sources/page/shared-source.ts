import type { LitescopeError } from '../../../errors';
import type { CapturedFrame, FrameListener, FrameSource } from './types';

type Picture = VideoFrame | ImageBitmap;

/**
 * One source for several streams, each of which owns a part of it as if it were a source of its own. All get the same
 * frames: the next one is handed on when everybody has taken or dropped the one before, and what comes meanwhile is
 * dropped, so that the fastest waits for the slowest. The source starts with the first part and closes with the last.
 *
 * @param count how many parts
 */
export function shareSource(source: FrameSource, count: number): readonly FrameSource[] {
  return new SharedSource(source, count).parts;
}

class SharedSource {
  readonly source: FrameSource;
  readonly parts: readonly Part[];
  #latest: SharedFrame | null = null;
  #started = false;

  constructor(source: FrameSource, count: number) {
    this.source = source;
    this.parts = Array.from({ length: count }, () => new Part(this));
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.source.start({
      onFrame: (frame) => { this.#hand(frame); },
      onEnd: (error) => { for (const part of this.parts) part.end(error); },
    });
  }

  /** A part that is gone no longer keeps the others waiting. */
  partClosed(): void {
    if (this.parts.every(({ closed }) => closed)) this.source.close();
  }

  #hand(frame: CapturedFrame): void {
    const open = this.parts.filter(({ closed }) => !closed);
    const ready = open.every(({ listener }) => listener !== null);
    if (!ready || open.length === 0 || this.#latest?.undecided === true) {
      frame.drop();
      return;
    }
    const shared = new SharedFrame(frame, open.length);
    this.#latest = shared;
    for (const part of open) part.listener?.onFrame(shared.part());
  }
}

class Part implements FrameSource {
  readonly #shared: SharedSource;
  listener: FrameListener | null = null;
  closed = false;

  constructor(shared: SharedSource) {
    this.#shared = shared;
  }

  get kind() { return this.#shared.source.kind; }
  get name() { return this.#shared.source.name; }
  get way() { return this.#shared.source.way; }
  get clock() { return this.#shared.source.clock; }
  get width() { return this.#shared.source.width; }
  get height() { return this.#shared.source.height; }
  get frameRate() { return this.#shared.source.frameRate; }
  get facesPerson() { return this.#shared.source.facesPerson; }

  start(listener: FrameListener): void {
    this.listener = listener;
    this.#shared.start();
  }

  end(error: LitescopeError): void {
    if (this.closed) return;
    this.closed = true;
    this.listener?.onEnd(error);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#shared.partClosed();
  }
}

/** A frame that several take: all but the last get copies, so that whoever takes it may move and close it. */
class SharedFrame {
  readonly #frame: CapturedFrame;
  #open: number;
  #taken: Promise<Picture> | null = null;
  readonly #copies: Promise<unknown>[] = [];

  constructor(frame: CapturedFrame, parts: number) {
    this.#frame = frame;
    this.#open = parts;
  }

  /** Whether somebody has neither taken nor dropped it. */
  get undecided(): boolean {
    return this.#open > 0;
  }

  part(): CapturedFrame {
    return { captured_ms: this.#frame.captured_ms, take: () => this.#take(), drop: () => { this.#drop(); } };
  }

  #take(): Promise<Picture> {
    this.#open--;
    this.#taken ??= this.#frame.take();
    if (!this.undecided) return this.#original(this.#taken);
    const copy = this.#taken.then(copyOf);
    this.#copies.push(copy);
    return copy;
  }

  #drop(): void {
    this.#open--;
    if (this.undecided) return;
    if (this.#taken === null) this.#frame.drop();
    // What could not be taken was told to those who tried.
    else this.#original(this.#taken).then((picture) => { picture.close(); }, () => undefined);
  }

  /** Moving or closing it before the copies are made would leave them without pixels. */
  async #original(taken: Promise<Picture>): Promise<Picture> {
    await Promise.allSettled(this.#copies);
    return taken;
  }
}

/** A VideoFrame's copy shares its pixels. */
function copyOf(picture: Picture): Picture | Promise<ImageBitmap> {
  return 'clone' in picture ? picture.clone() : createImageBitmap(picture);
}
