import type { RecipeName } from '../../quantize/recipe';
import type { Setup } from '../setup/setup';
import type { MadeVariant, VariantsState } from '../variants/variants-state.svelte';
import { referenceFirst, usualPartner } from './reference';

/** What an open model is compared by. */
export interface Comparable extends Pick<Setup, 'model'> {
  readonly variants: Pick<VariantsState, 'made'>;
}

/** What a model is held against: another that is open, a variant that was made of it, or a recipe by which one is still to be made. */
export type PairOther<Work extends Comparable> =
  | { readonly kind: 'model'; readonly work: Work }
  | { readonly kind: 'variant'; readonly made: MadeVariant }
  | { readonly kind: 'recipe'; readonly recipe: RecipeName };

export interface Pair<Work extends Comparable> {
  /** The reference. */
  readonly a: Work;
  readonly b: PairOther<Work>;
}

type Chosen =
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'variant'; readonly number: number }
  | { readonly kind: 'recipe'; readonly recipe: RecipeName };

/** Which two are compared where one model is looked at. */
export class PairChoice {
  #a = $state<string | null>(null);
  #b = $state.raw<Chosen | null>(null);

  chooseReference(id: string): void { this.#a = id; }
  chooseModel(id: string): void { this.#b = { kind: 'model', id }; }
  chooseVariant({ id }: MadeVariant): void { this.#b = { kind: 'variant', number: id }; }
  chooseRecipe(recipe: RecipeName): void { this.#b = { kind: 'recipe', recipe }; }

  /** The reference becomes what is held against the other. */
  swap({ a, b }: Pair<Comparable>): void {
    if (b.kind !== 'model') return;
    this.#a = b.work.model.id;
    this.#b = { kind: 'model', id: a.model.id };
  }

  /**
   * The two as far as they were chosen and are still there; else an original and what was made of it (see `referenceFirst`),
   * else what is looked at and what was opened last, else what int8 would make of it.
   * @param models all that are open, in the order in which they were opened
   */
  of<Work extends Comparable>(work: Work, models: readonly Work[]): Pair<Work> {
    const find = (id: string | null | undefined) => models.find(({ model }) => model.id === id);
    const a = find(this.#a) ?? referenceFirst(models, work, models.filter((each) => each !== work))[0];
    return { a, b: this.#other(a, find) ?? this.#usual(work, a, models) };
  }

  #other<Work extends Comparable>(a: Work, find: (id: string) => Work | undefined): PairOther<Work> | null {
    const chosen = this.#b;
    if (chosen === null) return null;
    switch (chosen.kind) {
      case 'recipe': return chosen;
      case 'variant': {
        const made = a.variants.made.find(({ id }) => id === chosen.number);
        return made === undefined ? null : shownVariant(made, find);
      }
      case 'model': {
        const work = find(chosen.id);
        return work === undefined || work === a ? null : { kind: 'model', work };
      }
    }
  }

  #usual<Work extends Comparable>(work: Work, a: Work, models: readonly Work[]): PairOther<Work> {
    if (work !== a) return { kind: 'model', work };
    const partner = usualPartner(models, a);
    if (partner !== null) return { kind: 'model', work: partner };
    const [made] = a.variants.made;
    return made === undefined ? { kind: 'recipe', recipe: 'int8' } : { kind: 'variant', made };
  }
}

/** A variant that was opened is a model like any other. */
function shownVariant<Work extends Comparable>(made: MadeVariant, find: (id: string) => Work | undefined): PairOther<Work> {
  const work = find(made.variant.model.id);
  return work === undefined ? { kind: 'variant', made } : { kind: 'model', work };
}
