import type { AttemptOptions } from '../engine/session/page/sessions';
import { sessions } from '../studies/session/page/sessions';
import { signatureOf } from '../engine/runtimes/shared/requirements';
import type { Refusal } from '../engine/configuration/shared/refusal';
import type { RunRequest } from '../engine/session/shared/protocol';
import type { RequestedConfiguration } from '../engine/configuration/shared/configuration';
import type { Session, SessionModel } from '../engine/session/page/session';
import { LitescopeError } from '../errors';
import { api as text } from '../messages/api';
import { Gate } from './gate';
import type { OpenModel, RunResult } from './types';
import type { Progress } from '../studies/progress';

/** How a kept session is opened and asked. */
export type KeptOptions = AttemptOptions<Progress>;

/** What a kept session must be able to do. */
export type RunningSession = Pick<Session, 'run' | 'close' | 'alive' | 'loaded'>;

/** Opens a session and uses it; see `Sessions.attempt`. */
export type Attempt = <T>(model: SessionModel, requested: RequestedConfiguration, use: (session: RunningSession) => Promise<T>, options: AttemptOptions<Progress>) => Promise<{
  readonly session: RunningSession;
  readonly value: T;
  readonly refusals: readonly Refusal[];
}>;

interface KeptSession {
  /** What it was opened for: another configuration, signature or shape needs another session. */
  readonly key: string;
  readonly session: RunningSession;
  readonly refusals: readonly Refusal[];
}

/** One model's sessions. Its runs take turns: two at once would open two sessions, of which one would be lost. */
class SessionsOfModel {
  readonly turn = new Gate();
  /** `observed`: of runs that hand out tensors on the way. A look at one does not cost the model the session that its other runs have. */
  readonly #kept = new Map<'plain' | 'observed', KeptSession>();
  #closed = false;

  /** Call it in turn. */
  async run(attempt: Attempt, model: OpenModel, requested: RequestedConfiguration, request: RunRequest, options: KeptOptions): Promise<RunResult> {
    if (this.#closed) throw new LitescopeError('UNKNOWN_MODEL', text.closedBefore(model.name));
    const use = async (session: RunningSession) => {
      const started = performance.now();
      const reply = await session.run(request, options);
      return { reply, round_trip_ms: performance.now() - started };
    };
    const key = JSON.stringify([requested, options.signature, options.shapes, options.feedback, options.fallback, options.dirtyHeap]);
    const kind = request.tensors === undefined ? 'plain' : 'observed';
    // Variables are nowhere to be reached: they begin anew with a session.
    if (request.reset === true && signatureOf(model.summary, options.signature).variables !== undefined) this.#end(kind);
    let kept = this.#kept.get(kind);
    let done;
    if (kept !== undefined && kept.key === key && kept.session.alive) {
      done = await use(kept.session);
    } else {
      this.#end(kind);
      const { session, refusals, value } = await attempt(model, requested, use, options);
      kept = { key, session, refusals };
      // Nobody would end the session of a model that was closed meanwhile.
      if (this.#closed) session.close();
      else this.#kept.set(kind, kept);
      done = value;
    }
    const { loaded } = kept.session;
    return { ...done.reply, round_trip_ms: done.round_trip_ms, configuration: loaded.configuration, loaded, refusals: kept.refusals };
  }

  end(): void {
    this.#end('plain');
    this.#end('observed');
  }

  close(): void {
    this.#closed = true;
    this.end();
  }

  #end(kind: 'plain' | 'observed'): void {
    this.#kept.get(kind)?.session.close();
    this.#kept.delete(kind);
  }
}

/** The sessions that stay alive between runs, by model. */
export class KeptSessions {
  readonly #attempt: Attempt;
  readonly #models = new Map<string, SessionsOfModel>();

  constructor(attempt: Attempt = (...asked) => sessions.attempt(...asked)) {
    this.#attempt = attempt;
  }

  /**
   * Runs a model once, after its runs before.
   * @throws LitescopeError what `Sessions.attempt` and a session throw; UNKNOWN_MODEL when the model is closed before its turn comes; CANCELLED
   */
  run(model: OpenModel, requested: RequestedConfiguration, request: RunRequest, options: KeptOptions): Promise<RunResult> {
    let own = this.#models.get(model.id);
    if (own === undefined) this.#models.set(model.id, own = new SessionsOfModel());
    const turns = own;
    return turns.turn.alone(() => turns.run(this.#attempt, model, requested, request, options), options.signal);
  }

  /** Ends a model's sessions once its runs are over, for work that needs the memory. @throws LitescopeError CANCELLED */
  async free(id: string, signal: AbortSignal | undefined): Promise<void> {
    const own = this.#models.get(id);
    await own?.turn.alone(() => { own.end(); }, signal);
  }

  /** Ends all sessions at once. Before something is timed, when nothing runs: the thread pool of a session that waits may spin and would be timed too. */
  freeAll(): void {
    for (const own of this.#models.values()) own.end();
  }

  /** Ends a closed model's sessions at once, with what runs in them, and forgets the model. */
  close(id: string): void {
    this.#models.get(id)?.close();
    this.#models.delete(id);
  }
}
