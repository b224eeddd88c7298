import type { EdgeType } from '../rewrite/edge-types';
import type { ActivationBits } from './parameters';
import type { RangeMethod } from './ranges';

/** What becomes of an op that a rule of a recipe fits. */
export type Scheme =
  /** Stays in float32. */
  | { readonly kind: 'float' }
  /** Computes in float32 with weights that are stored in half precision. */
  | { readonly kind: 'float16' }
  /** Computes in float32 with weights that are stored as int8 and converted before. */
  | { readonly kind: 'weights'; readonly granularity: Granularity }
  /** Weights are int8; the runtime quantizes activations by what it sees in each run. */
  | { readonly kind: 'dynamic'; readonly granularity: Granularity }
  /** Weights and activations are integers, whose scales calibration found. */
  | { readonly kind: 'static'; readonly bits: ActivationBits; readonly granularity: Granularity };

/** Whether weights have a scale for each output channel or one for all. */
export type Granularity = 'channel' | 'tensor';

export interface RecipeRule {
  /** A regular expression, searched for in the names of the op's outputs. */
  readonly scope: string;
  /** The op's name, or `*` for every op that can be quantized. */
  readonly operation: string;
  readonly scheme: Scheme;
}

/** How to quantize a model. */
export interface Recipe {
  /** The last rule that fits an op decides; an op that no rule fits stays in float. */
  readonly rules: readonly RecipeRule[];
  /** The types that callers give and get. */
  readonly inputs: EdgeType;
  readonly outputs: EdgeType;
  /** How ranges of activations follow from calibration. */
  readonly range: RangeMethod;
  /** Moves scale between layers, so that channels of one tensor have ranges of one size. */
  readonly equalise: boolean;
  /** Takes the mean error that rounding of weights causes out of each output channel. */
  readonly correctBias: boolean;
  /** The share of all multiplications, from the end of the network back, that stays in float where outputs are float32, with weights in half precision (see `tailOf`); 0 for none. */
  readonly floatTail: number;
}

export const defaultRange: RangeMethod = { kind: 'mse' };

const everything = (scheme: Scheme): readonly RecipeRule[] => [{ scope: '.*', operation: '*', scheme }];
const plain = { inputs: 'float32', outputs: 'float32', range: defaultRange, equalise: false, correctBias: false, floatTail: 0 } as const;

/** The recipes that a person chooses from. */
export const recipes = {
  float16: { ...plain, rules: everything({ kind: 'float16' }) },
  'weights-int8': { ...plain, rules: everything({ kind: 'weights', granularity: 'channel' }) },
  'dynamic-int8': { ...plain, rules: everything({ kind: 'dynamic', granularity: 'channel' }) },
  int8: { ...plain, rules: everything({ kind: 'static', bits: 8, granularity: 'channel' }), equalise: true, correctBias: true, floatTail: 0.1 },
  int16: { ...plain, rules: everything({ kind: 'static', bits: 16, granularity: 'channel' }), equalise: true, correctBias: true },
} as const satisfies Readonly<Record<string, Recipe>>;
export type RecipeName = keyof typeof recipes;

/** Whether a recipe needs samples to find ranges with. */
export function needsCalibration(recipe: Recipe): boolean {
  return recipe.rules.some(({ scheme }) => scheme.kind === 'static');
}

/** The recipe with ops, by the names of their outputs, that stay in float. */
export function withFloatLayers(recipe: Recipe, outputs: readonly string[]): Recipe {
  const inFloat = outputs.map((name): RecipeRule => ({ scope: `^${escaped(name)}$`, operation: '*', scheme: { kind: 'float' } }));
  return { ...recipe, rules: [...recipe.rules, ...inFloat] };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The rule that decides about an op: the last one that fits. */
export function ruleFor(recipe: Recipe, operation: string, outputNames: readonly string[]): RecipeRule | undefined {
  return recipe.rules.findLast((rule) => (rule.operation === '*' || rule.operation === operation) && outputNames.some((name) => new RegExp(rule.scope).test(name)));
}
