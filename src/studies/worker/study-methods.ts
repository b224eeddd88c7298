import { SessionHost } from '../../engine/session/worker/session-host';
import { sessionMethods } from '../../engine/session/worker/session-methods';
import { later } from '../../threads/worker/later';

/** What a session's worker can be asked for: to run, and what studies add to that, each fetched by the sessions that are studied. */
export function studyMethods(host = new SessionHost()) {
  const bench = later(async () => (await import('../bench/worker/bench-methods')).benchMethods(host));
  const profile = later(async () => (await import('../profile/worker/profile-methods')).profileMethods(host));
  const observe = later(async () => (await import('../variants/worker/observe-methods')).observeMethods(host));
  return { ...sessionMethods(host), benchmark: bench('benchmark'), profile: profile('profile'), observe: observe('observe'), observed: observe('observed') };
}

export type StudyMethods = ReturnType<typeof studyMethods>;
