import { LitescopeError } from '../../../errors';
import { checkFrameRate } from './camera-constraints';
import { FedSource } from './feed';
import { TimerFeed, type RepeatedPicture } from './timer-feed';
import type { FrameSource } from './types';

/** Thirty frames a second, as most cameras have. */
const defaultFrameRate = 30;

async function readPicture(picture: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(picture);
  } catch (error) {
    throw LitescopeError.from(error, 'INVALID_IMAGE');
  }
}

/** A frame shares the kept picture's pixels where VideoFrame exists; elsewhere it is a copy. */
function repeated(bitmap: ImageBitmap): RepeatedPicture {
  const { width, height } = bitmap;
  return {
    width,
    height,
    frame: (timestamp_us) => ('VideoFrame' in globalThis ? Promise.resolve(new VideoFrame(bitmap, { timestamp: timestamp_us })) : createImageBitmap(bitmap)),
    close: () => { bitmap.close(); },
  };
}

/**
 * Opens a picture, which is repeated as if a camera looked at it.
 *
 * @param frameRate frames a second
 * @throws LitescopeError INVALID_IMAGE, INVALID_CONFIGURATION
 */
export async function openPicture(picture: Blob, name: string, frameRate = defaultFrameRate): Promise<FrameSource> {
  const rate = checkFrameRate(frameRate);
  const bitmap = await readPicture(picture);
  return new FedSource({ kind: 'picture', name, facesPerson: false, frameRate: () => rate }, new TimerFeed(repeated(bitmap), rate), () => undefined);
}
