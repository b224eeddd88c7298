import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { FrameSession } from './live-stream';

/** Nobody waits longer for a picture without a word; a model that takes long for a run is given several of its own runs. */
const least_ms = 5000;
const runs = 10;

/** How long a session may take for a frame, by what its first run took. */
export function longestSilence_ms(firstRun_ms: number): number {
  return Math.max(least_ms, runs * firstRun_ms);
}

/**
 * A session that ends when a frame does not come back: a runtime that hangs says nothing, and its worker hears nothing.
 * The frame that it was working on fails with NO_FRAMES.
 */
export function endedBySilence(session: FrameSession, limit_ms: number): FrameSession {
  return {
    configureStream: (settings) => session.configureStream(settings),
    close: () => { session.close(); },
    frame: (request) => new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      // In two steps: when a page wakes from sleep a timer is due at once, and the answer may lie behind it.
      const wait = (next: () => void): void => { timer = setTimeout(next, limit_ms / 2); };
      wait(() => { wait(() => {
        reject(new LitescopeError('NO_FRAMES', text.noFrameFor(limit_ms / 1000)));
        session.close();
      }); });
      session.frame(request).then(resolve, reject).finally(() => { clearTimeout(timer); });
    }),
  };
}
