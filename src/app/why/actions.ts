import { attempt, keep, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Measures all that tells why the model is as slow as it is, as it is set up. */
export function explainModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { litescope, configuration, why, sweep, benchmark, runHistory } = shared;
  return attempt(shared, 'why', work, async (options) => {
    await why.measure(litescope, work, configuration.requested, benchmark.plan, sweep, options);
    await keep(runHistory, why.of(work.model.id)?.report);
  }, () => [benchmark.plan]);
}
