import type { Litescope } from '../api';
import { LitescopeError } from '../errors';
import type { Report } from '../report/report';
import type { Shared } from './context';
import { setupKey } from './setup/setup-key';
import type { ActivityKind } from './state/activity.svelte';
import type { WorkModel } from './state/work-model.svelte';

type Work = (options: Parameters<Parameters<Shared['activity']['perform']>[2]>[0] & { watchdog_ms: number }) => Promise<void>;

/** How an attempt ended; `refused` where something else went on that somebody had asked for. */
export type Outcome = 'done' | 'failed' | 'cancelled' | 'refused';

/**
 * Does what takes a while with a model. A failure becomes a problem where it is shown, until it is tried again or what it
 * was tried with is changed; what was found before stays.
 * @param choices what it is tried with besides inputs and configuration, told apart by identity
 */
export async function attempt(shared: Shared, kind: Exclude<ActivityKind, 'overview'>, work: WorkModel, perform: Work, choices: () => readonly unknown[] = () => []): Promise<Outcome> {
  const { activity, problems, litescope, configuration } = shared;
  const { model } = work;
  const set = (): readonly unknown[] => [setupKey(work), configuration.runtime, configuration.accelerator, configuration.threads, configuration.watchdogSeconds, ...choices()];
  let outcome: Outcome = 'refused';
  await activity.perform(kind, model.id, async (options) => {
    problems.clear(kind, model.id);
    // Whoever is quicker than the sample photo means the photo all the same, which is the default that they saw.
    await work.inputs.loadSamples();
    try {
      await perform({ ...options, watchdog_ms: configuration.watchdogSeconds * 1000 });
      // Some work ends a cancel early with what it has.
      outcome = options.signal.aborted ? 'cancelled' : 'done';
    } catch (error) {
      outcome = LitescopeError.from(error).code === 'CANCELLED' ? 'cancelled' : 'failed';
      if (wasClosed(litescope, model.id)) return;
      if (outcome === 'cancelled') {
        problems.noteCancelled(kind, model.id);
        return;
      }
      const before = set();
      problems.add(kind, model.name, error, model.id, {
        retry: () => { void attempt(shared, kind, work, perform, choices); },
        stands: () => set().every((choice, index) => choice === before[index]),
      });
    }
  });
  return outcome;
}

/** Closing a model ends its session, which is no failure to tell of. */
function wasClosed(litescope: Litescope, id: string): boolean {
  return !litescope.models().some((model) => model.id === id);
}

/** What was measured is kept without being asked: a person may miss it only later. */
export async function keep(runHistory: Shared['runHistory'], report: Report | null | undefined): Promise<void> {
  if (report !== null && report !== undefined) await runHistory.keep(report);
}
