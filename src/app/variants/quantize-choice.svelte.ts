import type { RangeMethod } from '../../quantize/ranges';
import { type Granularity, type Recipe, type RecipeName, type RecipeRule, recipes } from '../../quantize/recipe';
import { readRecipe, type ReadRecipe } from '../../quantize/recipe-json';
import type { EdgeType } from '../../rewrite/edge-types';
import { readText } from '../../tensor/read-file';

/** What most come for first. */
export const recipeNames = ['int8', 'dynamic-int8', 'weights-int8', 'float16', 'int16'] as const satisfies readonly RecipeName[];

/** What a person may set besides the rules; null where the recipe's own way holds. */
export interface RecipeSettings {
  readonly inputs: EdgeType | null;
  readonly outputs: EdgeType | null;
  readonly range: RangeMethod | null;
  readonly granularity: Granularity | null;
  readonly equalise: boolean | null;
  readonly correctBias: boolean | null;
  readonly floatTail: number | null;
  /** A regular expression: ops of whose outputs one has such a name stay in float; empty for none. */
  readonly keep: string;
}

const unset: RecipeSettings = { inputs: null, outputs: null, range: null, granularity: null, equalise: null, correctBias: null, floatTail: null, keep: '' };

/** How a model is to be quantized. */
export class QuantizeChoice {
  #name = $state<RecipeName | 'file'>('int8');
  #file = $state.raw<(ReadRecipe & { readonly name: string }) | null>(null);
  #settings = $state.raw<RecipeSettings>(unset);
  #budget_db = $state<number | null>(null);
  #holdOut = $state(true);

  get name(): RecipeName | 'file' { return this.#name; }
  get file(): (ReadRecipe & { readonly name: string }) | null { return this.#file; }
  get settings(): RecipeSettings { return this.#settings; }
  /** What every output must reach, in dB, by keeping layers in float; null for no search. */
  get budget_db(): number | null { return this.#budget_db; }
  /** Whether every fifth sample is kept for the comparison. */
  get holdOut(): boolean { return this.#holdOut; }

  get title(): string {
    return this.#name === 'file' ? this.#file?.name ?? 'recipe' : this.#name;
  }

  get recipe(): Recipe {
    const base: Recipe = this.#name === 'file' && this.#file !== null ? this.#file.recipe : recipes[this.#name === 'file' ? 'int8' : this.#name];
    const { inputs, outputs, range, granularity, equalise, correctBias, floatTail, keep } = this.#settings;
    const rules = base.rules.map((rule) => (granularity === null ? rule : withGranularity(rule, granularity)));
    return {
      rules: keep === '' ? rules : [...rules, { scope: keep, operation: '*', scheme: { kind: 'float' } }],
      inputs: inputs ?? base.inputs, outputs: outputs ?? base.outputs, range: range ?? base.range, equalise: equalise ?? base.equalise, correctBias: correctBias ?? base.correctBias, floatTail: floatTail ?? base.floatTail,
    };
  }

  choose(name: RecipeName | 'file'): void {
    this.#name = name;
  }

  set(settings: Partial<RecipeSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  chooseBudget(least_db: number | null): void {
    this.#budget_db = least_db;
  }

  chooseHoldOut(holdOut: boolean): void {
    this.#holdOut = holdOut;
  }

  /** @throws LitescopeError INVALID_RECIPE, FILE_UNREADABLE */
  async readFile(file: File): Promise<void> {
    this.#file = { ...readRecipe(await readText(file)), name: file.name };
    this.#name = 'file';
  }
}

function withGranularity(rule: RecipeRule, granularity: Granularity): RecipeRule {
  return 'granularity' in rule.scheme ? { ...rule, scheme: { ...rule.scheme, granularity } } : rule;
}
