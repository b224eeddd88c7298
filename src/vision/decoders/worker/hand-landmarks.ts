import { realValues } from '../../../tensor/values';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { DecodedAs, OutputTensor, Placement, Point } from '../../shared/types';
import { outputsOfSize, probability, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

const pointCount = 21;

/** Wrist 0; thumb 1–4, index 5–8, middle 9–12, ring 13–16, little finger 17–20, each from the palm to the tip. */
export const handConnections: readonly (readonly [number, number])[] = [
  [0, 1], [1, 2], [2, 3], [3, 4],
  [0, 5], [5, 6], [6, 7], [7, 8],
  [5, 9], [9, 10], [10, 11], [11, 12],
  [9, 13], [13, 14], [14, 15], [15, 16],
  [13, 17], [0, 17], [17, 18], [18, 19], [19, 20],
];

/**
 * MediaPipe's hand landmarks (lite and full, 224 × 224, real values 0 to 1). Outputs in the model's order, after
 * mediapipe/modules/hand_landmark: landmarks [1, 63] (21 × x, y, z in pixels of the input), presence [1, 1],
 * handedness [1, 1], both probabilities already, and world landmarks [1, 63] in metres, which are not shown. Equal
 * shapes are told apart by order alone.
 *
 * Handedness: MediaPipe's labels hold for a mirrored picture (a selfie camera's). Frames are not mirrored here, so the
 * model's number is the probability of a right hand.
 *
 * @returns points in pixels of the source picture, z in pixels of the input relative to the wrist, smaller is nearer;
 *   below a score of 0.5 MediaPipe takes the hand for absent
 * @throws LitescopeError UNSUPPORTED_DECODER when landmarks or presence are missing
 */
export function decodeHand(outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'landmarks'> {
  const [landmarkTensor] = outputsOfSize(outputs, pointCount * 3);
  const [presenceTensor, handednessTensor] = outputsOfSize(outputs, 1);
  if (landmarkTensor === undefined || presenceTensor === undefined) {
    throw unsupportedDecoder(text.expected.hand(pointCount * 3), outputs);
  }
  const values = realValues(landmarkTensor);
  const points: Point[] = [];
  for (let start = 0; start < pointCount * 3; start += 3) {
    points.push({ x: toSourceX(placement, values[start] ?? NaN), y: toSourceY(placement, values[start + 1] ?? NaN), z: values[start + 2] ?? NaN });
  }
  const landmarks = { kind: 'landmarks', points, connections: handConnections, score: probability(realValues(presenceTensor)[0]) } as const;
  const right = handednessTensor === undefined ? undefined : realValues(handednessTensor)[0];
  if (right === undefined || Number.isNaN(right)) return landmarks;
  const score = probability(right);
  return { ...landmarks, handedness: score >= 0.5 ? { label: 'right', score } : { label: 'left', score: 1 - score } };
}
