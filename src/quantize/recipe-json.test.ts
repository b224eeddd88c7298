import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../errors';
import { readRecipe, writeRecipe } from './recipe-json';
import { recipes, ruleFor, withFloatLayers } from './recipe';

/** As AI Edge Quantizer's own default recipes state them. */
const static8 = {
  regex: '.*', operation: '*', algorithm_key: 'min_max_uniform_quantize',
  op_config: {
    activation_tensor_config: { num_bits: 8, symmetric: false, granularity: 'TENSORWISE', dtype: 'INT' },
    weight_tensor_config: { num_bits: 8, symmetric: true, granularity: 'CHANNELWISE', dtype: 'INT' },
    compute_precision: 'INTEGER', explicit_dequantize: false, skip_checks: false,
  },
};
const weights = { weight_tensor_config: { num_bits: 8, symmetric: true, granularity: 'CHANNELWISE', dtype: 'INT' } };
const schemeOf = (rule: object) => {
  const { recipe, refused } = readRecipe(JSON.stringify([rule]));
  return refused[0]?.text ?? recipe.rules[0]?.scheme;
};

describe('readRecipe', () => {
  it.each<[string, object, object]>([
    ['static, 8 bits', static8, { kind: 'static', bits: 8, granularity: 'channel' }],
    ['static, 16 bits', { ...static8, op_config: { ...static8.op_config, activation_tensor_config: { num_bits: 16, symmetric: true } } }, { kind: 'static', bits: 16, granularity: 'channel' }],
    ['dynamic range', { ...static8, op_config: { ...weights, compute_precision: 'INTEGER', explicit_dequantize: false } }, { kind: 'dynamic', granularity: 'channel' }],
    ['weights only', { ...static8, op_config: { ...weights, compute_precision: 'FLOAT', explicit_dequantize: true } }, { kind: 'weights', granularity: 'channel' }],
    ['half precision', { ...static8, algorithm_key: 'float_casting', op_config: { weight_tensor_config: { num_bits: 16, dtype: 'FLOAT' } } }, { kind: 'float16' }],
    ['nothing', { regex: 'x', operation: 'ADD', algorithm_key: 'no_quantize' }, { kind: 'float' }],
    ['dynamic range in older words', { ...static8, op_config: { weight_tensor_config: { num_bits: 8, symmetric: true, channel_wise: false }, execution_mode: 'DRQ' } }, { kind: 'dynamic', granularity: 'tensor' }],
  ])('reads %s', (_, rule, scheme) => {
    expect(schemeOf(rule)).toEqual(scheme);
  });

  it.each<[object, RegExp]>([
    [{ ...static8, op_config: { weight_tensor_config: { num_bits: 4 } } }, /4 bits/],
    [{ ...static8, op_config: { weight_tensor_config: { num_bits: 8, granularity: 'BLOCKWISE_32' } } }, /BLOCKWISE_32/],
    [{ ...static8, op_config: { weight_tensor_config: { num_bits: 8, symmetric: false, granularity: 'CHANNELWISE' } } }, /zero point/],
    [{ ...static8, algorithm_key: 'GPTQ' }, /GPTQ/],
    [{ ...static8, regex: '(' }, /regular expression/],
    [{ ...static8, op_config: { ...static8.op_config, activation_tensor_config: { num_bits: 4 } } }, /4 bits/],
  ])('says what it cannot do: %o', (rule, reason) => {
    expect(schemeOf(rule)).toMatch(reason);
  });

  it.each(['', '{}', '[1]', '[{"regex": 5, "operation": "*"}]', '[{"operation": "*"}]'])('refuses %s', (json) => {
    let code: string | null = null;
    try {
      readRecipe(json);
    } catch (error) {
      code = error instanceof LitescopeError ? error.code : String(error);
    }
    expect(code).toBe('INVALID_RECIPE');
  });
});

describe('writeRecipe', () => {
  it.each(Object.entries(recipes))('writes %s so that it reads as the same rules', (_, recipe) => {
    const mixed = withFloatLayers(recipe, ['model/conv (1)']);
    const { recipe: read, refused } = readRecipe(writeRecipe(mixed));
    expect(read.rules).toEqual(mixed.rules);
    expect(refused).toEqual([]);
  });

  it('writes what AI Edge Quantizer writes for static 8 bits', () => {
    expect(JSON.parse(writeRecipe(recipes.int8))).toEqual([static8]);
  });
});

describe('ruleFor', () => {
  it('lets the last rule that fits decide', () => {
    const recipe = withFloatLayers(recipes.int8, ['a.b']);
    expect(ruleFor(recipe, 'CONV_2D', ['a.b'])?.scheme.kind).toBe('float');
    expect(ruleFor(recipe, 'CONV_2D', ['axb'])?.scheme.kind).toBe('static');
    expect(ruleFor({ ...recipe, rules: [{ scope: 'head', operation: 'ADD', scheme: { kind: 'float16' } }] }, 'MUL', ['head'])).toBeUndefined();
  });
});
