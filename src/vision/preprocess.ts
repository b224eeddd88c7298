import { LitescopeError } from '../errors';
import { imageShape } from './image-tensor';
import { placementFor } from './placement';
import { createRowReader, type PixelSource } from './resample';
import type { Placement, Preprocessing } from './types';
import { createRowWriter, type ImageTarget } from './write-row';

export type { PixelSource } from './resample';
export type { ImageTarget } from './write-row';

function checkSource({ width, height, data }: PixelSource): void {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || data.length !== width * height * 4) {
    throw new LitescopeError('INVALID_IMAGE', `${data.length} bytes are no RGBA picture of ${width} × ${height} pixels.`);
  }
}

/**
 * Writes a picture into an input tensor: fitted, resampled, normalised and quantized in one pass, row by row, without a
 * picture in between. Pixels stay fractional until they are stored. What lies outside the picture (letterbox) becomes
 * black pixels, normalised like all others. A batch gets the same picture in every place.
 *
 * @param source RGBA, 8 bits a channel, not premultiplied
 * @param target tensor of shape [n, h, w, c] or [n, c, h, w] (n may be missing) with 1, 3 or 4 channels; the fourth gets
 *   the picture's alpha. Floats, float16 as bits, and integers up to 32 bits, which are quantized with the tensor's own
 *   scale and zero point (halves away from zero, clamped). `gray` fills all colour channels with the luma.
 * @returns where the picture lies in the input, for the way back
 * @throws LitescopeError INVALID_INPUT when the tensor is no picture or the options do not fit it, INVALID_IMAGE when
 *   the source's size contradicts its data, INVALID_QUANTIZATION
 */
export function preprocess(source: PixelSource, target: ImageTarget, options: Preprocessing): Placement {
  checkSource(source);
  const shape = imageShape(target.shape, options.layout);
  if (shape === null) {
    throw new LitescopeError('INVALID_INPUT', `${target.dtype}[${target.shape.join(', ')}] is no picture in the layout ${options.layout}: that needs three or four dimensions and 1, 3 or 4 channels.`);
  }
  const { batch, height, width, channels } = shape;
  const lanes = channels === 4 ? 4 : 3;
  const write = createRowWriter(target, shape, options, lanes);
  const placement = placementFor(options.fit, source.width, source.height, width, height);
  const read = createRowReader(source, placement, options.resize, lanes);
  const pixels = new Float64Array(width * lanes);
  for (let row = 0; row < height; row++) {
    read(row, pixels);
    write(row, pixels);
  }
  const elements = height * width * channels;
  for (let place = 1; place < batch; place++) target.view.copyWithin(place * elements, 0, elements);
  return placement;
}
