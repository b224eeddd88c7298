import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { rgbaPixels } from '../../../vision/frames/worker/pixels';
import { preprocess, type ImageTarget, type PixelSource } from '../../../vision/frames/worker/preprocess';
import type { Placement, Preprocessing } from '../../../vision/shared/types';

/** Pictures above this many pixels would need more than 400 MB only to be looked at. */
const maximumPixels = 100_000_000;

export type PictureWriter = (target: ImageTarget) => Placement;

/**
 * Decodes a picture file.
 * @returns writes it into a tensor's memory as often as is wanted, and says where it lies there
 * @throws LitescopeError INVALID_IMAGE
 */
export async function readPicture(image: Blob, preprocessing: Preprocessing): Promise<PictureWriter> {
  const pixels = await readPixels(image);
  return (target) => preprocess(pixels, target, preprocessing);
}

async function readPixels(image: Blob): Promise<PixelSource> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(image);
  } catch (error) {
    throw new LitescopeError('INVALID_IMAGE', error instanceof Error ? error.message : String(error), { cause: error });
  }
  try {
    const { width, height } = bitmap;
    if (width * height > maximumPixels) throw new LitescopeError('INVALID_IMAGE', text.tooManyPixels(width, height, maximumPixels / 1e6));
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new LitescopeError('INVALID_IMAGE', text.noCanvas);
    context.drawImage(bitmap, 0, 0);
    return rgbaPixels(context.getImageData(0, 0, width, height));
  } finally {
    bitmap.close();
  }
}
