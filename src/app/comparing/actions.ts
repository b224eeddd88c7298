import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { attempt, keep, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';
import { openVariant, tryRecipe } from '../variants/actions';
import type { MadeVariant } from '../variants/variants-state.svelte';
import { latencyConfigurations } from './latency-configurations';
import { sampleLines, sortLines } from './sample-lines';

/** Runs models on the same inputs and holds their outputs, and then their latency, against the first one's. */
export function compareOutputs(shared: Shared, work: WorkModel, others: readonly WorkModel[], configurations: readonly RequestedConfiguration[]): Promise<Outcome> {
  const { litescope, comparison, configuration, benchmark, runHistory } = shared;
  const latency = { configurations, plan: benchmark.plan, comparison: comparison.plan };
  return attempt(shared, 'outputs', work, (options) => work.outputs.compare(litescope, work, others, configuration.requested, latency, (report) => keep(runHistory, report), options), () => [work.outputs.alsoCompared, work.outputs.set, work.outputs.latency]);
}

/** Shows what two models made of one input of the latest comparison. */
export function lookAtSample(shared: Shared, work: WorkModel, index: number): Promise<Outcome> {
  return attempt(shared, 'outputs', work, (options) => work.outputs.lookAt(shared.litescope, work, index, options));
}

/** Finds the layer where another model's values part from this one's. */
export function compareLayers(shared: Shared, work: WorkModel, other: WorkModel): Promise<Outcome> {
  return attempt(shared, 'layers', work, (options) => work.outputs.compareLayers(shared.litescope, work, other, options));
}

/**
 * Compares the two that are chosen where a model is looked at: makes and opens what is still to be made, runs both on the
 * same inputs, times them in turn, and shows the input on which they disagree most.
 */
export async function comparePair(shared: Shared, work: WorkModel): Promise<void> {
  const { configuration, device, workbench } = shared;
  const before = work.pair.of(work, workbench.models);
  if (before.b.kind === 'recipe') {
    if (await tryRecipe(shared, before.a, before.b.recipe) !== 'done') return;
    const [made] = before.a.variants.made;
    if (made !== undefined) work.pair.chooseVariant(made);
  }
  const { a, b } = work.pair.of(work, workbench.models);
  if (b.kind === 'variant') {
    await openVariant(shared, b.made);
    workbench.select(work.model.id);
  }
  const opened = work.pair.of(work, workbench.models);
  if (opened.b.kind !== 'model') return;
  const other = opened.b.work;
  const others = [other, ...workbench.models.filter((each) => each !== a && each !== other && a.outputs.alsoCompared.includes(each.model.id))];
  const outcome = await compareOutputs(shared, a, others, latencyConfigurations(a.outputs.latency, configuration.requested, device.capabilities));
  const { finished } = a.outputs;
  if (outcome !== 'done' || finished === null || a.outputs.look !== null) return;
  // Differences of another model may have been looked at before.
  a.outputs.show(other.model.id);
  const [worst] = sortLines(sampleLines(finished.comparison.samples, a.outputs.shown), 'disagreement');
  if (worst !== undefined && worst.failure === null) await lookAtSample(shared, a, worst.row.index);
}

/** Goes to where a variant is compared with the model that it was made of, and compares them. */
export async function compareVariant(shared: Shared, work: WorkModel, made: MadeVariant): Promise<void> {
  work.pair.chooseReference(work.model.id);
  work.pair.chooseVariant(made);
  shared.view.choose('compare');
  await comparePair(shared, work);
}
