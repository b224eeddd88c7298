import { describe, expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import { cosineOf } from '../../shared/vectors';
import type { DecodedAs, OutputTensor } from '../../shared/types';
import { decode } from '.';
import { floatOutput, rawOutput } from '../testing/outputs';

function embed(...outputs: readonly OutputTensor[]): DecodedAs<'embedding'> {
  const decoded = decode({ kind: 'embedding' }, outputs, placementFor('crop', 640, 480, 112, 112));
  if (decoded.kind !== 'embedding') throw new Error(decoded.kind);
  return decoded;
}

describe('embeddings', () => {
  it.each([[[1, 4]], [[1, 1, 1, 4]], [[4]]])('of the form %s are the values as they are', (shape) => {
    expect(embed(floatOutput('out', shape, [1, -2, 2, 4]))).toEqual({ kind: 'embedding', values: Float32Array.of(1, -2, 2, 4), length: 5 });
  });

  it('are dequantised', () => {
    expect(embed(rawOutput('out', 'int8', [1, 2], Uint8Array.of(16, 22), { scale: [0.5], zeroPoint: [10], dimension: 0 }))).toEqual({ kind: 'embedding', values: Float32Array.of(3, 6), length: Math.sqrt(45) });
  });

  it('are found among other outputs by their name, else the first', () => {
    const [scores, feature] = [floatOutput('scores', [1, 3], [1, 2, 3]), floatOutput('feature', [1, 2], [3, 4])];
    expect(embed(scores, feature).length).toBe(5);
    expect(embed(scores, { ...feature, name: 'more' }).values).toHaveLength(3);
  });

  it('are refused where no output is a vector', () => {
    for (const shape of [[1, 4, 4, 3], [1, 1], [1, 3, 4]]) {
      expect(() => embed(floatOutput('out', shape, new Float32Array(48)))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    }
  });
});

describe('the cosine of two vectors', () => {
  it('is 1 for one direction, 0 for a right angle and −1 for opposite ones', () => {
    expect(cosineOf([3, 4], [6, 8])).toBeCloseTo(1, 15);
    expect(cosineOf([3, 4], [-4, 3])).toBe(0);
    expect(cosineOf([3, 4], [-3, -4])).toBe(-1);
    // 1·2 + 2·0 + 2·1 of lengths 3 and √5.
    expect(cosineOf([1, 2, 2], [2, 0, 1])).toBeCloseTo(4 / (3 * Math.sqrt(5)), 15);
  });

  it('is 0 for what has no direction, but 1 of anything with itself', () => {
    expect([cosineOf([0, 0], [1, 2]), cosineOf([NaN, 1], [1, 2]), cosineOf([Infinity, 1], [1, 2])]).toEqual([0, 0, 0]);
    expect([cosineOf([0, 0], [0, 0]), cosineOf([NaN, 1], [NaN, 1])]).toEqual([1, 1]);
    expect(() => cosineOf([1], [1, 2])).toThrow(RangeError);
  });
});
