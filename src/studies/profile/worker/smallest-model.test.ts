import { expect, it } from 'vitest';
import { opsOf } from '../../../rewrite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { writeModel } from '../../../tflite/format/write/writer';
import { smallestModel } from './smallest-model';

it('the smallest model is a sound file with one op on one number', () => {
  const model = openModel(writeModel(smallestModel()));
  expect(opsOf(model)).toEqual(['RELU']);
  expect(model.subgraphs[0]?.tensors.map(({ dtype, shape }) => [dtype, shape])).toEqual([['float32', [1]], ['float32', [1]]]);
});
