import { realValues } from '../../tensor/values';
import { rescalePlacement } from '../placement';
import type { Decoded, OutputTensor, Placement } from '../types';
import { unsupportedDecoder } from './outputs';

/** Rows and columns of [1, h, w, 1], [1, h, w] or [h, w]; null for any other shape. */
function maskSize(shape: readonly number[]): { readonly height: number; readonly width: number } | null {
  const [first, second, third, fourth] = shape;
  if (shape.length === 2 && first !== undefined && second !== undefined) return { height: first, width: second };
  if (first !== 1 || second === undefined || third === undefined) return null;
  if (shape.length === 3 || (shape.length === 4 && fourth === 1)) return { height: second, width: third };
  return null;
}

/**
 * MediaPipe's selfie segmentation, square (256 × 256) and landscape (256 wide, 144 high): one output [1, h, w, 1] of
 * foreground probabilities; the models end in a sigmoid, so that none is applied here (`activation: NONE` in
 * mediapipe/modules/selfie_segmentation).
 *
 * @returns a mask of the output's size, 0 to 255
 * @throws LitescopeError UNSUPPORTED_DECODER when no output is a mask
 */
export function decodeSelfie(outputs: readonly OutputTensor[], placement: Placement): Decoded {
  for (const output of outputs) {
    const size = maskSize(output.shape);
    if (size === null || size.width < 1 || size.height < 1) continue;
    const values = realValues(output);
    const mask = new Uint8ClampedArray(values.length);
    for (let index = 0; index < values.length; index++) mask[index] = (values[index] as number) * 255;
    return { kind: 'mask', mask, ...size, placement: rescalePlacement(placement, size.width, size.height) };
  }
  throw unsupportedDecoder('a mask [1, height, width, 1]', outputs);
}
