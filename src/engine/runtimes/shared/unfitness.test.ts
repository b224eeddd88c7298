import { describe, expect, it } from 'vitest';
import { openModel } from '../../../tflite/format/verify/verify';
import { summarize } from '../../../tflite/analysis/summarize';
import { GraphBuilder } from '../../../tflite/testing/graph';
import { fixtureModel, galleryModel, galleryModels, hasFixtures } from '../../../tflite/testing/models';
import { errorOf } from '../../../threads/testing/errors';
import { assertSuitable } from './requirements';
import { unfitness } from './unfitness';

const runtimes = ['tfjs-tflite', 'litert', 'tfjs-kernels'] as const;

/** What each runtime is refused for; null where it is given the model. */
function refusals(bytes: Uint8Array): Readonly<Record<string, string | null>> {
  const [signature] = summarize(openModel(bytes)).signatures;
  if (signature === undefined) throw new Error('The model has no signature.');
  return Object.fromEntries(runtimes.map((runtime) => {
    const error = unfitness(runtime, signature);
    if (error !== null) expect(error.code).toBe('RUNTIME_UNFIT');
    return [runtime, error?.details ?? null];
  }));
}

/** y = x + 1, and what is given out. */
function sum(outputs: (x: number, y: number, constant: number) => readonly number[]): Uint8Array {
  const graph = new GraphBuilder();
  const [x, one, y] = [graph.tensor('x', { shape: [2] }), graph.constant([1, 1], 'float32'), graph.tensor('y', { shape: [2] })];
  graph.op('ADD', [x, one], [y], 'AddOptions');
  graph.edges([x], outputs(x, y, one));
  return graph.bytes();
}

const all = { 'tfjs-tflite': null, litert: null, 'tfjs-kernels': null };

describe('unfitness', () => {
  it('keeps outputs that are inputs from litert', () => {
    expect(refusals(sum((x, y) => [y, x]))).toEqual({ ...all, litert: 'litert never writes outputs that are inputs as well: “x”.' });
  });

  it('keeps one tensor that is given out twice from litert', () => {
    expect(refusals(sum((_, y) => [y, y]))).toEqual({ ...all, litert: 'litert leaves outputs unwritten that are one tensor: “y (tensor 2)”, “y (tensor 2)”.' });
  });

  it('keeps outputs that runs size from litert', () => {
    const graph = new GraphBuilder();
    const [x, y] = [graph.tensor('x', { shape: [4], dtype: 'bool' }), graph.tensor('y', { shape: [4, 1], dtype: 'int64' })];
    graph.op('WHERE', [x], [y], 'WhereOptions');
    graph.edges([x], [y]);
    expect(refusals(graph.bytes())).toEqual({ ...all, litert: 'litert gives outputs the size that the file states, and that of these is known only while the model runs: “y”.' });
  });

  it('finds nothing in a constant as an output, nor in an output that is there once', () => {
    expect(refusals(sum((_, y) => [y]))).toEqual(all);
    expect(refusals(sum((_, y, constant) => [y, constant]))).toEqual(all);
  });

  it.each(galleryModels)('gives %s to every runtime', (file) => {
    expect(refusals(galleryModel(file))).toEqual(all);
  });

  it.skipIf(!hasFixtures)('keeps the model with feedback from litert, before anything is fetched', () => {
    const summary = summarize(openModel(fixtureModel('feedback_tensor_with_state_copy_model.tflite')));
    const error = errorOf(() => { assertSuitable('litert', summary, undefined); });
    expect([error.code, error.details]).toEqual(['RUNTIME_UNFIT', 'litert never writes outputs that are inputs as well: “feedback_incremented_int_copy”, “regular_int_output”.']);
    expect(assertSuitable('tfjs-tflite', summary, undefined)).toBeUndefined();
  });
});
