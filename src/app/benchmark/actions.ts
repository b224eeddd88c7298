import { attempt, keep, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Benchmarks the model as it is set up. */
export function benchmarkModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { litescope, configuration, benchmark, runHistory } = shared;
  return attempt(shared, 'benchmark', work, async (options) => {
    await benchmark.measure(litescope, work, configuration.requested, options);
    await keep(runHistory, benchmark.measurements[0]?.report);
  }, () => [benchmark.plan]);
}

/** Measures the chosen configurations of this model and others in turn. */
export function compareModels(shared: Shared, work: WorkModel, others: readonly WorkModel[]): Promise<Outcome> {
  const { litescope, comparison, benchmark, runHistory } = shared;
  return attempt(shared, 'compare', work, async (options) => {
    await comparison.measure(litescope, [work, ...others], benchmark.plan, options);
    await keep(runHistory, comparison.report);
  }, () => [benchmark.plan, comparison.configurations, comparison.otherModelIds, comparison.plan]);
}
