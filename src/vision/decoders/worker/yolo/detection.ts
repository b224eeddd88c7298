import type { DecodedAs, Decoder, Detection, OutputTensor, Placement } from '../../../shared/types';
import type { YoloDecoder } from '../../shared/yolo-form';
import type { Edges } from '../box-candidate';
import { boxInSource, labelOfNumber } from '../boxes';
import { overlap, suppressByClass } from '../suppression';
import { readYoloRows, type YoloCandidate } from './rows';

/** As many as the family's own code shows. */
export const mostResults = 300;

export function edgesOf({ centreX, centreY, width, height }: YoloCandidate): Edges {
  return { left: centreX - width / 2, top: centreY - height / 2, right: centreX + width / 2, bottom: centreY + height / 2 };
}

/** Best first; suppressed class by class where the model has not done it itself. */
export function strongest({ head, overlapThreshold }: YoloDecoder, candidates: readonly YoloCandidate[]): readonly YoloCandidate[] {
  if (head === 'final') return [...candidates].sort((left, right) => right.score - left.score).slice(0, mostResults);
  return suppressByClass(candidates.map((candidate) => ({ ...candidate, ...edgesOf(candidate) })), overlapThreshold, mostResults, overlap);
}

export function detectionOf(candidate: YoloCandidate, placement: Placement, labels: readonly string[] | undefined): Detection | null {
  const box = boxInSource(edgesOf(candidate), placement);
  return box === null ? null : { box, score: candidate.score, label: labelOfNumber(labels, candidate.type), keypoints: [] };
}

/**
 * Boxes of the YOLO family's detectors; what their outputs look like says `readYoloRows`.
 *
 * @returns boxes in pixels of the source picture, best first, 300 at most
 * @throws LitescopeError UNSUPPORTED_DECODER when there is no such output, INVALID_LABELS
 */
export function decodeYoloBoxes(decoder: Extract<Decoder, { kind: 'yolo-detection' }>, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): DecodedAs<'detections'> {
  const { candidates } = readYoloRows(decoder, outputs, placement, { extras: 0, labels });
  const detections = strongest(decoder, candidates).flatMap((candidate) => detectionOf(candidate, placement, labels) ?? []);
  return { kind: 'detections', detections };
}
