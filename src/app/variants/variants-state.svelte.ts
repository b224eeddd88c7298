import type { Input, Litescope, OpenModel, Variant } from '../../api';
import type { LayersComparison } from '../../studies/accuracy/page/compare-layers';
import type { RewrittenModel } from '../../studies/variants/page/make-variant';
import type { PassPreview, Rewriting } from '../../studies/variants/shared/protocol';
import type { QuantizedModel } from '../../studies/variants/page/quantize-model';
import type { CallOptions } from '../../threads/shared/methods';
import { needsCalibration, type Recipe, type RecipeName, recipes } from '../../quantize/recipe';
import { QuantizeChoice } from './quantize-choice.svelte';
import { RewriteChoice } from './rewrite-choice.svelte';
import { SampleSet } from './sample-set.svelte';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';
import { everyHeldOut } from '../../studies/variants/page/sample-warnings';

interface Made {
  readonly id: number;
  readonly name: string;
}

/** A variant that was made here, with all that is known of it. */
export type MadeVariant = Made & (
  | { readonly kind: 'rewritten'; readonly rewriting: Rewriting; readonly variant: Variant<RewrittenModel> }
  | { readonly kind: 'quantized'; readonly variant: Variant<QuantizedModel> }
);

interface QuantizeRequest {
  readonly recipe: Recipe | RecipeName;
  /** Part of the variant's name. */
  readonly title: string;
  readonly samples: readonly Readonly<Record<string, Input>>[];
  readonly heldOut: readonly Readonly<Record<string, Input>>[];
  readonly least_sqnr_db?: number;
}

/** More inputs tell little more of a layer, and each takes a run of both models on slow kernels. */
const layerSamples = 4;
/** Fewer would leave too little of them. */
const leastToHoldOut = 10;

/** What variants of one model are made from, and what came of it. A failure leaves them as they are. */
export class VariantsState {
  readonly rewrite = new RewriteChoice();
  readonly quantize = new QuantizeChoice();
  readonly samples = new SampleSet();
  #made = $state.raw<readonly MadeVariant[]>([]);
  #layers = $state.raw<Readonly<Record<number, LayersComparison>>>({});
  #next = 1;

  /** The latest first. */
  get made(): readonly MadeVariant[] {
    return this.#made;
  }

  /** @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet */
  async makeRewritten(litescope: Litescope, { model, inputs, decoding }: Setup, previews: readonly PassPreview[], options: CallOptions<Progress>): Promise<void> {
    const outputs = model.summary.signatures[0]?.outputs.map(({ tensorIndex }) => tensorIndex) ?? [];
    const rewriting = this.rewrite.rewriting(previews, outputs);
    if (rewriting === null) return;
    const samples = this.samples.samples.length > 0 ? this.samples.sources(inputs) : [inputs.sources];
    const name = this.#nameFor(model, [...(rewriting.part === undefined ? [] : ['part']), ...(rewriting.passes ?? []), ...Object.entries(rewriting.edges ?? {}).map(([side, type]) => `${type ?? 'same'} ${side}`), ...(rewriting.metadata === undefined ? [] : ['metadata'])]);
    const variant = await litescope.rewrite(model.id, rewriting, samples, { ...options, name, decoder: decoding.decoder, labels: decoding.labels });
    this.#add({ kind: 'rewritten', id: this.#next++, name, rewriting, variant });
  }

  /** @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet */
  async makeQuantized(litescope: Litescope, setup: Setup, options: CallOptions<Progress>): Promise<void> {
    const { recipe, budget_db, title } = this.quantize;
    const all = this.samples.sources(setup.inputs);
    // Where nothing is calibrated, all samples judge; without any, what is set up for a run does.
    const parted = needsCalibration(recipe) ? this.#parted(all) : { samples: [], heldOut: all.length > 0 ? all : [setup.inputs.sources] };
    await this.#quantize(litescope, setup, { recipe, title, ...parted, ...(budget_db === null || parted.samples.length === 0 ? {} : { least_sqnr_db: budget_db }) }, options);
  }

  /**
   * Makes a variant by a recipe's own settings, on the samples that were given, else on what is set up for a run.
   * @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet
   */
  async makeByRecipe(litescope: Litescope, setup: Setup, recipe: RecipeName, options: CallOptions<Progress>): Promise<void> {
    const { inputs } = setup;
    const all = this.samples.samples.length > 0 ? this.samples.sources(inputs) : [inputs.sources];
    const parted = needsCalibration(recipes[recipe]) ? this.#parted(all) : { samples: [], heldOut: all };
    await this.#quantize(litescope, setup, { recipe, title: recipe, ...parted }, options);
  }

  /** How far each layer of a variant is from the original's; null until it was asked for. */
  layersOf({ id }: MadeVariant): LayersComparison | null {
    return this.#layers[id] ?? null;
  }

  /** Compares a variant with the original layer by layer, on the first samples or what is set up. @throws LitescopeError what the API throws */
  async compareLayers(litescope: Litescope, { model, inputs, signature }: Setup, { id, variant }: MadeVariant, options: CallOptions<Progress>): Promise<void> {
    const samples = this.samples.samples.length > 0 ? this.samples.sources(inputs).slice(0, layerSamples) : [inputs.sources];
    const comparison = await litescope.compareLayers([model.id, variant.model.id], samples.map((each) => ({ inputs: each })), { ...options, shapes: signature.options.shapes });
    this.#layers = { ...this.#layers, [id]: comparison };
  }

  /** Forgets a variant. @returns the model that nothing shows any more, null where another variant is the same file */
  discard(id: number): OpenModel | null {
    const gone = this.#made.find((variant) => variant.id === id);
    this.#made = this.#made.filter((variant) => variant.id !== id);
    return gone === undefined || this.#made.some(({ variant }) => variant.model.id === gone.variant.model.id) ? null : gone.variant.model;
  }

  async #quantize(litescope: Litescope, { model, decoding }: Setup, { recipe, title, samples, ...judging }: QuantizeRequest, options: CallOptions<Progress>): Promise<void> {
    const name = this.#nameFor(model, [title]);
    const variant = await litescope.quantize(model.id, recipe, samples, { ...options, name, decoder: decoding.decoder, labels: decoding.labels, ...judging });
    this.#add({ kind: 'quantized', id: this.#next++, name, variant });
  }

  #parted(all: readonly Readonly<Record<string, Input>>[]): { readonly samples: typeof all; readonly heldOut: typeof all } {
    if (!this.quantize.holdOut || all.length < leastToHoldOut) return { samples: all, heldOut: [] };
    const isHeld = (index: number): boolean => index % everyHeldOut === everyHeldOut - 1;
    return { samples: all.filter((_, index) => !isHeld(index)), heldOut: all.filter((_, index) => isHeld(index)) };
  }

  #nameFor(model: OpenModel, parts: readonly string[]): string {
    return `${model.name.replace(/\.(tflite|lite)$/i, '')}, ${parts.join(', ')}`;
  }

  #add(made: MadeVariant): void {
    this.#made = [made, ...this.#made];
  }
}
