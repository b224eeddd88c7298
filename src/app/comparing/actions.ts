import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { attempt, keep } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Runs models on the same inputs and holds their outputs, and then their latency, against the first one's. */
export function compareOutputs(shared: Shared, work: WorkModel, others: readonly WorkModel[], configurations: readonly RequestedConfiguration[]): Promise<void> {
  const { litescope, comparison, configuration, benchmark, runHistory } = shared;
  const latency = { configurations, plan: benchmark.plan, comparison: comparison.plan };
  return attempt(shared, 'outputs', work, (options) => work.outputs.compare(litescope, work, others, configuration.requested, latency, (report) => keep(runHistory, report), options), () => [work.outputs.others, work.outputs.set, work.outputs.latency]);
}

/** Shows what two models made of one input of the latest comparison. */
export function lookAtSample(shared: Shared, work: WorkModel, index: number): Promise<void> {
  return attempt(shared, 'outputs', work, (options) => work.outputs.lookAt(shared.litescope, work, index, options));
}

/** Finds the layer where another model's values part from this one's. */
export function compareLayers(shared: Shared, work: WorkModel, other: WorkModel): Promise<void> {
  return attempt(shared, 'layers', work, (options) => work.outputs.compareLayers(shared.litescope, work, other, options));
}
