import type { Decoded, Decoder, OutputTensor, Placement } from '../types';
import { decodeClasses } from './classification';
import { decodeFaces } from './face-detection';
import { decodeHand } from './hand-landmarks';
import { decodePose } from './pose-landmarks';
import { decodeSelfie } from './selfie-segmentation';

/**
 * Reads a task's meaning out of a model's outputs.
 *
 * @param outputs all outputs of one run, in the model's order; only their bytes are read, nothing is moved
 * @param placement what `preprocess` returned for the picture of this run
 * @param labels a label for each class; used by `classification` alone
 * @returns everything in pixels of the source picture
 * @throws LitescopeError UNSUPPORTED_DECODER when shapes do not fit the task, INVALID_LABELS, and INVALID_INPUT or
 *   INVALID_QUANTIZATION when a tensor's bytes or parameters contradict its shape
 */
export function decode(decoder: Decoder, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): Decoded {
  switch (decoder.kind) {
    case 'face-detection': return decodeFaces(decoder, outputs, placement);
    case 'selfie-segmentation': return decodeSelfie(outputs, placement);
    case 'hand-landmarks': return decodeHand(outputs, placement);
    case 'pose-landmarks': return decodePose(outputs, placement);
    case 'classification': return decodeClasses(decoder, outputs, labels);
  }
}
