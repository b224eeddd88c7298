import { describe, expect, it } from 'vitest';
import { errorOf } from '../threads/testing/errors';
import { elementCount } from './dtype';
import type { NpyArray } from './npy';
import { sequenceOf } from './sequence';

function counting(shape: readonly number[]): NpyArray {
  return { dtype: 'float32', shape, data: Float32Array.from({ length: elementCount(shape) }, (_, index) => index).buffer };
}

const valuesAt = (array: NpyArray, shape: readonly number[], step: number): number[] => [...new Float32Array(sequenceOf(array, shape).at(step).data)];

describe('sequenceOf', () => {
  it.each<[readonly number[], readonly number[], number, readonly number[]]>([
    [[4, 2], [1, 1, 2], 4, [2, 3]],
    [[4, 2], [1, 2, 2], 2, [4, 5, 6, 7]],
    [[3, 1, 2], [1, 2], 3, [2, 3]],
    [[3, 2, 2], [2, 2], 3, [4, 5, 6, 7]],
    [[1, 3, 2], [1, 1, 2], 3, [2, 3]],
    [[5], [1], 5, [1]],
    [[5], [], 5, [1]],
    [[1, 4], [1, 1, 4], 1, [0, 1, 2, 3]],
    // Time behind another dimension: a run of each block.
    [[2, 4, 1], [2, 2, 1], 2, [2, 3, 6, 7]],
  ])('takes %j through [%j] in %i steps', (array, shape, steps, second) => {
    const sequence = sequenceOf(counting(array), shape);
    expect(sequence.steps).toBe(steps);
    expect(valuesAt(counting(array), shape, Math.min(1, steps - 1))).toEqual(second);
    expect(sequence.at(0).shape).toEqual(shape);
  });

  it.each<[readonly number[], readonly number[], string]>([
    [[4, 3], [1, 2], 'float32[4, 3] has no time axis along which [1, 2] would go: more than one dimension differs, or none fits.'],
    [[2], [2, 2], 'float32[2] has no time axis along which [2, 2] would go: more than one dimension differs, or none fits.'],
    [[0, 2], [1, 2], 'float32[0, 2] has no time axis along which [1, 2] would go: more than one dimension differs, or none fits.'],
    [[7, 2], [1, 3, 2], 'float32[7, 2] is 7 long in time, which is no multiple of the 3 that the model takes in one step.'],
  ])('refuses %j for [%j]', (array, shape, details) => {
    const error = errorOf(() => sequenceOf(counting(array), shape));
    expect([error.code, error.details]).toEqual(['INVALID_INPUT', details]);
  });
});
