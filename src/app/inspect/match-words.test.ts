import { describe, expect, test } from 'vitest';
import type { FoldedOp, OpMatch, TensorMatch } from '../../inspect/diff/shared/comparison';
import { differenceWords, foldingWords, typeWords } from './match-words';

const folded = (name: string, role: FoldedOp['role']): FoldedOp => ({ op: 0, name, role });
const row: OpMatch = {
  subgraph: 0, a: 1, b: 2, name: 'CONV_2D', by: 'name', differences: [], dtypes: { a: 'float32', b: 'float32' }, bytes: { a: null, b: null },
  weights: { a: null, b: null }, folded: { a: [], b: [] },
};

describe('what is folded, in words', () => {
  test('is said for the side that has it alone', () => {
    expect(foldingWords({ a: [folded('RELU', 'activation')], b: [] })).toEqual(['+ RELU, fused in B']);
    expect(foldingWords({ a: [], b: [folded('PAD', 'padding')] })).toEqual(['+ PAD, part of its padding in A']);
    expect(foldingWords({ a: [], b: [folded('QUANTIZE', 'before'), folded('QUANTIZE', 'after')] })).toEqual(['QUANTIZE around it in B']);
    expect(foldingWords({ a: [], b: [folded('DEQUANTIZE', 'before'), folded('QUANTIZE', 'after')] })).toEqual(['DEQUANTIZE before and QUANTIZE after it in B']);
    expect(foldingWords({ a: [folded('DEQUANTIZE', 'weights'), folded('DEQUANTIZE', 'weights')], b: [folded('QUANTIZE', 'before')] })).toEqual(['weights through DEQUANTIZE in A', 'QUANTIZE before it in B']);
  });

  test('goes unsaid where both have it', () => {
    const both = [folded('DEQUANTIZE', 'weights'), folded('DENSIFY', 'weights')];
    expect(foldingWords({ a: both, b: [...both].reverse() })).toEqual([]);
    expect(foldingWords({ a: both, b: both.slice(0, 1) })).toEqual(['weights through DENSIFY in A']);
  });
});

test('rows of ops', () => {
  expect([differenceWords(row), typeWords(row)]).toEqual(['equal', 'float32']);
  expect(differenceWords({ ...row, b: null })).toBe('only in A');
  const changed: OpMatch = {
    ...row, weights: { a: 'float16', b: 'int8' }, bytes: { a: 3648, b: 1848 }, dtypes: { a: 'float32', b: 'int8' }, folded: { a: [folded('RELU6', 'activation')], b: [] },
    differences: [{ what: 'folding', a: '', b: '' }, { what: 'options', a: 'stride 1×1', b: 'stride 2×2' }, { what: 'dtype', a: '', b: '' }, { what: 'weights', a: '', b: '' }, { what: 'size', a: '', b: '' }],
  };
  expect(differenceWords(changed)).toBe('+ RELU6, fused in B; options stride 1×1 → stride 2×2');
  expect(differenceWords({ ...changed, differences: changed.differences.slice(2) })).toBe('another type; weights of another type');
  expect(typeWords(changed)).toBe('float32 → int8; weights float16 → int8, 3.65 kB → 1.85 kB');
});

test('rows of tensors', () => {
  const tensor: TensorMatch = { subgraph: 0, a: 4, b: null, name: 'w_dequantize', by: null, differences: [], dtypes: { a: 'float32', b: null }, bytes: { a: 128, b: null }, instead: 7 };
  expect([differenceWords(tensor), typeWords(tensor)]).toEqual(['a step inside of what is folded in A; B has tensor 7 in its place', 'float32, 128 B']);
  expect(differenceWords({ ...tensor, instead: null })).toBe('only in A');
  expect(differenceWords({ ...tensor, b: 4, instead: null, differences: [{ what: 'size', a: '', b: '' }] })).toBe('another size');
});
