import { untrack } from 'svelte';
import type { Litescope } from '../../api';
import type { SoundSource } from '../../audio/page/types';
import type { LiveState as StreamState } from '../../engine/live/page/live-types';
import type { LiveWindow, OpenSoundStream, SoundCounts, SoundFigures } from '../../engine/live/page/sound-stream';
import { live as text } from '../../messages/live';
import { describeProgress, type ProgressView } from '../../wording/progress';
import type { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import type { Problems } from '../state/problems.svelte';
import type { WorkModel } from '../state/work-model.svelte';
import type { LivePhase } from './live-streams.svelte';

/** Seconds that the chart shows. */
export const shownSpan_s = 30;
/** How often figures are read while a stream runs, in milliseconds: as fast as a person can read them. */
const reading_ms = 250;

export interface SoundReading {
  readonly windows: readonly LiveWindow[];
  readonly elapsed_s: number;
  readonly figures: SoundFigures;
  readonly counts: SoundCounts;
}

/** The page's one live stream of sound, and what it shows while it runs and after a clip is over. */
export class SoundLive {
  readonly #litescope: Litescope;
  readonly #configuration: Pick<ConfigurationChoice, 'requested' | 'watchdogSeconds'>;
  readonly #problems: Problems;
  #phase = $state<LivePhase>('off');
  #progress = $state.raw<ProgressView | null>(null);
  #stream = $state.raw<OpenSoundStream | null>(null);
  #source = $state.raw<SoundSource | null>(null);
  #state = $state.raw<StreamState>({ kind: 'closed' });
  #reading = $state.raw<SoundReading | null>(null);
  /** Id of the model that the reading is of. */
  #subject = $state<string | null>(null);
  #windows: LiveWindow[] = [];
  #controller: AbortController | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(litescope: Litescope, configuration: Pick<ConfigurationChoice, 'requested' | 'watchdogSeconds'>, problems: Problems) {
    this.#litescope = litescope;
    this.#configuration = configuration;
    this.#problems = problems;
  }

  get phase(): LivePhase { return this.#phase; }
  get progress(): ProgressView { return this.#progress ?? { text: text.starting, fraction: null }; }
  get source(): SoundSource | null { return this.#source; }
  get state(): StreamState { return this.#state; }
  get ran(): Pick<OpenSoundStream, 'configuration' | 'refusals'> | null { return this.#stream; }

  /** What a model heard; of another one that was heard last there is none. */
  readingOf(modelId: string): SoundReading | null {
    return this.#subject === modelId ? this.#reading : null;
  }

  /** Starts a source with a stream for the model; failures become problems. */
  async start(work: WorkModel, open: () => Promise<SoundSource>): Promise<void> {
    if (this.#phase === 'starting') return;
    this.stop();
    const { model, inputs, decoding, signature, state } = work;
    const input = inputs.list.find(({ sound }) => sound.preparation !== null);
    const preparation = input?.sound.preparation ?? null;
    if (input === undefined || preparation === null) return;
    this.#problems.clear('live', model.id);
    const controller = new AbortController();
    this.#controller = controller;
    this.#phase = 'starting';
    this.#windows = [];
    this.#reading = null;
    this.#subject = model.id;
    try {
      const source = await open();
      if (controller.signal.aborted) {
        source.close();
        return;
      }
      const stream = await this.#litescope.streamSound(model.id, source, {
        onWindow: (window) => { this.#windows = [...this.#windows.filter(({ at_s }) => at_s > window.at_s - shownSpan_s), window]; },
        onState: (now) => { this.#follow(now); },
      }, this.#configuration.requested, {
        ...signature.options, feedback: state.feedback, signal: controller.signal, watchdog_ms: this.#configuration.watchdogSeconds * 1000,
        settings: { input: input.tensor.name, preparation, decoder: decoding.decoder, labels: decoding.labels },
        onProgress: (progress) => { this.#progress = describeProgress(progress); },
      });
      if (controller.signal.aborted) {
        stream.close();
        return;
      }
      this.#stream = stream;
      this.#source = source;
      this.#phase = 'on';
      this.#state = stream.live.state;
      this.#timer = setInterval(() => { this.#read(); }, reading_ms);
      // A clip may have ended while its stream was opened.
      this.#follow(stream.live.state);
    } catch (error) {
      if (this.#controller === controller) this.#phase = 'off';
      this.#problems.add('live', model.name, error, model.id, { retry: () => { void this.start(work, open); } });
    }
  }

  /** Ends the stream and turns the device off; what was heard stays. Effects call it, which are not to run again for what it ends. */
  stop(): void {
    this.#controller?.abort();
    this.#controller = null;
    clearInterval(this.#timer);
    untrack(() => {
      const stream = this.#stream;
      if (stream !== null) this.#read();
      this.#stream = null;
      this.#source = null;
      this.#progress = null;
      this.#phase = 'off';
      stream?.close();
    });
  }

  pause(): void { this.#stream?.live.pause(); }
  resume(): void { this.#stream?.live.resume(); }

  #follow(state: StreamState): void {
    this.#state = state;
    if (state.kind === 'closed' && this.#stream !== null) this.stop();
  }

  #read(): void {
    const { live } = this.#stream ?? {};
    if (live !== undefined) this.#reading = { windows: this.#windows, elapsed_s: live.elapsed_s, figures: live.figures(), counts: live.counts };
  }
}
