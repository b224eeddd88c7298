import { describe, expect, it } from 'vitest';
import { fixtureModel, galleryModel, hasFixtures } from '../tflite/testing/models';
import { openModel } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { unfoldFloat16 } from '../rewrite/unfold-float16';
import { estimateRecipe } from './estimate';
import { prepareForQuantization } from './prepare';
import { quantizeModel } from './quantize';
import { type RecipeName, recipes } from './recipe';

const estimate = (bytes: Uint8Array, name: RecipeName) => estimateRecipe(openModel(bytes), bytes.length, recipes[name]);
/** The file that the recipe really makes. */
const made = (bytes: Uint8Array, name: RecipeName): number => writeModel(quantizeModel(prepareForQuantization(openModel(bytes)).model, recipes[name], new Map()).model).length;

const hands = 'hands/hand_landmark_lite.tflite';
const faces = 'face_detection/face_detection_short_range.tflite';

describe('estimateRecipe', () => {
  it.each([
    [hands, 'float16'], [hands, 'weights-int8'], [hands, 'dynamic-int8'], [faces, 'float16'], [faces, 'weights-int8'], [faces, 'dynamic-int8'],
    ['selfie_segmentation/selfie_segmentation.tflite', 'weights-int8'],
  ] as const)('is near what %s becomes by %s', (path, name) => {
    const bytes = galleryModel(path);
    const actual = made(bytes, name);
    expect(Math.abs(estimate(bytes, name).bytes / actual - 1)).toBeLessThan(0.03);
  });

  it('knows that the same recipe brings half as much to a float16 file as to a float32 one', () => {
    const half = galleryModel(hands);
    const whole = writeModel(unfoldFloat16(openModel(half)).model);
    const [fromHalf, fromWhole] = [estimate(half, 'weights-int8'), estimate(whole, 'weights-int8')];
    expect(fromHalf.bytes / fromHalf.original_bytes).toBeCloseTo(0.59, 1);
    expect(fromWhole.bytes / fromWhole.original_bytes).toBeCloseTo(0.3, 1);
    // It is in half precision already.
    expect(estimate(half, 'float16').bytes / half.length).toBeCloseTo(1, 1);
    expect(estimate(whole, 'float16').bytes / whole.length).toBeCloseTo(0.51, 1);
  });

  it.each([[1_491_102, 'int8'], [1_227_472, 'weights-int8']] as const)('is near the %i bytes that hand landmarks have by %s in the browser', (bytes, name) => {
    expect(Math.abs(estimate(galleryModel(hands), name).bytes / bytes - 1)).toBeLessThan(0.05);
  });

  it.skipIf(!hasFixtures).each(['mobilenet_v1_0.25_128_quant.tflite', 'tf2_mobilenet_v2_1.0_224_ptq.tflite'])('promises nothing for %s, whose weights are integers already', (file) => {
    const bytes = fixtureModel(file);
    for (const name of ['int8', 'dynamic-int8', 'weights-int8', 'float16'] as const) {
      const { bytes: after, original_bytes, weighted, changed, reasons } = estimate(bytes, name);
      expect(changed).toBe(0);
      expect(after / original_bytes).toBeCloseTo(1, 3);
      expect(reasons.reduce((sum, { ops }) => sum + ops, 0)).toBe(weighted);
      expect(weighted).toBeGreaterThan(20);
    }
  });
});
