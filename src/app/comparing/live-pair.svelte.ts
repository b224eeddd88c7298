import type { Litescope } from '../../api';
import type { FrameCounts, LiveFigures } from '../../engine/stream/live-types';
import type { Stream } from '../../engine/stream/stream';
import type { StreamSettings } from '../../engine/stream/types';
import { LitescopeError } from '../../errors';
import { statesPreprocessing } from '../../gallery/model-defaults';
import { defaultDrawingStyle } from '../../vision/drawing-style';
import type { FrameSource } from '../../vision/sources/types';
import { putPicture } from '../live/put-picture';
import { describeProgress, type ProgressView } from '../progress';
import type { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import type { Problems } from '../state/problems.svelte';
import type { WorkModel } from '../state/work-model.svelte';

/** How often figures are read while streams run, in milliseconds: as fast as a person can read them. */
const reading_ms = 250;

/** What is shown of one of the two. */
export interface PairReading {
  readonly figures: LiveFigures;
  readonly counts: FrameCounts;
}

interface Side {
  readonly work: WorkModel;
  readonly stream: Stream;
}

/** Two models on the same frames. It lives as long as the part of the page that shows it, so that no camera runs unseen. */
export class LivePair {
  readonly #litescope: Litescope;
  readonly #configuration: ConfigurationChoice;
  readonly #problems: Problems;
  #phase = $state<'off' | 'starting' | 'on'>('off');
  #progress = $state.raw<ProgressView | null>(null);
  #readings = $state.raw<readonly PairReading[]>([]);
  #interrupted = $state.raw<string | null>(null);
  #sides: readonly Side[] = [];
  #controller: AbortController | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(litescope: Litescope, configuration: ConfigurationChoice, problems: Problems) {
    this.#litescope = litescope;
    this.#configuration = configuration;
    this.#problems = problems;
  }

  get phase(): 'off' | 'starting' | 'on' { return this.#phase; }
  get progress(): ProgressView { return this.#progress ?? { text: 'Starting', fraction: null }; }
  /** Of the reference and the other; empty while nothing runs. */
  get readings(): readonly PairReading[] { return this.#readings; }
  /** Why nothing comes any more; null while frames come. */
  get interrupted(): string | null { return this.#interrupted; }

  /** @param canvases that pictures are put on, the reference's first */
  async start(works: readonly [WorkModel, WorkModel], canvases: readonly HTMLCanvasElement[], open: () => Promise<FrameSource>): Promise<void> {
    this.stop();
    const [reference] = works;
    this.#problems.clear('pair', reference.model.id);
    const controller = new AbortController();
    this.#controller = controller;
    this.#phase = 'starting';
    const sides: Side[] = [];
    let parts: readonly FrameSource[] = [];
    try {
      const source = await open();
      parts = this.#litescope.sources.shareSource(source, works.length);
      for (const [position, work] of works.entries()) {
        const part = parts[position];
        if (controller.signal.aborted || part === undefined) throw new LitescopeError('CANCELLED');
        const context = canvases[position]?.getContext('bitmaprenderer') ?? null;
        const watcher = {
          show: (picture: ImageBitmap) => { putPicture(context, picture); },
          onState: (state: Stream['live']['state']) => { if (state.kind === 'interrupted') this.#interrupted = `${work.model.name}: ${state.error.title}`; },
        };
        const stream = await this.#litescope.stream(work.model.id, part, watcher, this.#configuration.requested, {
          ...work.signature.options, fallback: true, signal: controller.signal, settings: settingsFor(work, reference, source.facesPerson),
          onProgress: (progress) => { this.#progress = describeProgress(progress); },
        });
        sides.push({ work, stream });
      }
      if (controller.signal.aborted) throw new LitescopeError('CANCELLED');
      this.#sides = sides;
      this.#phase = 'on';
      this.#timer = setInterval(() => { this.#read(); }, reading_ms);
    } catch (error) {
      for (const { stream } of sides) stream.close();
      for (const part of parts) part.close();
      // Another start may have taken over meanwhile.
      if (this.#controller === controller) this.#phase = 'off';
      this.#problems.add('pair', reference.model.name, error, reference.model.id);
    }
  }

  /** Ends both streams and turns the device off. */
  stop(): void {
    this.#controller?.abort();
    this.#controller = null;
    clearInterval(this.#timer);
    for (const { stream } of this.#sides) stream.close();
    this.#sides = [];
    this.#readings = [];
    this.#interrupted = null;
    this.#progress = null;
    this.#phase = 'off';
  }

  #read(): void {
    this.#readings = this.#sides.map(({ stream: { live } }) => ({ figures: live.figures(), counts: live.counts }));
  }
}

/** A variant that does not say how it takes pictures takes them as the reference does, and means the same by its outputs. */
function settingsFor(work: WorkModel, reference: WorkModel, mirror: boolean): Partial<StreamSettings> {
  const taking = (each: WorkModel) => each.inputs.list.find(({ preprocessing }) => preprocessing !== null);
  const [own, wanted] = [taking(work), taking(reference)];
  const ownWay = own !== undefined && (work === reference || own.isPreprocessingOwn || statesPreprocessing(work.model, own.tensor.name));
  const preprocessing = (ownWay ? own : wanted)?.preprocessing ?? own?.preprocessing ?? undefined;
  return {
    ...(own === undefined ? {} : { input: own.tensor.name }),
    ...(preprocessing === undefined ? {} : { preprocessing }),
    decoder: reference.decoding.decoder, labels: reference.decoding.labels,
    drawing: { ...defaultDrawingStyle, mirror },
  };
}
