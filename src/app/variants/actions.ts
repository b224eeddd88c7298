import type { PassPreview } from '../../studies/variants/shared/protocol';
import { attempt } from '../attempt';
import type { Shared } from '../context';
import type { MadeVariant } from './variants-state.svelte';
import type { WorkModel } from '../state/work-model.svelte';

/** Adds to what a model is run on again and again. Failures become problems beside it. */
export async function gatherSamples({ problems }: Shared, { model }: WorkModel, gather: () => Promise<void>): Promise<void> {
  problems.clear('variant', model.id);
  try {
    await gather();
  } catch (error) {
    problems.add('variant', model.name, error, model.id);
  }
}

/** Makes a variant by passes. */
export function rewriteModel(shared: Shared, work: WorkModel, previews: readonly PassPreview[]): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeRewritten(shared.litescope, work, previews, options));
}

/** Makes a variant with smaller numbers. */
export function quantizeModel(shared: Shared, work: WorkModel): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeQuantized(shared.litescope, work, options));
}

/** Makes a full int8 variant by one click: on the samples that were given, else on what is set up for a run. */
export function tryInt8(shared: Shared, work: WorkModel): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeInt8(shared.litescope, work, options));
}

/** Compares a variant with the model that it was made of, layer by layer. */
export function compareVariantLayers(shared: Shared, work: WorkModel, made: MadeVariant): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.compareLayers(shared.litescope, work, made, options));
}

/** Opens a variant beside the model that it was made of. */
export async function openVariant({ litescope, workbench }: Shared, { variant: { model } }: MadeVariant): Promise<void> {
  const isOpen = litescope.models().some(({ id }) => id === model.id);
  // Its tab may have been closed, and the model with it.
  workbench.add(isOpen ? model : await litescope.open(new File([model.blob], model.name), { name: model.name, madeFrom: model.madeFrom }));
}

/** Opens a variant, and goes to where it is compared with the model that it was made of. */
export async function compareVariant(shared: Shared, { model }: WorkModel, made: MadeVariant): Promise<void> {
  await openVariant(shared, made);
  shared.workbench.select(model.id);
  shared.view.choose('compare', 'outputs');
}

/** Forgets a variant; one that is open stays open. */
export function discardVariant({ litescope, workbench }: Shared, { variants }: WorkModel, { id }: MadeVariant): void {
  const gone = variants.discard(id);
  if (gone !== null && !workbench.models.some(({ model }) => model.id === gone.id)) litescope.close(gone.id);
}
