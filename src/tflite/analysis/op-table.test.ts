import { describe, expect, test } from 'vitest';
import { builtinDescription, opDescription, opEntry, opFamily } from './op-table';
import { control } from './ops/families/control';
import { convolution } from './ops/families/convolution';
import { dense } from './ops/families/dense';
import { elementwise } from './ops/families/elementwise';
import { movement } from './ops/families/movement';
import { pooling } from './ops/families/pooling';
import { quantization } from './ops/families/quantization';
import { builtinOperators } from '../format/schema/operators';
import type { OperatorOptions } from '../format/schema/tables';

/** Settings without which a rule does not come to its values. */
const optionsToTry: readonly (OperatorOptions | null)[] = [
  null, { table: 'StridedSliceOptions', values: { begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 0, offset: false } }, { table: 'OneHotOptions', values: { axis: -1 } },
];

describe('one description an op', () => {
  test('every built-in op stands in one family, and in no other', () => {
    const names = [convolution, dense, pooling, elementwise, movement, quantization, control].flatMap((group) => Object.keys(group));
    expect(names.toSorted()).toEqual(builtinOperators.toSorted());
  });

  test.each([
    ['CONV_2D', 'convolution'], ['STABLEHLO_CONVOLUTION', 'convolution'], ['EMBEDDING_LOOKUP', 'dense'], ['HASHTABLE_LOOKUP', 'dense'], ['HASHTABLE', 'control'],
    ['READ_VARIABLE', 'control'], ['CUMSUM', 'pooling'], ['SOFTMAX', 'elementwise'], ['TRANSPOSE', 'movement'], ['TRANSPOSE_CONV', 'convolution'], ['CAST', 'quantization'],
    ['BUILTIN_230', null], ['constructor', null],
  ])('%s is of the family %s', (name, family) => {
    expect(opFamily(name)).toBe(family);
  });

  test('a custom op has nothing of the built-in op of its name, nor the other way round', () => {
    expect(opDescription({ name: 'CONV_2D', custom: true })).toBe(null);
    expect(opDescription({ name: 'Convolution2DTransposeBias', custom: false })).toBe(null);
    expect(opDescription({ name: 'Convolution2DTransposeBias', custom: true })?.roles).toEqual(['input', 'weights', 'bias']);
  });

  test('nothing is said of the arithmetic of an op that is only listed', () => {
    expect([opEntry({ name: 'DILATE', custom: false }), builtinDescription('DILATE')?.unknownArithmetic]).toEqual([null, true]);
    expect(opEntry({ name: 'VAR_HANDLE', custom: false })).toEqual({});
  });

  // Sizes that a rule reads from values are known no earlier than those values are.
  test.each(builtinOperators.filter((name) => builtinDescription(name)?.shape !== undefined))('the rule of %s reads the values of the inputs that size its outputs, and of no others', (name) => {
    const { shape, sizedBy = [] } = builtinDescription(name) ?? {};
    const asked = new Set<number>();
    for (const options of optionsToTry) {
      shape?.({
        inputs: Array.from({ length: 4 }, () => [2, 2, 2, 2]), options, customOptions: null, stated: [[2, 2, 2, 2]],
        values: (position) => { asked.add(position); return [1, 1, 1, 1]; },
      });
    }
    expect([...asked].filter((position) => !sizedBy.includes(position))).toEqual([]);
    expect(asked.size > 0).toBe(sizedBy.length > 0);
  });

  test.each(builtinOperators)('%s does not contradict itself', (name) => {
    const { weights = [], biases = [], channels, activation = 0, kernel, quantized, roles = [] } = builtinDescription(name) ?? {};
    const positions = [...weights, ...biases];
    expect(new Set(positions).size).toBe(positions.length);
    if (channels !== undefined) expect([weights.length, biases.length, positions.includes(activation)]).toEqual([1, 1, false]);
    if (kernel !== undefined) expect(weights.length).toBe(1);
    expect(quantized?.kind === 'weights').toBe(channels !== undefined);
    expect(quantized?.kind === 'fixed').toBe(quantized?.output !== undefined);
    // What costs call a weight or a bias is called so, where it has a name; a PRELU's are called slopes.
    for (const position of weights) if (roles[position] !== undefined) expect(roles[position]).toMatch(/weights$|^slopes$/);
    for (const position of biases) if (roles[position] !== undefined) expect(roles[position]).toMatch(/bias$/);
  });
});
