import { LitescopeError, type ErrorCode } from '../../../errors';
import { worthAnotherAttempt, type Sessions } from '../../session/page/sessions';
import type { Refusal } from '../../configuration/shared/refusal';
import type { CallOptions } from '../../../threads/shared/methods';
import { remembers } from '../../session/shared/state';
import type { LoadReply } from '../../session/shared/protocol';
import type { ProducedConfiguration, RequestedConfiguration } from '../../configuration/shared/configuration';
import type { Session, SessionModel, SessionOptions } from '../../session/page/session';
import type { FrameSource } from '../../../vision/sources/page/types';
import type { RegionRules } from '../../../vision/pipelines/shared/regions';
import { afterDetector } from './after-detector';
import { LiveStream, type FrameSession, type StreamStart, type StreamWatcher } from './live-stream';
import { endedBySilence, longestSilence_ms } from './silence';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { StreamSettings } from '../../stream/shared/types';

/** A model and how it is to be run on the frames of a stream. */
export interface StreamTarget {
  readonly model: SessionModel;
  readonly requested: RequestedConfiguration;
  readonly settings: StreamSettings;
  /** Finds in each frame what the model is then given; asked again only when that was lost. */
  readonly detector?: { readonly model: SessionModel; readonly settings: StreamSettings; readonly rules: RegionRules } | undefined;
  readonly options: SessionOptions & CallOptions<SessionProgress> & { readonly fallback?: boolean | undefined };
}

interface Opened {
  readonly session: Session;
  readonly refusals: readonly Refusal[];
  /** Milliseconds that the first run took. */
  readonly firstRun_ms: number;
  readonly detector?: Opened | undefined;
}

/** One run is part of the attempt: what fails only when the model runs must fail before frames depend on it. It is no step of a state. */
async function openSession(sessions: Pick<Sessions, 'attempt'>, { model, requested, options }: StreamTarget, tried: readonly Refusal[] = []): Promise<Opened> {
  const signature = model.summary.signatures.find(({ key }) => key === options.signature) ?? model.summary.signatures[0];
  const zeros = Object.fromEntries(signature?.inputs.map(({ name }) => [name, { kind: 'zeros' } as const]) ?? []);
  const { session, value, refusals } = await sessions.attempt(model, requested, (opened) => opened.run({ inputs: zeros }, options), { ...options, tried, afresh: remembers(signature, options.feedback) });
  return { session, refusals, firstRun_ms: value.timings.invoke_ms };
}

/** The model's session and that of its detector, or none. */
async function openSessions(sessions: Pick<Sessions, 'attempt'>, target: StreamTarget, tried: readonly Refusal[] = []): Promise<Opened> {
  if (target.detector === undefined) return openSession(sessions, target, tried);
  // A signature, shapes and state are the model's own.
  const options = { ...target.options, signature: undefined, shapes: undefined, feedback: undefined };
  const detector = await openSession(sessions, { ...target, model: target.detector.model, options }, tried);
  try {
    return { ...await openSession(sessions, target, tried), detector };
  } catch (error) {
    detector.session.close();
    throw error;
  }
}

function closeSessions({ session, detector }: Opened): void {
  session.close();
  detector?.session.close();
}

function framesOf(session: Session, watchdog_ms: number | undefined): FrameSession {
  return {
    configureStream: (settings) => session.configureStream(settings),
    frame: (request) => session.frame(request, { watchdog_ms }),
    close: () => { session.close(); },
  };
}

/** Failures of a frame after which another runtime takes over: those of an attempt, and silence. */
const worthAnotherRuntime: readonly ErrorCode[] = [...worthAnotherAttempt, 'NO_FRAMES', 'SESSION_HUNG'];

/** A live stream with the session that it runs in, which can be exchanged for another model's or configuration's. */
export class Stream {
  readonly live: LiveStream;
  #target: StreamTarget;
  #opened: Opened;
  /** The latest switch that was asked for; an earlier one that ends later is out of date. */
  #switches = 0;
  /** Whether the latest one is no one's wish. */
  #fallsBack = false;

  readonly #sessions: Pick<Sessions, 'attempt'>;

  private constructor(sessions: Pick<Sessions, 'attempt'>, target: StreamTarget, opened: Opened, start: Pick<StreamStart, 'source' | 'watcher' | 'cap_fps'>) {
    this.#sessions = sessions;
    this.#target = target;
    this.#opened = opened;
    this.live = new LiveStream({ ...start, session: this.#framesOf(opened, target), settings: target.settings });
  }

  /**
   * Opens a session and starts the source in it. The stream owns the source from now on, and closes it when this fails.
   * @throws LitescopeError what `Sessions.attempt` throws
   */
  static async open(sessions: Pick<Sessions, 'attempt'>, target: StreamTarget, source: FrameSource, watcher: StreamWatcher, cap_fps: number | null): Promise<Stream> {
    try {
      return new Stream(sessions, target, await openSessions(sessions, target), { source, watcher, cap_fps });
    } catch (error) {
      source.close();
      throw error;
    }
  }

  /** What runs. */
  get configuration(): ProducedConfiguration {
    return this.loaded.configuration;
  }

  get loaded(): LoadReply {
    return this.#opened.session.loaded;
  }

  /** What was tried before, and why it does not run. */
  get refusals(): readonly Refusal[] {
    return this.#opened.refusals;
  }

  /**
   * Goes on with another model or configuration. Frames go through the old session until the new one has run once.
   * @returns false when the stream was closed or a later switch was asked for meanwhile, and this one came to nothing
   * @throws LitescopeError what `Sessions.attempt` throws; the stream then goes on as it was
   */
  async switchTo(target: StreamTarget): Promise<boolean> {
    this.#fallsBack = false;
    return this.#open(target, []);
  }

  /** Ends what runs and leaves the source: the next frame finds no session, and says so by the stream's state. */
  endSession(): void {
    if (this.#fallsBack) this.#switches++;
    closeSessions(this.#opened);
  }

  close(): void {
    this.live.close();
  }

  /** @param tried what is not to be tried again */
  async #open(target: StreamTarget, tried: readonly Refusal[]): Promise<boolean> {
    const own = ++this.#switches;
    const opened = await openSessions(this.#sessions, target, tried);
    if (own !== this.#switches || this.live.state.kind === 'closed') {
      closeSessions(opened);
      return false;
    }
    this.#opened = opened;
    this.#target = target;
    this.#fallsBack = false;
    this.live.useSession(this.#framesOf(opened, target), target.settings);
    return true;
  }

  #framesOf(opened: Opened, { detector, options: { watchdog_ms } }: StreamTarget): FrameSession {
    const own = framesOf(opened.session, watchdog_ms);
    const both = detector === undefined || opened.detector === undefined ? own : afterDetector(own, { ...detector, session: framesOf(opened.detector.session, watchdog_ms) });
    const frames = endedBySilence(both, longestSilence_ms(opened.firstRun_ms + (opened.detector?.firstRun_ms ?? 0)));
    return {
      ...frames,
      frame: async (request) => {
        try {
          return await frames.frame(request);
        } catch (error) {
          this.#fallBack(opened, LitescopeError.from(error));
          throw error;
        }
      },
    };
  }

  /** The stream says that it is interrupted, and goes on by itself where another runtime is left. Until then, and where none is, what failed stands. */
  #fallBack(failed: Opened, error: LitescopeError): void {
    if (failed !== this.#opened || this.#target.options.fallback === false || !worthAnotherRuntime.includes(error.code)) return;
    const { runtime, accelerator, threads } = failed.session.loaded.configuration;
    closeSessions(failed);
    this.#fallsBack = true;
    this.#open({ ...this.#target, settings: this.live.settings }, [...failed.refusals, { configuration: { runtime, accelerator, threads }, error: error.serialize() }]).catch(() => undefined);
  }
}
