import type { Litescope } from '../../api';
import type { LiveState as StreamState } from '../../engine/live/page/live-types';
import type { Stream } from '../../engine/live/page/stream';
import { detectorBefore } from '../../gallery/shared/detector-before';
import type { StreamSettings } from '../../engine/stream/shared/types';
import { defaultDrawingStyle, type DrawingStyle } from '../../vision/drawing/shared/drawing-style';
import type { FrameSource } from '../../vision/sources/page/types';
import type { Decoder } from '../../vision/shared/types';
import type { ProgressView } from '../../wording/progress';
import type { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import type { LiveDraft } from '../setup/draft';
import type { Setup } from '../setup/setup';
import type { Problems } from '../state/problems.svelte';
import { CameraChoice } from './camera-choice.svelte';
import { LiveStreams, type LivePart, type LivePhase, type LiveReading } from './live-streams.svelte';
import { putPicture } from './put-picture';

/** Thresholds that a person has moved; the decoder's own hold until then. */
export type Thresholds = Partial<Record<'scoreThreshold' | 'overlapThreshold', number>>;

/** The page's one live stream: its choices, which stay, and what it shows while it runs. */
export class LiveState {
  readonly camera = new CameraChoice();
  readonly #streams: LiveStreams;
  #preview = $state(true);
  #drawing = $state.raw<DrawingStyle>(defaultDrawingStyle);
  #smoothing = $state(0);
  #detects = $state(true);
  /** By model: what is sure enough for one says nothing of another. */
  #thresholds = $state.raw<Readonly<Record<string, Thresholds>>>({});
  #picture: ImageBitmapRenderingContext | null = null;
  #seen: ImageBitmapRenderingContext | null = null;

  constructor(litescope: Litescope, configuration: Pick<ConfigurationChoice, 'requested' | 'watchdogSeconds'>, problems: Problems) {
    this.#streams = new LiveStreams(litescope, configuration, problems, 'live');
  }

  get phase(): LivePhase { return this.#streams.phase; }
  get progress(): ProgressView { return this.#streams.progress; }
  get state(): StreamState { return this.#streams.states[0] ?? { kind: 'closed' }; }
  get reading(): LiveReading | null { return this.#streams.readings[0] ?? null; }
  get ran(): Pick<Stream, 'configuration' | 'refusals'> | null { return this.#streams.ran[0] ?? null; }
  get source(): FrameSource | null { return this.#streams.source; }
  get capFps(): number | null { return this.#streams.capFps; }
  get preview(): boolean { return this.#preview; }
  get drawing(): DrawingStyle { return this.#drawing; }
  /** How much of earlier frames stays in what is shown, 0 to below 1. */
  get smoothing(): number { return this.#smoothing; }

  /** Whether detectors find what models of landmarks look at. */
  get detects(): boolean { return this.#detects; }

  get draft(): LiveDraft {
    return { preview: this.#preview, drawing: this.#drawing, smoothing: this.#smoothing, thresholds: this.#thresholds, detects: this.#detects };
  }

  restore({ preview, drawing, smoothing, thresholds, detects }: LiveDraft): void {
    this.#preview = preview;
    this.#drawing = drawing;
    this.#smoothing = smoothing;
    this.#thresholds = thresholds;
    this.#detects = detects;
  }

  /** The canvases that pictures are put on; those of a page that is gone are let go. */
  attach(picture: HTMLCanvasElement, seen: HTMLCanvasElement): void {
    this.#picture = picture.getContext('bitmaprenderer');
    this.#seen = seen.getContext('bitmaprenderer');
  }

  get canvas(): HTMLCanvasElement | null {
    return this.#picture === null ? null : this.#picture.canvas as HTMLCanvasElement;
  }

  /** A model's decoder with the thresholds that the person chose for it. */
  tuned({ model, decoding: { decoder } }: Setup): Decoder | undefined {
    if (decoder === undefined) return undefined;
    const own = Object.fromEntries(Object.entries(this.#thresholds[model.id] ?? {}).filter(([name]) => name in decoder));
    return { ...decoder, ...own };
  }

  /** Starts a source with a model, or takes a running stream to the new source. */
  async start(setup: Setup, open: () => Promise<FrameSource>): Promise<void> {
    await this.#streams.start(setup.model, open, (source) => {
      // Who looks at the camera expects a mirror; a film or a street does not.
      this.style({ mirror: source.facesPerson });
      return [this.#partOf(setup)];
    });
  }

  /** Ends the stream and turns the device off; the choices stay. */
  stop(): void { this.#streams.stop(); }
  pause(): void { this.#streams.pause(); }
  resume(): void { this.#streams.resume(); }
  step(): void { this.#streams.step(); }
  /** Frames a second at most; null for as many as the source gives. */
  cap(fps: number | null): void { this.#streams.cap(fps); }

  showPreview(shown: boolean): void { this.#preview = shown; }
  style(change: Partial<DrawingStyle>): void { this.#drawing = { ...this.#drawing, ...change }; }
  detect(wanted: boolean): void { this.#detects = wanted; }
  smooth(strength: number): void { this.#smoothing = strength; }
  moveThreshold({ model: { id } }: Setup, change: Thresholds): void { this.#thresholds = { ...this.#thresholds, [id]: { ...this.#thresholds[id], ...change } }; }

  /** Takes changed choices to the running stream: settings at once, another model or configuration by a new session. */
  apply(setup: Setup): void { this.#streams.apply([this.#partOf(setup)]); }

  #partOf(setup: Setup): LivePart {
    return {
      model: setup.model,
      options: { ...setup.signature.options, feedback: setup.state.feedback },
      detector: this.#detects ? detectorBefore(setup.decoding.decoder) : null,
      settings: this.#settings(setup),
      show: (picture) => { putPicture(this.#picture, picture); },
      showPreview: (preview) => { putPicture(this.#seen, preview); },
    };
  }

  /** Null for a model that takes no pictures. */
  #settings(setup: Setup): Partial<StreamSettings> | null {
    const taking = setup.inputs.list.find(({ preprocessing }) => preprocessing !== null);
    if (taking === undefined || taking.preprocessing === null) return null;
    return {
      input: taking.tensor.name,
      preprocessing: taking.preprocessing,
      decoder: this.tuned(setup),
      labels: setup.decoding.labels,
      drawing: this.#drawing,
      preview: this.#preview,
      smoothing: this.#smoothing,
    };
  }
}
