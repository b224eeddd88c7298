import type { Sessions } from '../../session/page/sessions';
import type { Refusal } from '../../configuration/shared/refusal';
import type { CallOptions } from '../../../threads/shared/methods';
import type { LoadReply } from '../../session/shared/protocol';
import type { ProducedConfiguration, RequestedConfiguration } from '../../configuration/shared/configuration';
import type { Session, SessionModel, SessionOptions } from '../../session/page/session';
import type { FrameSource } from '../../../vision/sources/page/types';
import { LiveStream, type FrameSession, type StreamWatcher } from './live-stream';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { StreamSettings } from '../../stream/shared/types';

/** A model and how it is to be run on the frames of a stream. */
export interface StreamTarget {
  readonly model: SessionModel;
  readonly requested: RequestedConfiguration;
  readonly settings: StreamSettings;
  readonly options: SessionOptions & CallOptions<SessionProgress> & { readonly fallback?: boolean | undefined };
}

interface Opened {
  readonly session: Session;
  readonly refusals: readonly Refusal[];
}

/** One run is part of the attempt: what fails only when the model runs must fail before frames depend on it. */
async function openSession(sessions: Sessions, { model, requested, options }: StreamTarget): Promise<Opened> {
  const zeros = Object.fromEntries((model.summary.signatures.find(({ key }) => key === options.signature) ?? model.summary.signatures[0])?.inputs.map(({ name }) => [name, { kind: 'zeros' } as const]) ?? []);
  const { session, refusals } = await sessions.attempt(model, requested, (opened) => opened.run({ inputs: zeros }, options), options);
  return { session, refusals };
}

function asFrameSession(session: Session, watchdog_ms: number | undefined): FrameSession {
  return {
    configureStream: (settings) => session.configureStream(settings),
    frame: (request) => session.frame(request, { watchdog_ms }),
    close: () => { session.close(); },
  };
}

/** A live stream with the session that it runs in, which can be exchanged for another model's or configuration's. */
export class Stream {
  readonly live: LiveStream;
  #opened: Opened;
  /** The latest switch that was asked for; an earlier one that ends later is out of date. */
  #switches = 0;

  readonly #sessions: Sessions;

  private constructor(sessions: Sessions, live: LiveStream, opened: Opened) {
    this.#sessions = sessions;
    this.live = live;
    this.#opened = opened;
  }

  /**
   * Opens a session and starts the source in it. The stream owns the source from now on, and closes it when this fails.
   * @throws LitescopeError what `Sessions.attempt` throws
   */
  static async open(sessions: Sessions, target: StreamTarget, source: FrameSource, watcher: StreamWatcher, cap_fps: number | null): Promise<Stream> {
    try {
      const opened = await openSession(sessions, target);
      const live = new LiveStream({ source, session: asFrameSession(opened.session, target.options.watchdog_ms), settings: target.settings, cap_fps, watcher });
      return new Stream(sessions, live, opened);
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
    const own = ++this.#switches;
    const opened = await openSession(this.#sessions, target);
    if (own !== this.#switches || this.live.state.kind === 'closed') {
      opened.session.close();
      return false;
    }
    this.#opened = opened;
    this.live.useSession(asFrameSession(opened.session, target.options.watchdog_ms), target.settings);
    return true;
  }

  /** Ends what runs and leaves the source: the next frame finds no session, and says so by the stream's state. */
  endSession(): void {
    this.#opened.session.close();
  }

  close(): void {
    this.live.close();
  }
}
