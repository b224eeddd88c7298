import type { PlanHooks } from '../shared/run-plan';
import type { Progress } from '../../progress';

export interface FakePlan extends PlanHooks {
  readonly progress: readonly Progress[];
  /** How often invoke was called. */
  runs(): number;
}

/** A clock that only runs: every invoke takes the next duration (the last one again and again), all else takes what is said. */
export function fakePlan(durations_ms: readonly number[], more: { asynchronous?: boolean; breath_ms?: number; cancelAt?: number } = {}): FakePlan {
  let time_ms = 1000;
  let runs = 0;
  let breaths = 0;
  const progress: Progress[] = [];
  const advance = () => { time_ms += durations_ms[Math.min(runs++, durations_ms.length - 1)] ?? 0; };
  return {
    progress,
    runs: () => runs,
    now: () => time_ms,
    invoke() {
      if (more.asynchronous !== true) {
        advance();
        return undefined;
      }
      // Nothing has run yet when the promise is handed out.
      return Promise.resolve().then(advance);
    },
    release: () => undefined,
    interrupted() {
      time_ms += more.breath_ms ?? 0;
      return Promise.resolve(++breaths === more.cancelAt);
    },
    onProgress: (step) => { progress.push(step); },
  };
}
