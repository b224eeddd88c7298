import { SessionHost } from '../../engine/session/worker/session-host';
import { sessionMethods } from '../../engine/session/worker/session-methods';
import { benchMethods } from '../bench/worker/bench-methods';
import { profileMethods } from '../profile/worker/profile-methods';
import { observeMethods } from '../variants/worker/observe-methods';

/** What a session's worker can be asked for: to run, and what studies add to that. */
export function studyMethods(host = new SessionHost()) {
  return { ...sessionMethods(host), ...benchMethods(host), ...profileMethods(host), ...observeMethods(host) };
}

export type StudyMethods = ReturnType<typeof studyMethods>;
