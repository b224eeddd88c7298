import type { SoundBlock, SoundSource } from '../../../audio/page/types';
import { LitescopeError } from '../../../errors';
import { SlidingWindow, type SlidingSummary } from '../../../stats/sliding-window';
import { signatureOf } from '../../runtimes/shared/requirements';
import type { Attempted, Sessions } from '../../session/page/sessions';
import type { SessionModel, SessionOptions } from '../../session/page/session';
import { remembers } from '../../session/shared/state';
import type { LoadReply } from '../../session/shared/protocol';
import type { HeardClip, HeardReply, HeardWindow, HearRequest, SoundSettings } from '../../stream/shared/sound';
import type { CallOptions } from '../../../threads/shared/methods';
import type { ProducedConfiguration, RequestedConfiguration } from '../../configuration/shared/configuration';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { Refusal } from '../../configuration/shared/refusal';
import type { LiveState } from './live-types';

/** A model and how it is to be run on sound. */
export interface SoundTarget {
  readonly model: SessionModel;
  readonly requested: RequestedConfiguration;
  readonly settings: SoundSettings;
  readonly options: SessionOptions & CallOptions<SessionProgress> & { readonly fallback?: boolean | undefined };
}

/** A window that was just heard. */
export interface LiveWindow extends HeardWindow {
  /** Seconds since the stream began to the window's end. */
  readonly at_s: number;
  /** From the arrival of the window's last sample on the page to its result there. */
  readonly latency_ms: number;
}

export interface SoundWatcher {
  onWindow(window: LiveWindow): void;
  onState?(state: LiveState): void;
}

/** Figures of the latest ten seconds. */
export interface SoundFigures {
  /** Of one window: until its result was on the page, for its features, and for the run. */
  readonly latency: SlidingSummary;
  readonly prepare: SlidingSummary;
  readonly invoke: SlidingSummary;
  /** Work on a window as a share of the time from one window to the next: below 1 the device keeps up. */
  readonly realTimeFactor: SlidingSummary;
}

/** `heard` windows have their result, `dropped` ones were overtaken. */
export interface SoundCounts {
  readonly heard: number;
  readonly dropped: number;
}

/** The part of a session that a stream of sound needs. */
export interface HearingSession {
  configureSound(settings: SoundSettings): Promise<void>;
  hear(request: HearRequest): Promise<HeardReply>;
  close(): void;
}

const figureSpan_ms = 10_000;
/** A model that remembers loses the thread when it misses a window; so many may wait before one is dropped all the same. */
const waitingWithMemory = 16;

async function openSession(sessions: Pick<Sessions, 'attempt'>, target: SoundTarget): Promise<Attempted<unknown>> {
  const { model, requested, options, settings } = target;
  const signature = signatureOf(model.summary, options.signature);
  const zeros = Object.fromEntries(signature.inputs.map(({ name }) => [name, { kind: 'zeros' } as const]));
  // What fails only when the model runs must fail before; where it remembers, in another session.
  return sessions.attempt(model, requested, async (session) => {
    await session.run({ inputs: zeros }, options);
    await session.configureSound(settings);
  }, { ...options, afresh: remembers(signature, options.feedback) });
}

/**
 * A whole clip through a model, window by window, in a session of its own.
 * @throws LitescopeError what `Sessions.attempt` throws; INVALID_AUDIO, CANCELLED
 */
export async function listen(sessions: Pick<Sessions, 'attempt'>, target: SoundTarget, clip: Blob): Promise<HeardClip & { readonly configuration: ProducedConfiguration }> {
  const { session } = await openSession(sessions, target);
  try {
    return { ...await session.listen({ clip, settings: target.settings }, target.options), configuration: session.loaded.configuration };
  } finally {
    session.close();
  }
}

/** Sound from a source through a session, live: what arrives while the worker is busy goes to it as one block afterwards. */
export class SoundStream {
  readonly #session: HearingSession;
  readonly #source: SoundSource;
  readonly #watcher: SoundWatcher;
  readonly #settings: SoundSettings;
  readonly #mostWaiting: number;
  readonly #spans = { latency: new SlidingWindow(figureSpan_ms), prepare: new SlidingWindow(figureSpan_ms), invoke: new SlidingWindow(figureSpan_ms), realTimeFactor: new SlidingWindow(figureSpan_ms) };
  #counts = { heard: 0, dropped: 0 };
  #state: LiveState = { kind: 'running' };
  #waiting: SoundBlock[] = [];
  #busy = false;
  /** Seconds of sound before the settings were given last, and since then. */
  #before_s = 0;
  #since_s = 0;

  constructor(session: HearingSession, source: SoundSource, watcher: SoundWatcher, settings: SoundSettings, hasMemory: boolean) {
    this.#session = session;
    this.#source = source;
    this.#watcher = watcher;
    this.#settings = settings;
    this.#mostWaiting = hasMemory ? waitingWithMemory : 1;
    source.start({ onBlock: (block) => { this.#take(block); }, onEnd: (error) => { this.#end(error); } });
  }

  get state(): LiveState { return this.#state; }
  get counts(): SoundCounts { return this.#counts; }
  /** Seconds of sound that were taken. */
  get elapsed_s(): number { return this.#before_s + this.#since_s; }

  /** A few milliseconds of work, so ask a few times a second. */
  figures(): SoundFigures {
    const now = performance.now();
    const { latency, prepare, invoke, realTimeFactor } = this.#spans;
    return { latency: latency.summary(now), prepare: prepare.summary(now), invoke: invoke.summary(now), realTimeFactor: realTimeFactor.summary(now) };
  }

  pause(): void {
    if (this.#state.kind === 'running') this.#enter({ kind: 'paused' });
  }

  /** Goes on with what comes now: what came before the pause does not belong to it. */
  resume(): void {
    if (this.#state.kind !== 'paused') return;
    this.#before_s += this.#since_s;
    this.#since_s = 0;
    this.#waiting = [];
    this.#session.configureSound(this.#settings).then(() => { this.#enter({ kind: 'running' }); }, (error: unknown) => { this.#fail(error); });
  }

  /** Ends the stream and turns the device off. */
  close(): void {
    if (this.#state.kind === 'closed') return;
    this.#source.close();
    this.#session.close();
    this.#enter({ kind: 'closed' });
  }

  #take(block: SoundBlock): void {
    if (this.#state.kind !== 'running') return;
    this.#waiting.push(block);
    if (!this.#busy) void this.#hear();
  }

  async #hear(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#waiting.length > 0 && this.#state.kind === 'running') {
        const blocks = this.#waiting;
        this.#waiting = [];
        const samples = joined(blocks);
        const { sampleRate } = this.#source;
        this.#since_s += samples.length / sampleRate;
        const [end_s, before_s, captured_ms] = [this.#since_s, this.#before_s, blocks.at(-1)?.captured_ms ?? 0];
        const { windows, dropped } = await this.#session.hear({ samples, sampleRate, mostWaiting: this.#mostWaiting });
        this.#counts = { heard: this.#counts.heard + windows.length, dropped: this.#counts.dropped + dropped };
        for (const window of windows) this.#show(window, before_s, captured_ms - (end_s - window.end_s) * 1000);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#busy = false;
    }
  }

  /** @param arrived_ms when the window's last sample did */
  #show(window: HeardWindow, before_s: number, arrived_ms: number): void {
    if (this.#state.kind === 'closed') return;
    const now = performance.now();
    const shown = { ...window, at_s: before_s + window.end_s, latency_ms: now - arrived_ms };
    this.#spans.latency.add(now, shown.latency_ms);
    this.#spans.prepare.add(now, window.prepare_ms);
    this.#spans.invoke.add(now, window.invoke_ms);
    this.#spans.realTimeFactor.add(now, (window.prepare_ms + window.invoke_ms + window.decode_ms) / (this.#settings.preparation.hop_s * 1000));
    this.#watcher.onWindow(shown);
  }

  #end(error: LitescopeError | null): void {
    if (error === null) this.close();
    else this.#enter({ kind: 'interrupted', by: 'source', error: error.serialize() });
  }

  #fail(error: unknown): void {
    if (this.#state.kind === 'closed') return;
    this.#enter({ kind: 'interrupted', by: 'session', error: LitescopeError.from(error).serialize() });
  }

  #enter(state: LiveState): void {
    this.#state = state;
    this.#watcher.onState?.(state);
  }
}

function joined(blocks: readonly SoundBlock[]): Float32Array<ArrayBuffer> {
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1) return only.samples;
  const all = new Float32Array(blocks.reduce((sum, { samples }) => sum + samples.length, 0));
  let at = 0;
  for (const { samples } of blocks) {
    all.set(samples, at);
    at += samples.length;
  }
  return all;
}

/** A stream with what it runs in. */
export interface OpenSoundStream {
  readonly live: SoundStream;
  readonly configuration: ProducedConfiguration;
  readonly loaded: LoadReply;
  /** What was tried before, and why it does not run. */
  readonly refusals: readonly Refusal[];
  /** Ends what runs and leaves the source; the stream then says so by its state. */
  endSession(): void;
  close(): void;
}

/**
 * Opens a session and starts the source in it. The stream owns the source from now on, and closes it when this fails.
 * @throws LitescopeError what `Sessions.attempt` throws
 */
export async function openSoundStream(sessions: Pick<Sessions, 'attempt'>, target: SoundTarget, source: SoundSource, watcher: SoundWatcher): Promise<OpenSoundStream> {
  try {
    const { session, refusals } = await openSession(sessions, target);
    // An attempt's session that was opened afresh has no settings yet.
    await session.configureSound(target.settings);
    const { watchdog_ms, signature, feedback } = target.options;
    const hearing: HearingSession = { configureSound: (settings) => session.configureSound(settings), hear: (request) => session.hear(request, { watchdog_ms }), close: () => { session.close(); } };
    const live = new SoundStream(hearing, source, watcher, target.settings, remembers(signatureOf(target.model.summary, signature), feedback));
    return { live, configuration: session.loaded.configuration, loaded: session.loaded, refusals, endSession: () => { session.close(); }, close: () => { live.close(); } };
  } catch (error) {
    source.close();
    throw error;
  }
}
