import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { viewOf } from '../../../tensor/values';
import { rgbaPixels } from './pixels';
import { createPreprocessor, preprocess, type ImageTarget, type PixelSource } from './preprocess';
import { pseudoRandomPicture } from '../../testing/pictures';
import { mistakes, referencePicture, storedValues, targetOf } from '../../testing/reference';
import type { Preprocessing } from '../../shared/types';

function expectLikeReference(source: PixelSource, target: ImageTarget, options: Preprocessing): void {
  preprocess(source, target, options);
  const shape = target.shape.slice(-3) as [number, number, number];
  const [height, width] = options.layout === 'nhwc' ? shape : [shape[1], shape[2]];
  expect(mistakes(target, referencePicture(source, options, width, height), options)).toEqual([]);
}

const basic: Preprocessing = { fit: 'stretch', resize: 'bilinear', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } };
const minusOneToOne: Preprocessing['values'] = { kind: 'normalise', mean: [127.5], std: [127.5] };

describe('preprocess against a float64 reference', () => {
  for (const fit of ['crop', 'letterbox', 'stretch'] as const) {
    for (const resize of ['auto', 'bilinear', 'area'] as const) {
      it(`${fit}, ${resize}: growing, shrinking, odd sizes`, () => {
        for (const [sourceWidth, sourceHeight, width, height] of [[7, 5, 13, 11], [31, 17, 5, 7], [9, 9, 9, 9], [1, 1, 3, 2], [23, 3, 4, 9], [5, 64, 8, 8]] as const) {
          expectLikeReference(pseudoRandomPicture(sourceWidth, sourceHeight, 1), targetOf('float32', [1, height, width, 3]), { ...basic, fit, resize });
        }
      });
    }
  }

  for (const layout of ['nhwc', 'nchw'] as const) {
    for (const channels of ['rgb', 'bgr', 'gray'] as const) {
      it(`${layout}, ${channels}, every dtype`, () => {
        const source = pseudoRandomPicture(19, 14, 2);
        const depths = channels === 'gray' ? [1, 3, 4] : [3, 4];
        const quantization = { scale: [0.0078125], zeroPoint: [-1], dimension: 0 };
        for (const depth of depths) {
          const shape = layout === 'nhwc' ? [1, 9, 11, depth] : [1, depth, 9, 11];
          for (const dtype of ['float32', 'float64', 'float16', 'uint8', 'int8', 'int16'] as const) {
            const quantized = dtype === 'int8' ? quantization : dtype === 'uint8' ? { ...quantization, zeroPoint: [127] } : undefined;
            for (const values of [{ kind: 'pixels' } as const, minusOneToOne]) {
              expectLikeReference(source, targetOf(dtype, shape, quantized), { fit: 'letterbox', resize: 'auto', channels, layout, values });
            }
          }
        }
      });
    }
  }

  it('normalises each channel with its own mean and std', () => {
    const values: Preprocessing['values'] = { kind: 'normalise', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };
    for (const layout of ['nhwc', 'nchw'] as const) {
      const shape = layout === 'nhwc' ? [1, 6, 5, 3] : [1, 3, 6, 5];
      expectLikeReference(pseudoRandomPicture(12, 13, 3), targetOf('float32', shape), { ...basic, layout, values });
      expectLikeReference(pseudoRandomPicture(12, 13, 3), targetOf('int8', shape, { scale: [0.0186], zeroPoint: [-14], dimension: 0 }), { ...basic, layout, values });
    }
  });

  it('writes its own value into a fourth channel, as the tensor stores real numbers, and normalises the colours alone', () => {
    const colour = rgbaPixels({ width: 1, height: 1, data: Uint8ClampedArray.of(200, 100, 50, 255) });
    const values: Preprocessing['values'] = { kind: 'normalise', mean: [100, 50, 0], std: [100, 50, 25] };
    const nhwc = targetOf('float32', [1, 1, 1, 4]);
    preprocess(colour, nhwc, { ...basic, values, extra: 0.25 });
    expect([...nhwc.view]).toEqual([1, 1, 2, 0.25]);
    const mask = targetOf('int8', [1, 4, 1, 1], { scale: [0.5], zeroPoint: [-10], dimension: 0 });
    preprocess(colour, mask, { ...basic, layout: 'nchw', values, extra: 3 });
    expect([...mask.view]).toEqual([-8, -8, -6, -4]);
    const pixels = targetOf('uint8', [1, 1, 1, 4]);
    preprocess(colour, pixels, { ...basic, channels: 'gray', extra: 7 });
    expect(pixels.view[3]).toBe(7);
    // Without it alpha is treated as the first colour is.
    preprocess(colour, nhwc, { ...basic, values });
    expect(nhwc.view[3]).toBeCloseTo(1.55, 6);
    // Of three channels all are colours.
    const rgb = targetOf('float32', [1, 1, 1, 3]);
    preprocess(colour, rgb, { ...basic, values, extra: 9 });
    expect([...rgb.view]).toEqual([1, 1, 2]);
  });

  it('any picture, any sizes, any options', () => {
    const size = fc.integer({ min: 1, max: 24 });
    fc.assert(fc.property(
      fc.tuple(size, size, size, size),
      fc.constantFrom('crop' as const, 'letterbox' as const, 'stretch' as const),
      fc.constantFrom('auto' as const, 'bilinear' as const, 'area' as const),
      fc.constantFrom('float32' as const, 'uint8' as const, 'int8' as const),
      fc.integer(),
      ([sourceWidth, sourceHeight, width, height], fit, resize, dtype, seed) => {
        const target = targetOf(dtype, [1, height, width, 3], { scale: [1 / 128], zeroPoint: [dtype === 'uint8' ? 128 : 0], dimension: 0 });
        expectLikeReference(pseudoRandomPicture(sourceWidth, sourceHeight, seed), target, { fit, resize, channels: 'rgb', layout: 'nhwc', values: minusOneToOne });
      },
    ), { numRuns: 150 });
  });
});

describe('preprocess', () => {
  it('keeps every pixel of a picture that has the size of the tensor', () => {
    const source = pseudoRandomPicture(6, 4, 4);
    const target = targetOf('uint8', [1, 4, 6, 4]);
    const placement = preprocess(source, target, basic);
    expect(storedValues(target)).toEqual(Array.from(source.data));
    expect(placement).toEqual({ sourceWidth: 6, sourceHeight: 4, targetWidth: 6, targetHeight: 4, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 });
  });

  it('says where the picture lies', () => {
    const source = pseudoRandomPicture(640, 480, 5);
    const target = targetOf('float32', [1, 128, 128, 3]);
    expect(preprocess(source, target, { ...basic, fit: 'letterbox' })).toMatchObject({ scaleX: 0.2, scaleY: 0.2, offsetX: 0, offsetY: 16 });
    expect(preprocess(source, target, { ...basic, fit: 'crop' })).toMatchObject({ scaleX: 128 / 480, offsetX: (128 - 640 * (128 / 480)) / 2, offsetY: 0 });
    expect(preprocess(source, target, { ...basic, fit: 'stretch' })).toMatchObject({ scaleX: 0.2, scaleY: 128 / 480, offsetX: 0, offsetY: 0 });
  });

  it('pads a letterbox with black that is normalised like all pixels', () => {
    const source: PixelSource = rgbaPixels({ width: 4, height: 2, data: new Uint8ClampedArray(32).fill(255) });
    const target = targetOf('float32', [1, 4, 4, 3]);
    preprocess(source, target, { ...basic, fit: 'letterbox', values: minusOneToOne });
    expect(storedValues(target).slice(0, 12)).toEqual(new Array(12).fill(-1));
    expect(storedValues(target).slice(12, 36)).toEqual(new Array(24).fill(1));
    expect(storedValues(target).slice(36)).toEqual(new Array(12).fill(-1));
  });

  it('rounds halves away from zero and clamps', () => {
    const source = rgbaPixels({ width: 4, height: 1, data: new Uint8ClampedArray([0, 0, 0, 255, 127, 127, 127, 255, 128, 128, 128, 255, 255, 255, 255, 255]) });
    const target = targetOf('int8', [1, 1, 4, 1], { scale: [1], zeroPoint: [3], dimension: 0 });
    preprocess(source, target, { ...basic, channels: 'gray', values: { kind: 'normalise', mean: [127.5], std: [1] } });
    expect(storedValues(target)).toEqual([-125, 2, 4, 127]);
  });

  it('fills every picture of a batch, and takes tensors without one', () => {
    expectLikeReference(pseudoRandomPicture(5, 6, 6), targetOf('uint8', [3, 4, 4, 3]), basic);
    expectLikeReference(pseudoRandomPicture(5, 6, 6), targetOf('float32', [4, 5, 3]), basic);
    expectLikeReference(pseudoRandomPicture(5, 6, 6), targetOf('float32', [3, 4, 5]), { ...basic, layout: 'nchw' });
  });

  it('writes only into its view of a larger memory', () => {
    const memory = new ArrayBuffer(64).slice(0);
    new Uint8Array(memory).fill(7);
    const target: ImageTarget = { dtype: 'float16', shape: [1, 2, 2, 3], view: viewOf('float16', memory, 8, 12) };
    preprocess(pseudoRandomPicture(2, 2, 7), target, basic);
    const bytes = Array.from(new Uint8Array(memory));
    expect(bytes.slice(0, 8)).toEqual(new Array(8).fill(7));
    expect(bytes.slice(32)).toEqual(new Array(32).fill(7));
    expect(storedValues(target)).toEqual(Array.from(pseudoRandomPicture(2, 2, 7).data).filter((_, index) => index % 4 !== 3));
  });

  it('keeps its tables while everything stays, and makes them anew when anything changes', () => {
    const kept = createPreprocessor();
    const normal: Preprocessing = { ...basic, values: minusOneToOne };
    const quantization = { scale: [0.02], zeroPoint: [3], dimension: 0 };
    const steps: [PixelSource, ImageTarget, Preprocessing][] = [
      [pseudoRandomPicture(9, 7, 1), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(9, 7, 2), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(9, 7, 3, 'RGBA', 5), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(9, 7, 3, 'BGRA'), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(9, 7, 4, 'I420'), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(9, 7, 4, 'I420', 0, { matrix: 'bt709', range: 'limited' }), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(9, 7, 4, 'I420', 0, { matrix: 'bt709', range: 'full' }), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(7, 9, 4, 'I420', 0, { matrix: 'bt709', range: 'full' }), targetOf('float32', [1, 5, 4, 3]), normal],
      [pseudoRandomPicture(7, 9, 5), targetOf('float32', [1, 4, 5, 3]), normal],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3], quantization), normal],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3], { ...quantization, scale: [0.03] }), normal],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3], { ...quantization, zeroPoint: [4] }), normal],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3]), basic],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3]), { ...basic, fit: 'crop' }],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3]), { ...basic, fit: 'letterbox', resize: 'area' }],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 4, 5, 3]), { ...basic, fit: 'letterbox', resize: 'area', channels: 'bgr' }],
      [pseudoRandomPicture(7, 9, 5), targetOf('int8', [1, 3, 4, 5]), { ...basic, layout: 'nchw' }],
      [pseudoRandomPicture(7, 9, 5), targetOf('float32', [1, 5, 4, 3]), { ...basic, values: { kind: 'normalise', mean: [100], std: [50] } }],
      [pseudoRandomPicture(7, 9, 5), targetOf('float32', [1, 5, 4, 3]), { ...basic, values: { kind: 'normalise', mean: [100, 90, 80], std: [50] } }],
      [pseudoRandomPicture(7, 9, 5), targetOf('float32', [1, 5, 4, 3]), { ...basic, values: { kind: 'normalise', mean: [100, 90, 80], std: [50, 1, 2] } }],
      // A single row, so that what was kept of the picture before would be taken for it.
      [pseudoRandomPicture(7, 1, 6), targetOf('float32', [1, 5, 4, 3]), basic],
      [pseudoRandomPicture(7, 1, 7), targetOf('float32', [1, 5, 4, 3]), basic],
    ];
    for (const [source, target, options] of steps) {
      const fresh = { ...target, view: target.view.slice() };
      expect(kept(source, target, options)).toEqual(preprocess(source, fresh, options));
      expect(storedValues(target)).toEqual(storedValues(fresh));
    }
    const [[first, target, options] = []] = steps;
    if (first === undefined || target === undefined || options === undefined) throw new Error('no step');
    const placement = kept(first, target, options);
    expect(kept(pseudoRandomPicture(9, 7, 8), target, { ...options, values: { kind: 'normalise', mean: [127.5], std: [127.5] } })).toBe(placement);
    expect(kept(first, target, { ...options, resize: 'area' })).not.toBe(placement);
  });

  const refusals: [what: string, code: string, source: PixelSource, target: ImageTarget, options: Partial<Preprocessing>][] = [
    ['rank 2', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('float32', [1, 12]), {}],
    ['five channels', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('float32', [1, 2, 2, 5]), {}],
    ['the other layout', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('float32', [1, 3, 8, 8]), {}],
    ['no pixels', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('float32', [1, 0, 8, 3]), {}],
    ['colour into one channel', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('float32', [1, 8, 8, 1]), {}],
    ['int64', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('int64', [1, 8, 8, 3]), {}],
    ['bool', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('bool', [1, 8, 8, 3]), {}],
    ['two means for three channels', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), targetOf('float32', [1, 8, 8, 3]), { values: { kind: 'normalise', mean: [1, 2], std: [1] } }],
    ['a view of another length', 'INVALID_INPUT', pseudoRandomPicture(2, 2, 1), { ...targetOf('float32', [1, 8, 8, 3]), view: new Float32Array(5) }, {}],
    ['a scale of 0', 'INVALID_QUANTIZATION', pseudoRandomPicture(2, 2, 1), targetOf('int8', [1, 8, 8, 3], { scale: [0], zeroPoint: [0], dimension: 0 }), { values: minusOneToOne }],
    ['too few bytes', 'INVALID_IMAGE', rgbaPixels({ width: 2, height: 2, data: new Uint8ClampedArray(15) }), targetOf('float32', [1, 8, 8, 3]), {}],
    ['an empty picture', 'INVALID_IMAGE', rgbaPixels({ width: 0, height: 2, data: new Uint8ClampedArray(0) }), targetOf('float32', [1, 8, 8, 3]), {}],
  ];
  it.each(refusals)('refuses %s with %s', (_what, code, source, target, options) => {
    let caught: unknown;
    try {
      preprocess(source, target, { ...basic, ...options });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(LitescopeError);
    expect(caught).toMatchObject({ code });
  });
});
