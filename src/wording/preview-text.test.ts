import { describe, expect, test } from 'vitest';
import type { Preprocessing } from '../vision/shared/types';
import { previewCaption } from './preview-text';

const plain: Preprocessing = { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } };

describe('the words under what the model sees', () => {
  test('tell the size, width first, in either layout', () => {
    expect(previewCaption([1, 120, 160, 3], plain)).toBe('The input tensor, 160 × 120 pixels.');
    expect(previewCaption([1, 3, 120, 160], { ...plain, layout: 'nchw' })).toBe('The input tensor, 160 × 120 pixels.');
  });

  test('tell that normalised values are turned back', () => {
    expect(previewCaption([1, 8, 8, 3], { ...plain, values: { kind: 'normalise', mean: [0], std: [255] } })).toBe('The input tensor, 8 × 8 pixels, its values turned back into brightness by mean and std.');
  });

  test('tell that channels in another order look exchanged, where there is more than one', () => {
    expect(previewCaption([1, 8, 8, 3], { ...plain, channels: 'bgr' })).toContain('B, G, R and drawn as red, green, blue');
    expect(previewCaption([1, 8, 8, 3], plain)).not.toContain('exchanged');
    expect(previewCaption([1, 8, 8, 1], { ...plain, channels: 'gray' })).toBe('The input tensor, 8 × 8 pixels.');
  });

  test('tell that alpha is not drawn', () => {
    expect(previewCaption([1, 8, 8, 4], plain)).toBe('The input tensor, 8 × 8 pixels. The fourth channel, alpha, is not drawn.');
  });

  test('say nothing of a tensor that is no picture in this layout', () => {
    expect(previewCaption([1, 8, 8, 3], { ...plain, layout: 'nchw' })).toBe('');
  });
});
