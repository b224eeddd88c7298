import type { Litescope, StreamOptions } from '../../api';
import type { FrameCounts, LiveFigures, LiveState as StreamState, ShownFrame } from '../../engine/stream/live-types';
import type { Stream } from '../../engine/stream/stream';
import type { StreamSettings } from '../../engine/stream/types';
import { LitescopeError } from '../../errors';
import { defaultDrawingStyle, type DrawingStyle } from '../../vision/drawing-style';
import type { FrameSource } from '../../vision/sources/types';
import type { Decoder } from '../../vision/types';
import { putPicture } from './put-picture';
import { describeProgress, type ProgressView } from '../progress';
import type { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import type { Problems } from '../state/problems.svelte';
import type { WorkModel } from '../state/work-model.svelte';

/** How often figures are read while a stream runs, in milliseconds: as fast as a person can read them. */
const reading_ms = 250;

/** Thresholds that a person has moved; the decoder's own hold until then. */
export type Thresholds = Partial<Record<'scoreThreshold' | 'overlapThreshold', number>>;

/** What the page shows of the latest frame, four times a second. */
export interface LiveReading {
  readonly frame: ShownFrame | null;
  readonly figures: LiveFigures;
  readonly counts: FrameCounts;
}

type Phase = 'off' | 'starting' | 'on';

/** The page's one live stream: its choices, which stay, and what it shows while it runs. */
export class LiveState {
  readonly #litescope: Litescope;
  readonly #configuration: ConfigurationChoice;
  readonly #problems: Problems;
  #phase = $state<Phase>('off');
  #progress = $state.raw<ProgressView | null>(null);
  #streamState = $state.raw<StreamState>({ kind: 'closed' });
  #reading = $state.raw<LiveReading | null>(null);
  #ran = $state.raw<Pick<Stream, 'configuration' | 'refusals'> | null>(null);
  #source = $state.raw<FrameSource | null>(null);
  #capFps = $state<number | null>(null);
  #preview = $state(true);
  #drawing = $state.raw<DrawingStyle>(defaultDrawingStyle);
  #smoothing = $state(0);
  /** By model: what is sure enough for one says nothing of another. */
  #thresholds = $state.raw<Readonly<Record<string, Thresholds>>>({});
  #stream: Stream | null = null;
  #latest: ShownFrame | null = null;
  #controller: AbortController | null = null;
  #picture: ImageBitmapRenderingContext | null = null;
  #seen: ImageBitmapRenderingContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What the session was opened for; another model or configuration needs another session. */
  #target = '';
  /** The latest source that was asked for; one that opens later is out of date. */
  #asked = 0;

  constructor(litescope: Litescope, configuration: ConfigurationChoice, problems: Problems) {
    this.#litescope = litescope;
    this.#configuration = configuration;
    this.#problems = problems;
  }

  get phase(): Phase { return this.#phase; }
  get progress(): ProgressView { return this.#progress ?? { text: 'Starting', fraction: null }; }
  get state(): StreamState { return this.#streamState; }
  get reading(): LiveReading | null { return this.#reading; }
  get ran(): Pick<Stream, 'configuration' | 'refusals'> | null { return this.#ran; }
  get source(): FrameSource | null { return this.#source; }
  get capFps(): number | null { return this.#capFps; }
  get preview(): boolean { return this.#preview; }
  get drawing(): DrawingStyle { return this.#drawing; }
  /** How much of earlier frames stays in what is shown, 0 to below 1. */
  get smoothing(): number { return this.#smoothing; }

  /** The canvases that pictures are put on; those of a page that is gone are let go. */
  attach(picture: HTMLCanvasElement, seen: HTMLCanvasElement): void {
    this.#picture = picture.getContext('bitmaprenderer');
    this.#seen = seen.getContext('bitmaprenderer');
  }

  get canvas(): HTMLCanvasElement | null {
    return this.#picture === null ? null : this.#picture.canvas as HTMLCanvasElement;
  }

  /** A model's decoder with the thresholds that the person chose for it. */
  tuned({ model, decoding: { decoder } }: WorkModel): Decoder | undefined {
    if (decoder === undefined) return undefined;
    const own = Object.fromEntries(Object.entries(this.#thresholds[model.id] ?? {}).filter(([name]) => name in decoder));
    return { ...decoder, ...own };
  }

  /** Starts a source with a model, or takes a running stream to the new source. */
  async start(work: WorkModel, open: () => Promise<FrameSource>): Promise<void> {
    if (this.#phase === 'starting') return;
    const { model } = work;
    const subject = model.name;
    this.#problems.clear('live', model.id);
    const controller = new AbortController();
    this.#controller = controller;
    const running = this.#stream;
    const asked = ++this.#asked;
    if (running === null) this.#phase = 'starting';
    try {
      const source = await this.#open(open, running);
      if (asked !== this.#asked) {
        source.close();
        return;
      }
      this.#chooseMirror(source);
      if (running !== null && running === this.#stream) {
        running.live.useSource(source);
        this.#source = source;
        this.apply(work);
        return;
      }
      if (controller.signal.aborted) {
        source.close();
        throw new LitescopeError('CANCELLED');
      }
      this.#target = this.#targetOf(work);
      const stream = await this.#litescope.stream(model.id, source, this.#watcher(), this.#configuration.requested, this.#options(work, controller.signal));
      if (controller.signal.aborted) {
        stream.close();
        throw new LitescopeError('CANCELLED');
      }
      this.#stream = stream;
      this.#source = source;
      this.#ran = { configuration: stream.configuration, refusals: stream.refusals };
      this.#streamState = stream.live.state;
      this.#phase = 'on';
      this.#timer = setInterval(() => { this.#read(); }, reading_ms);
    } catch (error) {
      this.#problems.add('live', subject, error, model.id);
      if (this.#stream === null) this.#phase = 'off';
    }
  }

  /** Many phones have one camera at a time: the one that runs gives way to the one that is wanted. */
  async #open(open: () => Promise<FrameSource>, running: Stream | null): Promise<FrameSource> {
    try {
      return await open();
    } catch (error) {
      if (running === null || running !== this.#stream || this.#source?.kind !== 'camera' || LitescopeError.from(error).code !== 'CAMERA_BUSY') throw error;
      running.live.releaseSource();
      return open();
    }
  }

  /** Ends the stream and turns the device off; the choices stay. */
  stop(): void {
    this.#controller?.abort();
    this.#controller = null;
    clearInterval(this.#timer);
    this.#stream?.close();
    this.#stream = null;
    this.#source = null;
    this.#ran = null;
    this.#latest = null;
    this.#reading = null;
    this.#phase = 'off';
    this.#target = '';
  }

  pause(): void { this.#stream?.live.pause(); }
  resume(): void { this.#stream?.live.resume(); }
  step(): void { this.#stream?.live.step(); }

  /** Frames a second at most; null for as many as the source gives. */
  cap(fps: number | null): void {
    this.#capFps = fps;
    this.#stream?.live.cap(fps);
  }

  showPreview(shown: boolean): void { this.#preview = shown; }
  style(change: Partial<DrawingStyle>): void { this.#drawing = { ...this.#drawing, ...change }; }
  smooth(strength: number): void { this.#smoothing = strength; }
  moveThreshold({ model: { id } }: WorkModel, change: Thresholds): void { this.#thresholds = { ...this.#thresholds, [id]: { ...this.#thresholds[id], ...change } }; }

  /** Takes changed choices to the running stream: settings at once, another model or configuration by a new session. */
  apply(work: WorkModel): void {
    const settings = this.#settings(work);
    const target = this.#targetOf(work);
    const stream = this.#stream;
    if (stream === null || settings === null) return;
    if (target !== this.#target) {
      this.#target = target;
      void this.#switch(stream, work);
    } else {
      stream.live.apply({ ...stream.live.settings, ...settings });
    }
  }

  async #switch(stream: Stream, work: WorkModel): Promise<void> {
    this.#problems.clear('live', work.model.id);
    try {
      await this.#litescope.switchStream(stream, work.model.id, this.#configuration.requested, this.#options(work, this.#controller?.signal));
      if (stream === this.#stream) this.#ran = { configuration: stream.configuration, refusals: stream.refusals };
    } catch (error) {
      this.#problems.add('live', work.model.name, error, work.model.id);
    }
  }

  #targetOf(work: WorkModel): string {
    return JSON.stringify([work.model.id, this.#configuration.requested, work.signature.options]);
  }

  /** Null for a model that takes no pictures. */
  #settings(work: WorkModel): Partial<StreamSettings> | null {
    const taking = work.inputs.list.find(({ preprocessing }) => preprocessing !== null);
    if (taking === undefined || taking.preprocessing === null) return null;
    return {
      input: taking.tensor.name,
      preprocessing: taking.preprocessing,
      decoder: this.tuned(work),
      labels: work.decoding.labels,
      drawing: this.#drawing,
      preview: this.#preview,
      smoothing: this.#smoothing,
    };
  }

  #options(work: WorkModel, signal: AbortSignal | undefined): StreamOptions {
    return {
      ...work.signature.options,
      settings: this.#settings(work) ?? {},
      cap_fps: this.#capFps,
      signal,
      watchdog_ms: this.#configuration.watchdogSeconds * 1000,
      onProgress: (progress) => { this.#progress = describeProgress(progress); },
    };
  }

  /** Who looks at the camera expects a mirror; a film or a street does not. */
  #chooseMirror(source: FrameSource): void {
    this.style({ mirror: source.facesPerson });
  }

  #watcher() {
    return {
      show: (picture: ImageBitmap) => { putPicture(this.#picture, picture); },
      onFrame: (frame: ShownFrame) => {
        if (frame.reply.preview !== null) putPicture(this.#seen, frame.reply.preview);
        this.#latest = frame;
      },
      onState: (state: StreamState) => { this.#streamState = state; },
    };
  }

  #read(): void {
    if (this.#stream === null) return;
    const { live } = this.#stream;
    this.#reading = { frame: this.#latest, figures: live.figures(), counts: live.counts };
  }
}
