import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classColour } from '../../drawing/shared/class-colours';
import { placementFor } from '../../frames/shared/placement';
import type { DecodedAs, OutputTensor, Placement } from '../../shared/types';
import { decode } from './index';
import { floatOutput, letterboxed, rawOutput } from '../testing/outputs';

const stretched = placementFor('stretch', 640, 480, 4, 2);
const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });

function mapOf(outputs: readonly OutputTensor[], labels?: readonly string[], placement: Placement = stretched): DecodedAs<'class-map'> {
  const decoded = decode({ kind: 'segmentation' }, outputs, placement, labels);
  if (decoded.kind !== 'class-map') throw new Error(decoded.kind);
  return decoded;
}

describe('segmentation by scores', () => {
  const scores = floatOutput('scores', [1, 2, 2, 3], [0, 1, 2, -5, -4, -9, 0.5, 0.5, 0.25, NaN, -1, NaN]);

  it('takes the best class of each pixel, the first of equal ones', () => {
    const map = mapOf([scores]);
    expect(Array.from(map.ids)).toEqual([2, 1, 0, 1]);
    expect(map).toMatchObject({ width: 2, height: 2, placement: { scaleX: 2 / 640, scaleY: 2 / 480 } });
    expect(map.legend).toEqual([
      { index: 1, label: 'class 1', colour: classColour(1), share: 0.5 },
      { index: 0, label: 'class 0', colour: classColour(0), share: 0.25 },
      { index: 2, label: 'class 2', colour: classColour(2), share: 0.25 },
    ]);
  });

  it('names classes, and gives the background no colour', () => {
    expect(mapOf([scores], ['background', 'cat', '???']).legend.map(({ label, colour }) => [label, colour === null])).toEqual([['cat', false], ['background', true], ['class 2', true]]);
    expect(() => mapOf([scores], ['cat', 'dog'])).toThrow(expect.objectContaining({ code: 'INVALID_LABELS' }));
  });

  it('takes the map that the labels fit', () => {
    const coarse = floatOutput('features', [1, 1, 1, 4], [0, 0, 0, 1]);
    expect(mapOf([coarse, scores], ['a', 'b', 'c']).width).toBe(2);
    expect(mapOf([coarse, scores]).width).toBe(1);
  });

  it('dequantises per class', () => {
    const output = rawOutput('scores', 'int8', [1, 1, 1, 2], Uint8Array.from([10, 3]), { scale: [0.1, 1], zeroPoint: [0, 0], dimension: 3 });
    expect(Array.from(mapOf([output]).ids)).toEqual([1]);
  });

  it('counts nothing but the picture in a letterbox', () => {
    // Of eight rows the first and the last are bars: 640 × 480 in a square.
    const ids = Int32Array.from({ length: 64 }, (_, index) => (index < 8 || index >= 56 ? 9 : index % 8 < 2 ? 1 : 0));
    const output: OutputTensor = { name: 'ids', dtype: 'int32', shape: [1, 8, 8], data: ids.buffer };
    expect(mapOf([output], undefined, letterboxed(8)).legend.map(({ index, share }) => [index, share])).toEqual([[0, 0.75], [1, 0.25]]);
  });
});

describe('segmentation by class numbers', () => {
  it.each<[string, OutputTensor]>([
    ['uint8', rawOutput('ids', 'uint8', [1, 2, 2, 1], Uint8Array.from([0, 15, 15, 255]))],
    ['int64', { name: 'ids', dtype: 'int64', shape: [1, 2, 2], data: BigInt64Array.from([0n, 15n, 15n, 255n]).buffer }],
    ['float32', floatOutput('ids', [2, 2], [0, 15, 15, 255])],
  ])('reads %s', (_, output) => {
    const map = mapOf([output]);
    expect(Array.from(map.ids)).toEqual([0, 15, 15, 255]);
    expect(map.legend.map(({ index, share }) => [index, share])).toEqual([[15, 0.5], [0, 0.25], [255, 0.25]]);
  });

  it('refuses probabilities, negative numbers, more classes than there are, and other shapes', () => {
    for (const values of [[0.5, 0], [-1, 0], [65536, 0], [NaN, 0], [Infinity, 0]]) {
      expect(() => mapOf([floatOutput('map', [1, 1, 2, 1], values)])).toThrow(unsupported);
    }
    for (const shape of [[2, 2, 2, 3], [1, 4], [], [1, 0, 2, 3], [1, 2, 2, 2, 3]]) {
      const output = floatOutput('map', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5));
      expect(() => mapOf([output])).toThrow(unsupported);
    }
  });
});

describe('the legend', () => {
  it('has every class of the picture once, with shares that sum to 1', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 81, maxLength: 81 }), (width, height, values) => {
      const { ids, legend } = mapOf([floatOutput('ids', [1, height, width, 1], values.slice(0, width * height))]);
      expect(legend.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(new Map(legend.map(({ index, share }) => [index, Math.round(share * ids.length)])))
        .toEqual(new Map([...new Set(ids)].map((id) => [id, ids.filter((other) => other === id).length])));
    }));
  });

  it('gives neighbouring classes colours that differ', () => {
    const colours = Array.from({ length: 64 }, (_, index) => classColour(index));
    const distance = (one: readonly number[], other: readonly number[]): number => Math.hypot(...one.map((value, channel) => value - (other[channel] ?? NaN)));
    for (const [index, colour] of colours.slice(1).entries()) expect(distance(colour, colours[index] ?? [])).toBeGreaterThan(100);
    expect(new Set(colours.map(String)).size).toBe(64);
    // hsl(0 75% 55%), by hand: 0.55 ± 0.75 × 0.45.
    expect(colours[0]).toEqual([226, 54, 54]);
  });
});
