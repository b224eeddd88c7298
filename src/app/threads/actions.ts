import { attempt, keep, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

export function sweepModel(shared: Shared, work: WorkModel, others: readonly WorkModel[]): Promise<Outcome> {
  const { litescope, sweep, benchmark, runHistory } = shared;
  return attempt(shared, 'sweep', work, async (options) => {
    await sweep.measure(litescope, [work, ...others], benchmark.plan, options);
    await keep(runHistory, sweep.of(work.model.id)?.report);
  });
}
