import { realValues } from '../../../tensor/values';
import { rescalePlacement } from '../../frames/shared/placement';
import type { DecodedAs, OutputTensor, Placement } from '../../shared/types';
import { mapSize, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

/**
 * MediaPipe's selfie segmentation, square (256 × 256) and landscape (256 wide, 144 high): one output [1, h, w, 1] of
 * foreground probabilities; the models end in a sigmoid, so that none is applied here (`activation: NONE` in
 * mediapipe/modules/selfie_segmentation).
 *
 * @returns a mask of the output's size, 0 to 255
 * @throws LitescopeError UNSUPPORTED_DECODER when no output is a mask
 */
export function decodeSelfie(outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'mask'> {
  for (const output of outputs) {
    const size = mapSize(output.shape);
    if (size === null) continue;
    const values = realValues(output);
    const mask = new Uint8ClampedArray(values.length);
    for (let index = 0; index < values.length; index++) mask[index] = (values[index] as number) * 255;
    return { kind: 'mask', mask, ...size, placement: rescalePlacement(placement, size.width, size.height) };
  }
  throw unsupportedDecoder(text.expected.mask, outputs);
}
