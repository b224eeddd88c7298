import { describe, expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, OutputTensor } from '../../shared/types';
import { decode } from './index';
import { floatOutput, rawOutput } from '../testing/outputs';

const placement = placementFor('stretch', 640, 480, 256, 256);

function pictureOf(output: OutputTensor, range?: Extract<Decoder, { kind: 'image' }>['range']): DecodedAs<'picture'> {
  const decoded = decode({ kind: 'image', range }, [output], placement);
  if (decoded.kind !== 'picture') throw new Error(decoded.kind);
  return decoded;
}

const colours = (values: readonly number[]): OutputTensor => floatOutput('picture', [1, 1, values.length / 3, 3], values);
const greys = (values: readonly number[]): OutputTensor => floatOutput('depth', [1, 1, values.length, 1], values);
const reds = (picture: DecodedAs<'picture'>): number[] => Array.from(picture.pixels).filter((_, index) => index % 4 === 0);

describe('pictures as output', () => {
  it('gives rows of opaque RGBA in the output’s size', () => {
    const picture = pictureOf(floatOutput('picture', [1, 1, 2, 3], [0, 0.5, 1, 1, 0, 0.25]));
    expect(Array.from(picture.pixels)).toEqual([0, 128, 255, 255, 255, 0, 64, 255]);
    expect(picture).toMatchObject({ width: 2, height: 1, range: { lowest: 0, highest: 1, from: 'values' }, placement: { scaleX: 2 / 640, scaleY: 1 / 480 } });
  });

  it('says where it is larger than the input by a whole factor', () => {
    const made = (width: number, height: number): number | undefined => pictureOf(floatOutput('picture', [1, height, width, 3], new Float32Array(width * height * 3))).enlarged;
    expect([made(512, 512), made(768, 768), made(256, 256), made(384, 384), made(512, 768), made(128, 128)]).toEqual([2, 3, undefined, undefined, undefined, undefined]);
  });

  it('reads channels that come first', () => {
    const picture = pictureOf(floatOutput('picture', [1, 3, 1, 2], [0, 1, 0.2, 0.4, 0.6, 0.8]));
    expect(Array.from(picture.pixels)).toEqual([0, 51, 153, 255, 255, 102, 204, 255]);
  });

  it.each<[string, OutputTensor, readonly [number, number], readonly number[]]>([
    ['0 to 1', colours([0, 0, 0, 1.04, 1, 1]), [0, 1], [0, 255]],
    ['−1 to 1', colours([-1, 0, 0, 0, 0, 1]), [-1, 1], [0, 128]],
    ['0 to 255', colours([0, 9, 9, 260, 255, 2]), [0, 255], [0, 255]],
    ['its own ends, beyond these', colours([-100, 0, 0, 300, 0, 100]), [-100, 300], [0, 255]],
    ['its own ends, for one channel', greys([100, 200, 150]), [100, 200], [0, 255, 128]],
    ['0 to 1, for one channel', greys([0.25, 0.5]), [0, 1], [64, 128]],
    ['its own ends, leaving out what is no number', greys([NaN, 10, 20, Infinity]), [10, 20], [0, 0, 255, 255]],
    ['a single value', greys([7, 7]), [7, 8], [0, 0]],
    ['a single value to which one adds nothing', greys([2 ** 60, 2 ** 60]), [2 ** 60, 2 ** 60 + 2 ** 60 / 1e6], [0, 0]],
    ['no number at all', greys([NaN, NaN]), [0, 1], [0, 0]],
  ])('takes black and white from what the tensor holds: %s', (_, output, [lowest, highest], expected) => {
    const picture = pictureOf(output);
    expect(picture.range).toEqual({ lowest, highest, from: 'values' });
    expect(reds(picture)).toEqual(expected);
  });

  it('takes 8-bit types for pixels, whatever their real values', () => {
    const quantization = { scale: [1 / 64], zeroPoint: [128], dimension: 0 };
    const picture = pictureOf(rawOutput('picture', 'uint8', [1, 1, 3, 1], Uint8Array.from([0, 77, 255]), quantization));
    expect(reds(picture)).toEqual([0, 77, 255]);
    expect(picture.range).toEqual({ lowest: -2, highest: 127 / 64, from: 'type' });
    expect(reds(pictureOf(rawOutput('picture', 'int8', [1, 1, 3, 1], Uint8Array.from([128, 0, 127]))))).toEqual([0, 128, 255]);
    // A scale for each channel says nothing of black and white.
    expect(pictureOf(rawOutput('picture', 'uint8', [1, 1, 1, 3], Uint8Array.from([0, 1, 2]), { scale: [1, 1, 1], zeroPoint: [0, 0, 0], dimension: 3 })).range.from).toBe('values');
  });

  it.each<[string, OutputTensor['quantization']]>([
    ['a scale beyond all numbers', { scale: [1e308], zeroPoint: [0], dimension: 0 }],
    ['a zero point beyond the type, which lifts both ends out of reach', { scale: [1e300], zeroPoint: [-2_000_000_000], dimension: 0 }],
  ])('goes by the values where a type’s ends are no two numbers: %s', (_, quantization) => {
    const { range } = pictureOf(rawOutput('picture', 'uint8', [1, 1, 2, 1], Uint8Array.from([1, 9]), quantization));
    expect(range.from).toBe('values');
    expect(range.highest).toBeGreaterThan(range.lowest);
  });

  it('goes by the range that the model states', () => {
    const picture = pictureOf(greys([0, 5, 10, 20]), { lowest: 0, highest: 10 });
    expect(reds(picture)).toEqual([0, 128, 255, 255]);
    expect(picture.range).toEqual({ lowest: 0, highest: 10, from: 'model' });
    expect(pictureOf(greys([0, 5]), { lowest: 3, highest: 3 }).range.from).toBe('values');
  });

  it('refuses what is no picture', () => {
    for (const shape of [[1, 4, 4, 2], [1, 1000], [1, 4, 4, 4], [1, 0, 4, 3]]) {
      expect(() => pictureOf(floatOutput('other', shape, new Float32Array(shape.reduce((product, size) => product * size, 1))))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    }
  });
});
