import * as v from 'valibot';
import { LitescopeError } from '../errors';
import { quantize as words } from '../messages/quantize';
import type { Note } from '../rewrite/pass';
import type { Granularity, Recipe, RecipeRule, Scheme } from './recipe';

/**
 * Recipes in the JSON form of AI Edge Quantizer: a list of rules, of which the last one that fits an op decides. Older
 * files say `channel_wise` and `execution_mode` where newer ones say `granularity`, `compute_precision` and `explicit_dequantize`.
 */
const tensorConfig = v.object({
  num_bits: v.number(),
  symmetric: v.optional(v.boolean()),
  granularity: v.optional(v.string()),
  channel_wise: v.optional(v.boolean()),
  dtype: v.optional(v.string(), 'INT'),
});
const ruleSchema = v.object({
  regex: v.string(),
  operation: v.string(),
  algorithm_key: v.optional(v.string(), 'min_max_uniform_quantize'),
  op_config: v.optional(v.object({
    activation_tensor_config: v.optional(tensorConfig),
    weight_tensor_config: v.optional(tensorConfig),
    compute_precision: v.optional(v.string()),
    explicit_dequantize: v.optional(v.boolean()),
    execution_mode: v.optional(v.string()),
    min_weight_elements: v.optional(v.number()),
  })),
});
type RuleJson = v.InferOutput<typeof ruleSchema>;
type TensorConfig = v.InferOutput<typeof tensorConfig>;

export interface ReadRecipe {
  readonly recipe: Recipe;
  /** What the file asks for and cannot be done, rule by rule; such a rule leaves its ops to the rules before it. */
  readonly refused: readonly Note[];
}

/**
 * Reads a recipe. What the form does not say (edges, ranges, corrections, a tail in float) is what AI Edge Quantizer does:
 * float edges, the whole range, nothing corrected, no tail.
 *
 * @throws LitescopeError INVALID_RECIPE for what is no list of rules
 */
export function readRecipe(json: string): ReadRecipe {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new LitescopeError('INVALID_RECIPE', words.noRecipe(error instanceof Error ? error.message : String(error)), { cause: error });
  }
  const result = v.safeParse(v.array(ruleSchema), parsed);
  if (!result.success) throw new LitescopeError('INVALID_RECIPE', words.noRecipe(result.issues.map((issue) => `${v.getDotPath(issue) ?? words.theFile}: ${issue.message}`).slice(0, 3).join(' · ')));
  const rules: RecipeRule[] = [];
  const refused: Note[] = [];
  for (const [index, rule] of result.output.entries()) {
    const scheme = readScheme(rule);
    if (typeof scheme === 'string') refused.push({ place: words.rule(index), text: scheme });
    else rules.push({ scope: rule.regex, operation: rule.operation, scheme });
    if ((rule.op_config?.min_weight_elements ?? 0) > 0) refused.push({ place: words.rule(index), text: words.leastWeights });
  }
  return { recipe: { rules, inputs: 'float32', outputs: 'float32', range: { kind: 'min-max' }, equalise: false, correctBias: false, floatTail: 0 }, refused };
}

/** The scheme of a rule, or why there is none. */
function readScheme({ regex, algorithm_key, op_config }: RuleJson): Scheme | string {
  try {
    new RegExp(regex);
  } catch {
    return words.noExpression(regex);
  }
  if (algorithm_key === 'no_quantize') return { kind: 'float' };
  const weights = op_config?.weight_tensor_config ?? { num_bits: 8, symmetric: true, dtype: 'INT' };
  if (algorithm_key === 'float_casting') return weights.num_bits === 16 ? { kind: 'float16' } : words.noFloats(weights.num_bits);
  if (algorithm_key !== 'min_max_uniform_quantize') return words.unknownAlgorithm(algorithm_key);
  if (weights.dtype !== 'INT') return weights.num_bits === 16 ? { kind: 'float16' } : words.noWeightType(weights.dtype);
  if (weights.num_bits !== 8) return words.noWeightBits(weights.num_bits);
  if (weights.symmetric === false) return words.weightsWithZeroPoint;
  const granularity = readGranularity(weights);
  if (granularity === null) return words.unknownGranularity(weights.granularity ?? '');
  const activations = op_config?.activation_tensor_config;
  if (activations === undefined) return isDynamic(op_config) ? { kind: 'dynamic', granularity } : { kind: 'weights', granularity };
  const { num_bits: bits } = activations;
  if (bits !== 8 && bits !== 16) return words.noActivationBits(bits);
  if (bits === 16 && activations.symmetric === false) return words.activationsWithZeroPoint;
  return { kind: 'static', bits, granularity };
}

function readGranularity({ granularity, channel_wise }: TensorConfig): Granularity | null {
  if (granularity === undefined) return channel_wise === true ? 'channel' : 'tensor';
  return granularity === 'CHANNELWISE' ? 'channel' : granularity === 'TENSORWISE' ? 'tensor' : null;
}

function isDynamic(config: RuleJson['op_config']): boolean {
  return config?.execution_mode === 'DRQ' || (config?.compute_precision === 'INTEGER' && config.explicit_dequantize !== true);
}

/** A recipe in the same form. What the form has no words for (edges, ranges, corrections, a tail in float) is left out. */
export function writeRecipe(recipe: Recipe): string {
  return JSON.stringify(recipe.rules.map(({ scope, operation, scheme }) => ({ regex: scope, operation, ...writeScheme(scheme) })), null, 2);
}

function writeScheme(scheme: Scheme): object {
  const weights = (granularity: Granularity): object => ({ num_bits: 8, symmetric: true, granularity: granularity === 'channel' ? 'CHANNELWISE' : 'TENSORWISE', dtype: 'INT' });
  const uniform = (config: object): object => ({ algorithm_key: 'min_max_uniform_quantize', op_config: { ...config, skip_checks: false } });
  switch (scheme.kind) {
    case 'float': return { algorithm_key: 'no_quantize' };
    case 'float16': return {
      algorithm_key: 'float_casting',
      op_config: { weight_tensor_config: { num_bits: 16, symmetric: true, granularity: 'TENSORWISE', dtype: 'FLOAT' }, compute_precision: 'FLOAT', explicit_dequantize: true, skip_checks: false },
    };
    case 'weights': return uniform({ weight_tensor_config: weights(scheme.granularity), compute_precision: 'FLOAT', explicit_dequantize: true });
    case 'dynamic': return uniform({ weight_tensor_config: weights(scheme.granularity), compute_precision: 'INTEGER', explicit_dequantize: false });
    case 'static': return uniform({
      activation_tensor_config: { num_bits: scheme.bits, symmetric: scheme.bits === 16, granularity: 'TENSORWISE', dtype: 'INT' },
      weight_tensor_config: weights(scheme.granularity), compute_precision: 'INTEGER', explicit_dequantize: false,
    });
  }
}
