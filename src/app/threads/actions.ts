import { attempt, keep, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Measures the model on the thread counts that are chosen, with the models that are to be measured beside it. */
export function sweepModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { litescope, sweep, benchmark, runHistory, workbench } = shared;
  return attempt(shared, 'sweep', work, async (options) => {
    const before = sweep.of(work.model.id);
    try {
      await sweep.measure(litescope, [work, ...sweep.othersOf(work, workbench.models)], benchmark.plan, options);
    } finally {
      // Runs that were timed stay when timing their ops is cancelled or fails.
      const found = sweep.of(work.model.id);
      if (found !== before) await keep(runHistory, found?.report);
    }
  }, () => [benchmark.plan, sweep.runtimes, sweep.counts, sweep.otherModelIds, sweep.ops]);
}
