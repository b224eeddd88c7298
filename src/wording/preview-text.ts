import { wording as text } from '../messages/wording';
import { imageShape } from '../vision/frames/shared/image-tensor';
import type { Preprocessing } from '../vision/shared/types';

/**
 * What the preview of an input tensor shows, in words.
 * @param shape of the input, without free dimensions
 */
export function previewCaption(shape: readonly number[], { layout, channels, values }: Preprocessing): string {
  const picture = imageShape(shape, layout);
  if (picture === null) return '';
  return text.inputPicture({
    width: picture.width, height: picture.height, isTurnedBack: values.kind === 'normalise', isExchanged: picture.channels > 1 && channels === 'bgr', hasAlpha: picture.channels === 4,
  });
}
