import { imageShape } from '../vision/frames/shared/image-tensor';
import type { Preprocessing } from '../vision/shared/types';

/**
 * What the preview of an input tensor shows, in words.
 * @param shape of the input, without free dimensions
 */
export function previewCaption(shape: readonly number[], { layout, channels, values }: Preprocessing): string {
  const picture = imageShape(shape, layout);
  if (picture === null) return '';
  const sentences = [
    `The input tensor, ${picture.width} × ${picture.height} pixels${values.kind === 'normalise' ? ', its values turned back into brightness by mean and std' : ''}.`,
    ...(picture.channels > 1 && channels === 'bgr' ? ['Its channels are B, G, R and drawn as red, green, blue, in the model’s order: red and blue look exchanged.'] : []),
    ...(picture.channels === 4 ? ['The fourth channel, alpha, is not drawn.'] : []),
  ];
  return sentences.join(' ');
}
