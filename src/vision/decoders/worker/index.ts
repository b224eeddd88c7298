import type { Decoded, Decoder, Evidence, OutputTensor, Placement } from '../../shared/types';
import { decodeAnchoredPoints } from './anchored-points';
import { decodeBoxInSpace } from './box-in-space';
import { decodeCenterNet } from './center-net';
import { concludeMap } from './class-map';
import { bestClasses, readClassScores } from './classification';
import { decodeDepth } from './depth';
import { decodeEmbedding } from './embedding';
import { decodeFaceMesh } from './face-mesh';
import { decodeHand } from './hand-landmarks';
import { decodeImage } from './image';
import { decodeIris } from './iris';
import { decodeKeyPoints } from '../shared/key-points';
import { poseNetForm } from '../shared/pose-net-form';
import { decodeObjects } from './object-detection';
import { decodePose } from './pose-landmarks';
import { decodePoseNet } from './pose-net';
import { readSegmentation } from './segmentation';
import { decodeSelfie } from './selfie-segmentation';
import { decodeSsd } from './ssd-detection';
import { decodeText } from './text-line';
import { decodeYoloBoxes } from './yolo/detection';
import { decodeYoloOriented } from './yolo/oriented';
import { decodeYoloPose } from './yolo/pose';
import { decodeYoloInstances } from './yolo/segmentation';

/**
 * Reads a task's meaning out of a model's outputs, up to the point where winners are taken. Streams blend it with
 * earlier frames (see `Smoother`) before they conclude.
 *
 * @param outputs all outputs of one run, in the model's order; only their bytes are read, nothing is moved
 * @param placement what `preprocess` returned for the picture of this run
 * @param labels a label for each class; used by whatever has classes
 * @returns everything in pixels of the source picture
 * @throws LitescopeError UNSUPPORTED_DECODER when shapes do not fit the task, INVALID_LABELS, and INVALID_INPUT or
 *   INVALID_QUANTIZATION when a tensor's bytes or parameters contradict its shape
 */
export function readEvidence(decoder: Decoder, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): Evidence {
  switch (decoder.kind) {
    case 'face-detection':
    case 'palm-detection':
    case 'pose-detection': return decodeAnchoredPoints(decoder, outputs, placement);
    case 'selfie-segmentation': return decodeSelfie(outputs, placement);
    case 'hand-landmarks': return decodeHand(outputs, placement);
    case 'pose-landmarks': return decodePose(outputs, placement);
    case 'classification': return readClassScores(decoder, outputs, labels);
    case 'object-detection': return decodeObjects(decoder, outputs, placement, labels);
    case 'box-in-space': return decodeBoxInSpace(outputs, placement);
    case 'face-mesh': return decodeFaceMesh(outputs, placement);
    case 'iris': return decodeIris(outputs, placement);
    case 'key-points': {
      const form = poseNetForm(outputs);
      return form === null ? decodeKeyPoints(decoder, outputs, placement) : decodePoseNet(decoder, form, outputs, placement);
    }
    case 'center-net': return decodeCenterNet(decoder, outputs, placement, labels);
    case 'ssd-detection': return decodeSsd(decoder, outputs, placement, labels);
    case 'yolo-detection': return decodeYoloBoxes(decoder, outputs, placement, labels);
    case 'yolo-oriented': return decodeYoloOriented(decoder, outputs, placement, labels);
    case 'yolo-segmentation': return decodeYoloInstances(decoder, outputs, placement, labels);
    case 'yolo-pose': return decodeYoloPose(decoder, outputs, placement);
    case 'segmentation': return readSegmentation(outputs, placement, labels);
    case 'depth': return decodeDepth(decoder, outputs, placement);
    case 'image': return decodeImage(decoder, outputs, placement);
    case 'text': return decodeText(decoder, outputs, labels);
    case 'embedding': return decodeEmbedding(outputs);
  }
}

/** Takes the winners: the best classes of a list, the best class of each pixel. Everything else is what it is. */
export function conclude(evidence: Evidence): Decoded {
  switch (evidence.kind) {
    case 'class-scores': return bestClasses(evidence);
    case 'map-scores':
    case 'map-ids': return concludeMap(evidence);
    default: return evidence;
  }
}

/** `readEvidence` and `conclude` in one, for a single run. */
export function decode(decoder: Decoder, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): Decoded {
  return conclude(readEvidence(decoder, outputs, placement, labels));
}
