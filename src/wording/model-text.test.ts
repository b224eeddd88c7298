import { expect, test } from 'vitest';
import { edgesText, precisionText } from './model-text';

const weights = (dtype: 'float16' | 'float32' | 'int8' | 'int32', bytes: number) => ({ dtype, tensors: 1, elements: 1, bytes });

test('The precision is that of most weights', () => {
  expect(precisionText({ weights: [weights('float16', 1000), weights('int32', 8)] })).toBe('float16');
  expect(precisionText({ weights: [weights('int8', 1000), weights('float32', 400), weights('int32', 20)] })).toBe('int8, float32');
  expect(precisionText({ weights: [] })).toBe('no weights');
});

test('Edges are told by their shape and type, several by their number', () => {
  const tensor = (shape: readonly number[]) => ({ name: 'x', tensorName: 'x', tensorIndex: 0, dtype: 'float32' as const, shape });
  expect(edgesText([tensor([1, 128, 128, 3])])).toBe('1×128×128×3 float32');
  expect(edgesText([tensor([-1, 4]), tensor([])])).toBe('2 tensors, free×4 float32 first');
  expect(edgesText([])).toBe('nothing');
});
