import { untrack } from 'svelte';
import type { Litescope, OpenModel, StreamOptions } from '../../api';
import type { SessionOptions } from '../../engine/session/page/session';
import type { FrameCounts, LiveFigures, LiveState as StreamState, ShownFrame } from '../../engine/live/page/live-types';
import type { Stream } from '../../engine/live/page/stream';
import type { StreamSettings } from '../../engine/stream/shared/types';
import { LitescopeError } from '../../errors';
import { live as text } from '../../messages/live';
import type { FrameSource } from '../../vision/sources/page/types';
import { describeProgress, type ProgressView } from '../../wording/progress';
import type { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import type { ProblemPlace, Problems } from '../state/problems.svelte';

/** How often figures are read while streams run, in milliseconds: as fast as a person can read them. */
const reading_ms = 250;

export type LivePhase = 'off' | 'starting' | 'on';

/** What the page shows of a stream's latest frame, four times a second. */
export interface LiveReading {
  readonly frame: ShownFrame | null;
  readonly figures: LiveFigures;
  readonly counts: FrameCounts;
}

/** What one model does with the frames, and where its pictures go. */
export interface LivePart {
  readonly model: Pick<OpenModel, 'id' | 'name'>;
  readonly options: SessionOptions;
  /** Id of the gallery's model that finds what this one looks at; null where it looks at whole frames. */
  readonly detector: string | null;
  /** Null for a model that takes no pictures. */
  readonly settings: Partial<StreamSettings> | null;
  /** Puts a picture on the page, and takes it over. */
  show(picture: ImageBitmap): void;
  /** Likewise what the model sees. */
  showPreview(preview: ImageBitmap): void;
}

/** A stream as it runs, with what its watcher was told. */
class Running {
  readonly stream: Stream;
  /** What its session was opened for; another model or configuration needs another session. */
  target: string;
  readonly watch: Watch;

  constructor(stream: Stream, target: string, watch: Watch) {
    this.stream = stream;
    this.target = target;
    this.watch = watch;
  }
}

class Watch {
  readonly #part: LivePart;
  #state = $state.raw<StreamState>({ kind: 'running' });
  latest: ShownFrame | null = null;

  constructor(part: LivePart) {
    this.#part = part;
  }

  get state(): StreamState { return this.#state; }

  show(picture: ImageBitmap): void { this.#part.show(picture); }

  onFrame(frame: ShownFrame): void {
    const { preview } = frame.reply;
    if (preview !== null) this.#part.showPreview(preview);
    this.latest = frame;
  }

  onState(state: StreamState): void { this.#state = state; }
}

/** Streams on the frames of one source, one for each model: they start and end together, and what they do is read together. */
export class LiveStreams {
  readonly #litescope: Litescope;
  readonly #configuration: Pick<ConfigurationChoice, 'requested' | 'watchdogSeconds'>;
  readonly #problems: Problems;
  readonly #place: ProblemPlace;
  #phase = $state<LivePhase>('off');
  #progress = $state.raw<ProgressView | null>(null);
  #running = $state.raw<readonly Running[]>([]);
  #ran = $state.raw<readonly Pick<Stream, 'configuration' | 'refusals'>[]>([]);
  #readings = $state.raw<readonly LiveReading[]>([]);
  #source = $state.raw<FrameSource | null>(null);
  #capFps = $state<number | null>(null);
  #controller: AbortController | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The latest source that was asked for; one that opens later is out of date. */
  #asked = 0;

  /** @param place where its failures are shown */
  constructor(litescope: Litescope, configuration: Pick<ConfigurationChoice, 'requested' | 'watchdogSeconds'>, problems: Problems, place: ProblemPlace) {
    this.#litescope = litescope;
    this.#configuration = configuration;
    this.#problems = problems;
    this.#place = place;
  }

  get phase(): LivePhase { return this.#phase; }
  get progress(): ProgressView { return this.#progress ?? { text: text.starting, fraction: null }; }
  get source(): FrameSource | null { return this.#source; }
  /** Frames a second at most; null for as many as the source gives. */
  get capFps(): number | null { return this.#capFps; }
  /** One of each stream, as all that follows; empty while nothing runs. */
  get readings(): readonly LiveReading[] { return this.#readings; }
  get states(): readonly StreamState[] { return this.#running.map(({ watch }) => watch.state); }
  /** What runs, and what was tried before. */
  get ran(): readonly Pick<Stream, 'configuration' | 'refusals'>[] { return this.#ran; }

  /**
   * Starts a source with a stream for each part, or takes streams that run to the new source. Failures become problems.
   * @param subject the model that a failure is shown with
   * @param partsFor called once the source is open, which may tell how it is to be shown
   */
  async start(subject: Pick<OpenModel, 'id' | 'name'>, open: () => Promise<FrameSource>, partsFor: (source: FrameSource) => readonly LivePart[]): Promise<void> {
    if (this.#phase === 'starting') return;
    this.#problems.clear(this.#place, subject.id);
    const controller = new AbortController();
    this.#controller = controller;
    const running = this.#running;
    const asked = ++this.#asked;
    if (running.length === 0) this.#phase = 'starting';
    try {
      const source = await this.#open(open, running);
      if (asked !== this.#asked || controller.signal.aborted) {
        source.close();
        return;
      }
      const parts = partsFor(source);
      if (running.length > 0) {
        for (const [position, share] of this.#share(source, running.length).entries()) running[position]?.stream.live.useSource(share);
        this.#source = source;
        this.apply(parts);
        return;
      }
      this.#begin(await this.#openAll(source, parts, controller.signal), source);
    } catch (error) {
      this.#tell(subject, error, () => { void this.start(subject, open, partsFor); });
      // Another start may have taken over meanwhile.
      if (this.#controller === controller && this.#running.length === 0) this.#phase = 'off';
    }
  }

  /** Ends the streams and turns the device off. Effects call it, which are not to run again for what it ends. */
  stop(): void {
    this.#controller?.abort();
    this.#controller = null;
    clearInterval(this.#timer);
    for (const { stream } of untrack(() => this.#running)) stream.close();
    this.#running = [];
    this.#ran = [];
    this.#readings = [];
    this.#source = null;
    this.#progress = null;
    this.#phase = 'off';
  }

  pause(): void { for (const { stream } of this.#running) stream.live.pause(); }
  resume(): void { for (const { stream } of this.#running) stream.live.resume(); }
  step(): void { for (const { stream } of this.#running) stream.live.step(); }

  cap(fps: number | null): void {
    this.#capFps = fps;
    for (const { stream } of this.#running) stream.live.cap(fps);
  }

  /** Takes changed choices to the streams that run: settings at once, another model or configuration by a new session. */
  apply(parts: readonly LivePart[]): void {
    for (const [position, running] of this.#running.entries()) {
      const part = parts[position];
      if (part === undefined || part.settings === null) continue;
      const target = this.#targetOf(part);
      if (target !== running.target) {
        running.target = target;
        void this.#switch(running, part);
      } else {
        const { live } = running.stream;
        live.apply({ ...live.settings, ...part.settings });
      }
    }
  }

  /** Many phones have one camera at a time: the one that runs gives way to the one that is wanted. */
  async #open(open: () => Promise<FrameSource>, running: readonly Running[]): Promise<FrameSource> {
    try {
      return await open();
    } catch (error) {
      if (running.length === 0 || running !== this.#running || this.#source?.kind !== 'camera' || LitescopeError.from(error).code !== 'CAMERA_BUSY') throw error;
      for (const { stream } of running) stream.live.releaseSource();
      return open();
    }
  }

  /** A stream of its own takes the latest frame; those that share one wait for each other. */
  #share(source: FrameSource, count: number): readonly FrameSource[] {
    return count === 1 ? [source] : this.#litescope.sources.shareSource(source, count);
  }

  /** All or none. */
  async #openAll(source: FrameSource, parts: readonly LivePart[], signal: AbortSignal): Promise<readonly Running[]> {
    const shares = this.#share(source, parts.length);
    const opened: Running[] = [];
    try {
      for (const [position, share] of shares.entries()) {
        const part = parts[position];
        if (signal.aborted || part === undefined) throw new LitescopeError('CANCELLED');
        const target = this.#targetOf(part);
        const watch = new Watch(part);
        const stream = await this.#litescope.stream(part.model.id, share, watch, this.#configuration.requested, await this.#options(part, signal));
        opened.push(new Running(stream, target, watch));
      }
      if (signal.aborted) throw new LitescopeError('CANCELLED');
      return opened;
    } catch (error) {
      for (const { stream } of opened) stream.close();
      for (const share of shares) share.close();
      throw error;
    }
  }

  #begin(running: readonly Running[], source: FrameSource): void {
    this.#running = running;
    this.#ran = running.map(({ stream }) => ranOf(stream));
    this.#source = source;
    this.#phase = 'on';
    this.#timer = setInterval(() => { this.#read(); }, reading_ms);
  }

  async #switch(running: Running, part: LivePart): Promise<void> {
    const { model } = part;
    this.#problems.clear(this.#place, model.id);
    try {
      await this.#litescope.switchStream(running.stream, model.id, this.#configuration.requested, await this.#options(part, this.#controller?.signal));
      this.#ran = this.#running.map(({ stream }) => ranOf(stream));
    } catch (error) {
      this.#tell(model, error);
    }
  }

  /** A failure is told until another configuration is chosen, or a source is started. */
  #tell({ id, name }: Pick<OpenModel, 'id' | 'name'>, error: unknown, retry?: () => void): void {
    const before = JSON.stringify(this.#configuration.requested);
    this.#problems.add(this.#place, name, error, id, { ...(retry === undefined ? {} : { retry }), stands: () => JSON.stringify(this.#configuration.requested) === before });
  }

  #targetOf({ model, options, detector }: LivePart): string {
    return JSON.stringify([model.id, this.#configuration.requested, options, detector]);
  }

  async #options({ options, settings, detector }: LivePart, signal: AbortSignal | undefined): Promise<StreamOptions> {
    return {
      ...options,
      settings: settings ?? {},
      detector: detector === null ? undefined : await this.#openDetector(detector, signal),
      cap_fps: this.#capFps,
      signal,
      watchdog_ms: this.#configuration.watchdogSeconds * 1000,
      onProgress: (progress) => { this.#progress = describeProgress(progress); },
    };
  }

  /** A detector is opened beside the models that a person opened, once. @returns its id among the open ones */
  async #openDetector(id: string, signal: AbortSignal | undefined): Promise<string> {
    const open = this.#litescope.models().find(({ entry }) => entry?.id === id);
    const { id: opened } = open ?? await this.#litescope.openFromGallery(id, { signal, onProgress: (progress) => { this.#progress = describeProgress(progress); } });
    return opened;
  }

  #read(): void {
    // A stream goes on in another runtime by itself.
    if (this.#running.some(({ stream }, position) => stream.configuration !== this.#ran[position]?.configuration)) this.#ran = this.#running.map(({ stream }) => ranOf(stream));
    this.#readings = this.#running.map(({ stream: { live }, watch }) => ({ frame: watch.latest, figures: live.figures(), counts: live.counts }));
  }
}

function ranOf({ configuration, refusals }: Stream): Pick<Stream, 'configuration' | 'refusals'> {
  return { configuration, refusals };
}
