import { describe, expect, test } from 'vitest';
import { elementCount, type ValueDType } from '../../../tensor/dtype';
import { bytesPerElement, viewOf } from '../../../tensor/values';
import { rgbaPixels } from '../../frames/worker/pixels';
import { preprocess } from '../../frames/worker/preprocess';
import { tensorPicture } from './tensor-picture';
import type { Preprocessing } from '../../shared/types';

const width = 5;
const height = 3;
/** Every channel of every pixel is another value, from dark to bright. */
const picture = Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 53) % 256));

function filled(dtype: ValueDType, options: Preprocessing, channels: number, quantization?: { scale: number[]; zeroPoint: number[]; dimension: number }) {
  const shape = options.layout === 'nhwc' ? [1, height, width, channels] : [1, channels, height, width];
  const target = { dtype, shape, quantization, view: viewOf(dtype, new ArrayBuffer(elementCount(shape) * bytesPerElement(dtype))) };
  preprocess(rgbaPixels({ width, height, data: picture }), target, options);
  return target;
}

const plain: Preprocessing = { fit: 'stretch', resize: 'bilinear', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [127.5], std: [127.5] } };

describe('the picture in an input tensor', () => {
  for (const layout of ['nhwc', 'nchw'] as const) {
    for (const channels of ['rgb', 'bgr'] as const) {
      test(`is the picture that was written, its channels in the model’s order: float32, ${layout}, ${channels}`, () => {
        const options = { ...plain, layout, channels, values: { kind: 'normalise' as const, mean: [120, 110, 100], std: [60, 50, 40] } };
        const order = channels === 'rgb' ? [0, 1, 2, 3] : [2, 1, 0, 3];
        const data = picture.map((_, index) => picture[index - (index % 4) + (order[index % 4] ?? 0)] ?? 0);
        expect(tensorPicture(filled('float32', options, 3), options)).toEqual({ width, height, data });
      });
    }
  }

  test('is exact for pixels in uint8 and int8', () => {
    const options: Preprocessing = { ...plain, values: { kind: 'pixels' } };
    expect(tensorPicture(filled('uint8', options, 3), options).data).toEqual(picture);
    expect(tensorPicture(filled('int8', options, 3), options).data).toEqual(picture);
  });

  test('shows what quantization left of it', () => {
    // A step of the tensor is 0.1, which is 12.75 of a pixel's values.
    const quantization = { scale: [0.1], zeroPoint: [3], dimension: 0 };
    const { data } = tensorPicture(filled('int8', plain, 3, quantization), plain);
    for (const [index, value] of picture.entries()) {
      const step = Math.round(Math.abs(((value - 127.5) / 127.5) / 0.1)) * Math.sign(value - 127.5);
      // Bytes may round halves either way.
      expect(Math.abs((data[index] ?? NaN) - (index % 4 === 3 ? 255 : Math.min(255, Math.max(0, step * 12.75 + 127.5))))).toBeLessThanOrEqual(0.5 + 1e-9);
    }
  });

  test('is grey for one channel, and of half precision where the tensor is', () => {
    const options: Preprocessing = { ...plain, channels: 'gray' };
    const { data } = tensorPicture(filled('float16', options, 1), options);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const [red = 0, green = 0, blue = 0] = picture.subarray(pixel * 4, pixel * 4 + 3);
      const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      expect(Math.abs((data[pixel * 4] ?? NaN) - luma)).toBeLessThan(0.6);
      expect([data[pixel * 4 + 1], data[pixel * 4 + 2], data[pixel * 4 + 3]]).toEqual([data[pixel * 4], data[pixel * 4], 255]);
    }
  });

  test('needs a picture', () => {
    expect(() => tensorPicture({ dtype: 'float32', shape: [1, 10], view: new Float32Array(10) }, plain)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
