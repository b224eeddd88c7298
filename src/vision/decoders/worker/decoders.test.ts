import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { elementCount, valueDtypes } from '../../../tensor/dtype';
import { bytesPerElement } from '../../../tensor/values';
import type { Decoded, Decoder } from '../../shared/types';
import { decode } from './index';
import { floatOutput, letterboxed, rawOutput } from '../testing/outputs';

type Classes = Extract<Decoded, { kind: 'classes' }>['classes'];

function classesOf(decoded: Decoded): Classes {
  if (decoded.kind !== 'classes') throw new Error(decoded.kind);
  return decoded.classes;
}

const placement = letterboxed(128);
const top = (count: number): Decoder => ({ kind: 'classification', top: count });
const refusedWith = (code: string): unknown => expect.objectContaining({ code });

describe('selfie segmentation', () => {
  it('scales probabilities to 0…255 and the placement to the mask', () => {
    const decoded = decode({ kind: 'selfie-segmentation' }, [floatOutput('activation_10', [1, 2, 4, 1], [0, 0.5, 1, 2, -1, NaN, 0.25, 0.999])], placement);
    if (decoded.kind !== 'mask') throw new Error(decoded.kind);
    expect([decoded.width, decoded.height]).toEqual([4, 2]);
    expect(Array.from(decoded.mask)).toEqual([0, 128, 255, 255, 0, 0, 64, 255]);
    expect(decoded.placement).toMatchObject({ sourceWidth: 640, targetWidth: 4, targetHeight: 2, scaleX: 0.2 / 32, scaleY: 0.2 / 64, offsetX: 0, offsetY: 0.25 });
  });

  it('dequantises, and refuses what is no mask', () => {
    const decoded = decode({ kind: 'selfie-segmentation' }, [rawOutput('mask', 'int8', [1, 1, 3, 1], Uint8Array.from([128, 0, 127]), { scale: [1 / 255], zeroPoint: [-128], dimension: 0 })], placement);
    expect(decoded).toMatchObject({ mask: Uint8ClampedArray.from([0, 128, 255]) });
    expect(() => decode({ kind: 'selfie-segmentation' }, [floatOutput('classes', [1, 4, 4, 21], new Float32Array(336))], placement)).toThrow(refusedWith('UNSUPPORTED_DECODER'));
  });
});

describe('classification', () => {
  it('calibrates raw scores, and leaves out what is below the model’s threshold', () => {
    const calibration = { transformation: 'identity', defaultScore: 0.125, classes: [{ scale: 0.5, slope: 1, offset: 0 }, null, { scale: 1, slope: 0, offset: 0 }] } as const;
    const scored = (decoder: Decoder) => classesOf(decode(decoder, [floatOutput('scores', [1, 3], [0, 7, -3])], placement)).map(({ index, score }) => [index, score]);
    expect(scored({ kind: 'classification', top: 5, calibration })).toEqual([[2, 0.5], [0, 0.25], [1, 0.125]]);
    expect(scored({ kind: 'classification', top: 5, calibration, scoreThreshold: 0.2 })).toEqual([[2, 0.5], [0, 0.25]]);
  });

  it('leaves probabilities alone, best first', () => {
    expect(classesOf(decode(top(2), [floatOutput('scores', [1, 4], [0.125, 0.5, 0.25, 0.125])], placement)))
      .toEqual([{ index: 1, label: 'class 1', score: 0.5 }, { index: 2, label: 'class 2', score: 0.25 }]);
    expect(classesOf(decode(top(9), [floatOutput('several at once', [1, 2], [0.75, 1])], placement)).map(({ score }) => score)).toEqual([1, 0.75]);
  });

  it('makes probabilities of logits', () => {
    const [best, second] = classesOf(decode(top(2), [floatOutput('logits', [1, 1, 1, 3], [1000, 1000 + Math.log(3), -1000])], placement));
    expect(best).toMatchObject({ index: 1 });
    expect(best?.score).toBeCloseTo(0.75, 3);
    expect(second?.score).toBeCloseTo(0.25, 3);
    expect(classesOf(decode(top(1), [floatOutput('single logit', [1, 1], [-2])], placement))[0]?.score).toBeCloseTo(1 / (1 + Math.exp(2)), 6);
  });

  it('dequantises', () => {
    const output = rawOutput('scores', 'uint8', [1, 3], Uint8Array.from([0, 192, 64]), { scale: [1 / 256], zeroPoint: [0], dimension: 0 });
    expect(classesOf(decode(top(2), [output], placement)).map(({ score }) => score)).toEqual([0.75, 0.25]);
  });

  it('names classes, and settles between outputs, by the labels', () => {
    const outputs = [floatOutput('features', [1, 5], new Float32Array(5)), floatOutput('scores', [3], [0.25, 0.5, 0.25])];
    expect(classesOf(decode(top(3), outputs, placement, ['cat', 'dog', 'owl'])).map(({ label }) => label)).toEqual(['dog', 'cat', 'owl']);
    expect(() => decode(top(3), outputs, placement)).toThrow(refusedWith('UNSUPPORTED_DECODER'));
  });

  it('refuses labels of another number and outputs that are no list', () => {
    expect(() => decode(top(3), [floatOutput('scores', [1, 3], [1, 0, 0])], placement, ['cat', 'dog'])).toThrow(refusedWith('INVALID_LABELS'));
    expect(() => decode(top(3), [floatOutput('map', [1, 7, 7, 3], new Float32Array(147))], placement)).toThrow(refusedWith('UNSUPPORTED_DECODER'));
  });

  it('leaves out what is not finite', () => {
    expect(classesOf(decode(top(5), [floatOutput('scores', [1, 4], [NaN, 0.5, Infinity, 0.25])], placement)).map(({ index }) => index)).toEqual([1, 3]);
    expect(classesOf(decode(top(5), [floatOutput('scores', [1, 2], [NaN, NaN])], placement))).toEqual([]);
  });
});

const decoders: readonly Decoder[] = [
  { kind: 'face-detection', anchors: { strides: [8, 16, 16, 16], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold: 0.3 },
  { kind: 'face-detection', anchors: { strides: [64], perCell: 1 }, scoreThreshold: 0, overlapThreshold: 0 },
  { kind: 'selfie-segmentation' }, { kind: 'hand-landmarks' }, { kind: 'pose-landmarks' }, { kind: 'classification', top: 5 },
  { kind: 'object-detection', scoreThreshold: 0 }, { kind: 'object-detection', scoreThreshold: 0, outputs: { boxes: 'a', classes: 'b', scores: 'c', count: 'd' } },
  { kind: 'key-points', scoreThreshold: 0 }, { kind: 'segmentation' }, { kind: 'image' }, { kind: 'image', range: { lowest: NaN, highest: Infinity } },
];

const shape = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }),
  fc.constantFrom([1, 4, 16], [1, 4, 1], [1, 896, 16], [1, 896, 1], [1, 63], [1, 1], [1, 195], [1, 8, 8, 39], [1, 8, 8, 1], [1, 1001],
    [1, 4, 4], [1, 4], [1], [1, 1, 17, 3], [1, 6, 56], [1, 8, 8, 5], [1, 8, 8, 3], [1, 3, 8, 8]),
);

const output = fc.record({
  name: fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'c', 'd')), dtype: fc.constantFrom(...valueDtypes), shape, seed: fc.uint8Array({ minLength: 1, maxLength: 64 }), truncated: fc.boolean(),
  quantization: fc.option(fc.record({ scale: fc.array(fc.double(), { maxLength: 3 }), zeroPoint: fc.array(fc.integer(), { maxLength: 3 }), dimension: fc.integer({ min: 0, max: 5 }) }), { nil: undefined }),
}).map(({ name, dtype, shape: dimensions, seed, truncated, quantization }) => {
  const bytes = new Uint8Array(Math.max(0, elementCount(dimensions) * bytesPerElement(dtype) - (truncated ? 1 : 0)));
  for (let index = 0; index < bytes.length; index++) bytes[index] = (seed[index % seed.length] ?? 0) + index * 31;
  return rawOutput(name, dtype, dimensions, bytes, quantization);
});

describe('any decoder', () => {
  it('gives a result or a typed error on any outputs', () => {
    let decodedSome = 0;
    fc.assert(fc.property(fc.constantFrom(...decoders), fc.array(output, { maxLength: 6 }), (decoder, outputs) => {
      try {
        const decoded = decode(decoder, outputs, placement);
        decodedSome++;
        if (decoded.kind === 'detections') {
          for (const { score, box } of decoded.detections) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
            expect(box.width).toBeGreaterThanOrEqual(0);
            expect(Object.values(box).every(Number.isFinite)).toBe(true);
          }
        }
        if (decoded.kind === 'classes') for (const { score } of decoded.classes) expect(score).toSatisfy((value: number) => value >= 0 && value <= 1);
        if (decoded.kind === 'skeletons') {
          for (const { score, points, box } of decoded.skeletons) {
            expect([score, ...points.map(({ visibility }) => visibility ?? NaN)]).toSatisfy((values: number[]) => values.every((value) => value >= 0 && value <= 1));
            expect(Object.values(box ?? {}).every(Number.isFinite)).toBe(true);
          }
        }
        if (decoded.kind === 'class-map') {
          expect(decoded.ids).toHaveLength(decoded.width * decoded.height);
          for (const { share } of decoded.legend) expect(share).toSatisfy((value: number) => value > 0 && value <= 1);
        }
        if (decoded.kind === 'picture') {
          expect(decoded.pixels).toHaveLength(decoded.width * decoded.height * 4);
          expect(decoded.range.highest).toBeGreaterThan(decoded.range.lowest);
        }
        if (decoded.kind === 'landmarks') expect(decoded.score).toSatisfy((value: number) => value >= 0 && value <= 1);
      } catch (error) {
        expect(error).toBeInstanceOf(LitescopeError);
      }
    }), { numRuns: 2000 });
    expect(decodedSome).toBeGreaterThan(10);
  });
});
