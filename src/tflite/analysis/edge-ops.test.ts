import { describe, expect, it } from 'vitest';
import { fixtureModel, hasFixtures } from '../testing/models';
import { openModel } from '../format/verify/verify';
import { summarize } from './summarize';

const edges = (name: string) => {
  const [signature] = summarize(openModel(fixtureModel(name))).signatures;
  return [signature?.inputs.map(({ tableRows }) => tableRows), signature?.outputs.map(({ probabilities }) => probabilities)];
};

describe.skipIf(!hasFixtures)('what ops at its edges tell of a model', () => {
  it('is a table of words behind a reader of text, and probabilities before its end', () => {
    expect(edges('movie_review.tflite')).toEqual([[10_003], [true]]);
  });

  it('is no table for numbers that are measured', () => {
    expect(edges('iris.tflite')).toEqual([[undefined], [true]]);
    expect(edges('keras_lstm_mnist_ptq.tflite')).toEqual([[undefined], [true]]);
    expect(edges('simple_add_dynamic_shape.tflite')).toEqual([[undefined, undefined], [undefined]]);
  });
});
