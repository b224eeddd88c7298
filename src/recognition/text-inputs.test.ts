import { describe, expect, it } from 'vitest';
import type { ModelMetadata } from '../tflite/metadata/model-metadata';
import type { SignatureTensor } from '../tflite/analysis/summary';
import { edge } from './testing/subjects';
import { textInputs } from './text-inputs';

const whole = (name: string, more: Partial<SignatureTensor> = {}) => edge(name, [1, 128], { dtype: 'int32', ...more });
const tokenizer: NonNullable<ModelMetadata['tokenizer']> = { kind: 'wordpiece', vocabulary: { name: 'vocab.txt', start: 0, bytes: 1 } };
const stated = (...names: readonly string[]) => ({ inputs: names.map((name) => ({ name })), tokenizer });

describe('the inputs that a text fills', () => {
  it.each<[string, readonly SignatureTensor[], Parameters<typeof textInputs>[1], unknown]>([
    ['a lone one before a table of words', [whole('input_3', { tableRows: 10_003 })], null, { ids: 'input_3', mask: null, segments: null }],
    ['one of which the metadata name the tokenizer', [whole('x')], stated('input_text'), { ids: 'x', mask: null, segments: null }],
    ['three by their own names, in any order', [whole('serving_default_input_mask:0'), whole('serving_default_input_type_ids:0'), whole('serving_default_input_word_ids:0', { tableRows: 30_522 })], null, { ids: 'serving_default_input_word_ids:0', mask: 'serving_default_input_mask:0', segments: 'serving_default_input_type_ids:0' }],
    ['three by the names of the metadata', [whole('a'), whole('b'), whole('c')], stated('segment_ids', 'ids', 'mask'), { ids: 'b', mask: 'c', segments: 'a' }],
    ['three without names, in the order of BERT', [whole('input_1'), whole('input_2'), whole('input_3')], stated('', '', ''), { ids: 'input_1', mask: 'input_2', segments: 'input_3' }],
    ['two, without numbers of sentences', [whole('attention_mask'), whole('input_ids', { tableRows: 30_522, dtype: 'int64' })].map((input) => ({ ...input, dtype: 'int64' as const })), null, { ids: 'input_ids', mask: 'attention_mask', segments: null }],
    ['one whose length is free', [edge('ids', [1, -1], { dtype: 'int32', tableRows: 32_000 })], null, { ids: 'ids', mask: null, segments: null }],
  ])('are known: %s', (_, inputs, metadata, expected) => { expect(textInputs(inputs, metadata)).toEqual(expected); });

  it.each<[string, readonly SignatureTensor[]]>([
    ['numbers before no table', [whole('x')]],
    ['a table of categories', [whole('x', { tableRows: 12 })]],
    ['one category', [edge('x', [1, 1], { dtype: 'int32', tableRows: 5000 })]],
    ['real numbers', [whole('x', { dtype: 'float32', tableRows: 5000 })]],
    ['inputs of different lengths', [whole('ids', { tableRows: 5000 }), edge('mask', [1, 64], { dtype: 'int32' })]],
    ['two tables of words', [whole('left', { tableRows: 5000 }), whole('mask', { tableRows: 5000 }), whole('attention_mask')]],
    ['four inputs', [whole('ids', { tableRows: 5000 }), whole('mask'), whole('segments'), whole('positions')]],
  ])('are not made up: %s', (_, inputs) => { expect(textInputs(inputs, null)).toBeNull(); });
});
