import { LitescopeError, type ErrorCode, type SerializedError } from '../../../errors';
import { attempts } from '../shared/attempts';
import { capabilities } from '../../builds/page/capabilities';
import type { Configuration, RequestedConfiguration } from '../shared/protocol';
import { Session, type OpenSessionOptions, type SessionModel } from './session';

/** A configuration that was tried before the one that runs, and why it does not. */
export interface Refusal {
  readonly configuration: Configuration;
  readonly error: SerializedError;
}

export interface AttemptOptions extends OpenSessionOptions {
  /** False to try only the first choice. */
  readonly fallback?: boolean | undefined;
}

export interface Attempted<T> {
  readonly session: Session;
  readonly value: T;
  readonly refusals: readonly Refusal[];
}

/** What another runtime or fewer threads may do better; anything else ends the search. */
const worthAnotherAttempt: readonly ErrorCode[] = [
  'UNSUPPORTED_OP', 'UNSUPPORTED_DTYPE', 'RUNTIME_LOAD_FAILED', 'MODEL_REFUSED', 'INVOKE_FAILED', 'OUTPUT_NOT_WRITTEN', 'OUT_OF_MEMORY',
  'SESSION_CRASHED', 'NOT_ISOLATED', 'NO_SIMD', 'NO_WEBGPU', 'NO_WEBNN', 'INVALID_CONFIGURATION',
];

/**
 * Opens a session by what was asked for and uses it, falling back over what the device offers instead. Loading
 * alone proves little, because some failures show only when the model runs: `use` is part of the attempt.
 * @throws LitescopeError NO_RUNTIME with every attempt's error; where all attempts fail alike, that error
 */
export async function attemptSession<T>(
  model: SessionModel,
  requested: RequestedConfiguration,
  use: (session: Session) => Promise<T>,
  options: AttemptOptions = {},
): Promise<Attempted<T>> {
  const available = await capabilities();
  const candidates = attempts(requested, available, model.summary);
  const refusals: Refusal[] = [];
  for (const configuration of options.fallback === false ? candidates.slice(0, 1) : candidates) {
    let session: Session | null = null;
    try {
      session = await Session.open(model, configuration, available, options);
      return { session, value: await use(session), refusals };
    } catch (thrown) {
      session?.close();
      const error = LitescopeError.from(thrown);
      if (!worthAnotherAttempt.includes(error.code)) throw error;
      refusals.push({ configuration, error: error.serialize() });
    }
  }
  throw refusedByAll(refusals);
}

/** One error for all attempts: their common one where they agree, so that a person is not sent to search in a list. */
function refusedByAll(refusals: readonly Refusal[]): LitescopeError {
  const errors = refusals.map(({ error }) => error);
  const [first] = errors;
  const place = errors.find((error) => error.place !== undefined)?.place;
  if (first !== undefined && errors.every(({ code }) => code === first.code)) {
    return new LitescopeError(first.code, [...new Set(errors.map(({ details }) => details))].join(' · '), { place, attempts: errors.length > 1 ? errors : undefined });
  }
  return new LitescopeError('NO_RUNTIME', refusals.map(({ configuration, error }) => `${configuration.runtime}: ${error.title}`).join(' · '), { place, attempts: errors });
}
