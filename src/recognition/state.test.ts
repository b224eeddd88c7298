import { describe, expect, it } from 'vitest';
import type { DType } from '../tensor/dtype';
import type { SignatureTensor } from '../tflite/analysis/summary';
import { statePairs } from './state';

function tensors(...given: readonly (readonly [name: string, shape: readonly number[], dtype?: DType])[]): SignatureTensor[] {
  return given.map(([name, shape, dtype = 'float32'], tensorIndex) => ({ name, tensorName: name, tensorIndex, shape, dtype }));
}

const told = (inputs: readonly SignatureTensor[], outputs: readonly SignatureTensor[]) => statePairs({ inputs, outputs }).map(({ output, input, because }) => `${output} → ${input}, ${because}`);

describe('statePairs', () => {
  it.each([
    ['state_in', 'state_out'], ['input_state', 'output_state'], ['prevCell', 'newCell'], ['h0', 'hn'], ['serving_default_memory_in:0', 'memory_out:0'],
    ['past_key_0', 'present_key_0'], ['state', 'state'], ['hidden', 'hidden_next'], ['in_cache', 'out_cache'],
  ])('knows %s and %s by their names', (input, output) => {
    expect(told(tensors(['x', [1, 4]], [input, [1, 8]]), tensors(['y', [1, 8]], [output, [1, 8]]))).toEqual([`${output} → ${input}, names`]);
  });

  it('tells the two states of an LSTM apart by their names, whatever their order', () => {
    expect(told(tensors(['x', [1, 4]], ['h0', [1, 8]], ['c0', [1, 8]]), tensors(['cn', [1, 8]], ['y', [1, 2]], ['hn', [1, 8]]))).toEqual(['hn → h0, names', 'cn → c0, names']);
  });

  it('takes no names of other shapes or types', () => {
    expect(told(tensors(['x', [1, 4]], ['state_in', [1, 8]]), tensors(['state_out', [1, 9]]))).toEqual([]);
    expect(told(tensors(['x', [1, 4]], ['state_in', [1, 8]]), tensors(['state_out', [1, 8], 'int8']))).toEqual([]);
  });

  it('says shape where a form is one input’s and one output’s alone', () => {
    expect(told(tensors(['input_1', [1, 257]], ['input_2', [1, 2, 128, 2]]), tensors(['Identity', [1, 40]], ['Identity_1', [1, 2, 128, 2]]))).toEqual(['Identity_1 → input_2, shape']);
  });

  it('takes the mask of what comes first for no state, as in DTLN', () => {
    expect(told(tensors(['input_2', [1, 1, 257]], ['input_3', [1, 2, 128, 2]]), tensors(['Identity', [1, 1, 257]], ['Identity_1', [1, 2, 128, 2]]))).toEqual(['Identity_1 → input_3, shape']);
  });

  it.each([
    ['a picture that is made of a picture', tensors(['content', [1, 64, 64, 3]], ['style', [1, 100]]), tensors(['stylised', [1, 64, 64, 3]])],
    ['single numbers', tensors(['x', [1, 4]], ['rate', []]), tensors(['loudness', []])],
    ['a model of one input', tensors(['x', [1, 4]]), tensors(['x', [1, 4]])],
    ['two outputs of the same form', tensors(['x', [1, 4]], ['a', [1, 8]]), tensors(['b', [1, 8]], ['c', [1, 8]])],
  ])('finds nothing in %s', (_, inputs, outputs) => {
    expect(told(inputs, outputs)).toEqual([]);
  });
});
