import type { RecipeEstimate } from '../../../quantize/estimate';
import type { Recipe } from '../../../quantize/recipe';
import type { Decoder } from '../../../vision/shared/types';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import type { SessionModel } from '../../../engine/session/page/session';
import type { PartReference, PassPreview, Rewriting, RewrittenFile } from '../shared/protocol';
import { acceptances, type Proof, proveVariant } from './prove';
import type { Acceptance } from './runtime-proof';
import { quantizeModel, type QuantizedModel } from './quantize-model';
import type { Progress } from '../../progress';
import { withMaker, type VariantMaker } from './variant-worker';

export interface VariantSettings extends CallOptions<Progress> {
  /** What outputs must reach for the variant to be called good; left out, it follows from what was done. */
  readonly acceptance?: Partial<Acceptance> | undefined;
  /**
   * The runtime that runs the model as it was: `tfjs-kernels` for a reference that shares no delegate, fusing or packing
   * with what runs the variant. Each runtime is compared with itself when left out.
   */
  readonly reference?: RuntimeName | undefined;
  /** What the outputs mean, so that the proof can tell it in the task's own terms; left out, the model's own where it is known. */
  readonly decoder?: Decoder | undefined;
  readonly labels?: readonly string[] | undefined;
  /** False to make the file without running it. */
  readonly prove?: boolean | undefined;
}

export interface QuantizeSettings extends VariantSettings {
  /** Keeps as few layers in float as it takes for every output to reach this signal to noise ratio, in dB; takes a run of the model for each layer. */
  readonly least_sqnr_db?: number | undefined;
}

export type RewrittenModel = Omit<RewrittenFile, 'reference'>;

/** `proof` is null where nobody asked for one. */
export type Proven<Made> = Made & { readonly proof: Proof | null };

/** Samples that a proof takes where none are given for it. */
const provingSamples = 16;

/** What each pass would change in a model. */
export function previewPasses(model: SessionModel, options: CallOptions<Progress>): Promise<readonly PassPreview[]> {
  return withMaker((maker) => maker.previewPasses(model.blob, options));
}

/** What a recipe would make of this very file, before anything runs. */
export function estimateRecipe(model: SessionModel, recipe: Recipe, options: CallOptions<Progress>): Promise<RecipeEstimate> {
  return withMaker((maker) => maker.estimateRecipe({ model: model.blob, recipe }, options));
}

/**
 * Rewrites a model by passes, and runs it before and after.
 * @param samples inputs to compare with; without any, seeded random ones
 */
export function rewriteModel(model: SessionModel, rewriting: Rewriting, samples: readonly InputSources[], settings: VariantSettings): Promise<Proven<RewrittenModel>> {
  return withMaker(async (maker) => {
    settings.onProgress?.({ kind: 'rewrite' });
    const { reference, ...made } = await maker.rewrite({ model: model.blob, rewriting }, settings);
    const original = reference === null ? { model } : { model: { blob: reference.file, summary: reference.summary }, given: reference.given };
    return { ...made, proof: await prove(maker, original, made, samples, acceptances[made.precision], settings) };
  });
}

/**
 * Quantizes a model by a recipe, and runs it before and after.
 * @param samples inputs to find ranges with
 * @param heldOut inputs to compare with; without any, some of the samples, which flatter the variant
 */
export function quantizeAndProve(model: SessionModel, recipe: Recipe, samples: readonly InputSources[], heldOut: readonly InputSources[], settings: QuantizeSettings): Promise<Proven<QuantizedModel>> {
  return withMaker(async (maker) => {
    const compared = heldOut.length > 0 ? heldOut : samples.slice(0, provingSamples);
    const budget = settings.least_sqnr_db === undefined ? null : { least_sqnr_db: settings.least_sqnr_db, samples: compared };
    const made = await quantizeModel(maker, model, recipe, samples, heldOut.length, budget, settings);
    return { ...made, proof: await prove(maker, { model }, made, compared, acceptances.rounding, settings) };
  });
}

async function prove(maker: VariantMaker, { model, given }: { readonly model: SessionModel; readonly given?: PartReference['given'] }, made: { readonly file: Blob; readonly summary: SessionModel['summary'] }, samples: readonly InputSources[], usual: Acceptance, settings: VariantSettings): Promise<Proof | null> {
  if (settings.prove === false) return null;
  const variant = { blob: made.file, summary: made.summary };
  const { reference, decoder, labels } = settings;
  return proveVariant(maker, { original: model, variant, samples, acceptance: { ...usual, ...settings.acceptance }, reference, given, decoder, labels }, settings);
}
