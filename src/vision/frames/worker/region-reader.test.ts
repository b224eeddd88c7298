import { describe, expect, it } from 'vitest';
import { pseudoRandomPicture } from '../../testing/pictures';
import { mistakes, referencePicture, sourcePixel, targetOf, type Colour } from '../../testing/reference';
import type { Region } from '../../shared/region';
import type { Preprocessing } from '../../shared/types';
import type { PixelSource } from './pixels';
import { createPreprocessor, preprocess } from './preprocess';

const options: Preprocessing = { fit: 'letterbox', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [0], std: [255] } };

const clamp = (value: number, highest: number): number => Math.min(Math.max(value, 0), highest);

/** Every target pixel from its definition: the place of its centre in the picture by rotation matrix, and a weight for each of four pixels. */
function referenceRegion(source: PixelSource, { x, y, width, height, rotation }: Region, columns: number, rows: number): readonly Colour[] {
  return Array.from({ length: columns * rows }, (_, index) => {
    const along = ((index % columns) + 0.5) * (width / columns) - width / 2;
    const below = (Math.floor(index / columns) + 0.5) * (height / rows) - height / 2;
    const placeX = clamp(x + Math.cos(rotation) * along - Math.sin(rotation) * below - 0.5, source.width - 1);
    const placeY = clamp(y + Math.sin(rotation) * along + Math.cos(rotation) * below - 0.5, source.height - 1);
    const sum = [0, 0, 0, 0];
    for (let row = Math.floor(placeY); row <= Math.ceil(placeY); row++) {
      for (let column = Math.floor(placeX); column <= Math.ceil(placeX); column++) {
        const weight = (1 - Math.abs(placeX - column)) * (1 - Math.abs(placeY - row));
        sourcePixel(source, column, row).forEach((value, channel) => { sum[channel] = (sum[channel] ?? 0) + weight * value; });
      }
    }
    const [red = 0, green = 0, blue = 0, alpha = 0] = sum.map((value) => clamp(value, 255));
    return [red, green, blue, alpha];
  });
}

const turned: readonly Region[] = [
  { x: 14.3, y: 11.8, width: 12, height: 12, rotation: 0.4 },
  { x: 3, y: 20, width: 25, height: 9, rotation: -2.1 },
  // Larger than the picture, and mostly beyond it.
  { x: 30, y: -4, width: 60, height: 60, rotation: Math.PI / 2 },
];

describe('a turned region against plain loops', () => {
  it.each(['RGBA', 'RGBX', 'BGRA', 'BGRX', 'I420', 'NV12'] as const)('%s', (format) => {
    const source = pseudoRandomPicture(29, 23, 5, format, 3);
    for (const region of turned) {
      for (const shape of [[1, 16, 16, 3], [1, 7, 11, 4]]) {
        const target = targetOf('float32', shape);
        preprocess(source, target, options, region);
        expect(mistakes(target, referenceRegion(source, region, shape[2] ?? 0, shape[1] ?? 0), options)).toEqual([]);
      }
    }
  });

  it('the whole picture, not turned, is what stretching makes of it', () => {
    const source = pseudoRandomPicture(17, 12, 6);
    const target = targetOf('uint8', [1, 20, 20, 3]);
    const values = { ...options, values: { kind: 'pixels' } } as const;
    const placement = preprocess(source, target, values, { x: 8.5, y: 6, width: 17, height: 12, rotation: 0 });
    expect(mistakes(target, referencePicture(source, { fit: 'stretch', resize: 'bilinear' }, 20, 20), values)).toEqual([]);
    expect(placement).toEqual({ sourceWidth: 20, sourceHeight: 20, targetWidth: 20, targetHeight: 20, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 });
  });

  it('regions and whole pictures take turns in one preprocessor', () => {
    const each = createPreprocessor();
    const source = pseudoRandomPicture(29, 23, 7);
    const target = targetOf('float32', [1, 8, 8, 3]);
    for (const region of turned) {
      each(source, target, options);
      expect(mistakes(target, referencePicture(source, options, 8, 8), options)).toEqual([]);
      each(source, target, options, region);
      expect(mistakes(target, referenceRegion(source, region, 8, 8), options)).toEqual([]);
    }
  });
});
