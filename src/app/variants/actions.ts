import type { RecipeName } from '../../quantize/recipe';
import type { PassPreview } from '../../studies/variants/shared/protocol';
import { attempt, type Outcome } from '../attempt';
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
export function rewriteModel(shared: Shared, work: WorkModel, previews: readonly PassPreview[]): Promise<Outcome> {
  const { rewrite, samples } = work.variants;
  return attempt(shared, 'variant', work, (options) => work.variants.makeRewritten(shared.litescope, work, previews, options), () => [rewrite.edges, rewrite.part, rewrite.metadata, rewrite.passes(previews).join(), samples.samples]);
}

/** Makes a variant with smaller numbers. */
export function quantizeModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { quantize, samples } = work.variants;
  return attempt(shared, 'variant', work, (options) => work.variants.makeQuantized(shared.litescope, work, options), () => [quantize.name, quantize.file, quantize.settings, quantize.budget_db, quantize.holdOut, samples.samples]);
}

/** Makes a variant by a recipe as it is: on the samples that were given, else on what is set up for a run. */
export function tryRecipe(shared: Shared, work: WorkModel, recipe: RecipeName): Promise<Outcome> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeByRecipe(shared.litescope, work, recipe, options), () => [work.variants.samples.samples]);
}

/** Compares a variant with the model that it was made of, layer by layer. */
export function compareVariantLayers(shared: Shared, work: WorkModel, made: MadeVariant): Promise<Outcome> {
  return attempt(shared, 'variant', work, (options) => work.variants.compareLayers(shared.litescope, work, made, options));
}

/** Opens a variant beside the model that it was made of. */
export async function openVariant({ litescope, workbench }: Shared, { variant: { model } }: MadeVariant): Promise<void> {
  const isOpen = litescope.models().some(({ id }) => id === model.id);
  // Its tab may have been closed, and the model with it.
  workbench.add(isOpen ? model : await litescope.open(new File([model.blob], model.name), { name: model.name, madeFrom: model.madeFrom }));
}

/** Forgets a variant; one that is open stays open. */
export function discardVariant({ litescope, workbench }: Shared, { variants }: WorkModel, { id }: MadeVariant): void {
  const gone = variants.discard(id);
  if (gone !== null && !workbench.models.some(({ model }) => model.id === gone.id)) litescope.close(gone.id);
}
