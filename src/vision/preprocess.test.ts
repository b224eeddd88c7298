import { getFloat16 } from '@petamoriken/float16';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../errors';
import { elementCount, type ValueDType } from '../tensor/dtype';
import type { Quantization } from '../tensor/quantization';
import { bytesPerElement, viewOf } from '../tensor/values';
import { rgbaPixels } from './pixels';
import { preprocess, type ImageTarget, type PixelSource } from './preprocess';
import type { Preprocessing } from './types';

function pseudoRandomPicture(width: number, height: number, seed: number): PixelSource {
  const data = new Uint8ClampedArray(width * height * 4);
  let state = seed * 2654435761 + 1;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[index] = state >>> 24;
  }
  return rgbaPixels({ width, height, data });
}

function targetOf(dtype: ValueDType, shape: readonly number[], quantization?: Quantization): ImageTarget {
  const buffer = new ArrayBuffer(elementCount(shape) * bytesPerElement(dtype));
  return { dtype, shape, quantization, view: viewOf(dtype, buffer) };
}

function storedValues({ dtype, view }: ImageTarget): number[] {
  if (dtype !== 'float16') return Array.from<number | bigint, number>(view, Number);
  const bits = new DataView(view.buffer, view.byteOffset);
  return Array.from({ length: view.length }, (_, index) => getFloat16(bits, index * 2, true));
}

/** The picture's value at one target pixel, by the definition of each mode and without any table. */
function referencePixel(source: PixelSource, options: Preprocessing, width: number, height: number, column: number, row: number, channel: number): number {
  const ratioX = width / source.width;
  const ratioY = height / source.height;
  const uniform = options.fit === 'crop' ? Math.max(ratioX, ratioY) : Math.min(ratioX, ratioY);
  const [scaleX, scaleY] = options.fit === 'stretch' ? [ratioX, ratioY] : [uniform, uniform];
  const offsetX = width / 2 - (source.width * scaleX) / 2;
  const offsetY = height / 2 - (source.height * scaleY) / 2;
  const centreX = (column + 0.5 - offsetX) / scaleX;
  const centreY = (row + 0.5 - offsetY) / scaleY;
  const slack = 1e-9;
  if (centreX < -slack || centreY < -slack || centreX > source.width + slack || centreY > source.height + slack) return 0;
  const pixel = (x: number, y: number): number => {
    const clampedX = Math.min(Math.max(x, 0), source.width - 1);
    const clampedY = Math.min(Math.max(y, 0), source.height - 1);
    const [red, green, blue, alpha] = source.data.subarray((clampedY * source.width + clampedX) * 4);
    if (red === undefined || green === undefined || blue === undefined || alpha === undefined) throw new Error('outside the picture');
    if (channel === 3) return alpha;
    if (options.channels === 'gray') return 0.299 * red + 0.587 * green + 0.114 * blue;
    return (options.channels === 'rgb' ? [red, green, blue] : [blue, green, red])[channel] ?? NaN;
  };
  const area = options.resize === 'area' || (options.resize === 'auto' && Math.min(scaleX, scaleY) < 0.5);
  const weights = (size: number, scale: number, offset: number, index: number): [number, number][] => {
    if (area && scale < 1) {
      const from = Math.max((index - offset) / scale, 0);
      const to = Math.min((index + 1 - offset) / scale, size);
      return Array.from({ length: size }, (_, place): [number, number] => [place, Math.max(0, Math.min(place + 1, to) - Math.max(place, from)) / (to - from)]);
    }
    const position = (index + 0.5 - offset) / scale - 0.5;
    const floor = Math.floor(position);
    return [[floor, floor + 1 - position], [floor + 1, position - floor]];
  };
  let sum = 0;
  for (const [y, weightY] of weights(source.height, scaleY, offsetY, row)) {
    if (weightY === 0) continue;
    for (const [x, weightX] of weights(source.width, scaleX, offsetX, column)) {
      if (weightX !== 0) sum += pixel(x, y) * weightX * weightY;
    }
  }
  return sum;
}

const ranges: Partial<Record<ValueDType, [number, number]>> = { uint8: [0, 255], int8: [-128, 127], int16: [-32768, 32767] };

/** What may be stored for a real pixel: one value, or two where the exact result lies on a half that rounding noise decides. */
function referenceStored(pixel: number, channel: number, dtype: ValueDType, values: Preprocessing['values'], quantization: Quantization | undefined): number[] {
  const at = (list: number[]): number => list[list.length === 1 ? 0 : channel] ?? NaN;
  const real = values.kind === 'pixels' ? pixel : (pixel - at(values.mean)) / at(values.std);
  const range = ranges[dtype];
  if (range === undefined) return [real];
  const shift = values.kind === 'pixels' ? (dtype === 'int8' ? -128 : 0) : (quantization?.zeroPoint[0] ?? 0);
  const scaled = values.kind === 'pixels' ? real : real / (quantization?.scale[0] ?? 1);
  const awayFromZero = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
  const fraction = Math.abs(scaled) % 1;
  const tie = Math.abs(fraction - 0.5) < 1e-7;
  const rounded = tie ? [Math.floor(scaled), Math.ceil(scaled)] : [awayFromZero(scaled)];
  return rounded.map((value) => Math.min(Math.max(value + shift, range[0]), range[1]));
}

function expectLikeReference(source: PixelSource, target: ImageTarget, options: Preprocessing): void {
  preprocess(source, target, options);
  const stored = storedValues(target);
  const [batch, first, second, third] = (target.shape.length === 4 ? target.shape : [1, ...target.shape]) as [number, number, number, number];
  const [height, width, channels] = options.layout === 'nhwc' ? [first, second, third] : [second, third, first];
  // Float storage is judged in parts of the range that 0 to 255 spans after normalisation.
  const std = options.values.kind === 'pixels' ? 1 : Math.min(...options.values.std.map(Math.abs));
  const exactness = target.dtype === 'float16' ? 1 / 255 : 1e-6;
  // Collected and judged once: an expectation a value would take most of the time.
  const wrong: string[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let channel = 0; channel < channels; channel++) {
        const pixel = referencePixel(source, options, width, height, column, row, channel);
        const allowed = referenceStored(pixel, channel, target.dtype, options.values, target.quantization);
        const inside = options.layout === 'nhwc' ? (row * width + column) * channels + channel : (channel * height + row) * width + column;
        for (let place = 0; place < batch; place++) {
          const value = stored[place * width * height * channels + inside] ?? NaN;
          const right = ranges[target.dtype] === undefined ? Math.abs(value - (allowed[0] ?? NaN)) < (exactness * 255) / std : allowed.includes(value);
          if (!right) wrong.push(`picture ${place}, row ${row}, column ${column}, channel ${channel}: ${value}, not ${allowed.join(' or ')}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
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
