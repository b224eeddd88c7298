import { attempt, keep, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Times the ops of the model as it is set up. */
export function profileModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { litescope, configuration, benchmark } = shared;
  return attempt(shared, 'profile', work, (options) => work.profile.measure(litescope, work, configuration.requested, benchmark.plan, options), () => [benchmark.plan]);
}

/** Measures whole runs beside the model's profile, so that it can leave the page. */
export function measureProfiledModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { litescope, benchmark, runHistory } = shared;
  return attempt(shared, 'profile', work, async (options) => {
    await work.profile.measureWhole(litescope, work, benchmark.plan, options);
    await keep(runHistory, work.profile.report);
  }, () => [benchmark.plan]);
}
