import { realValues } from '../../../tensor/values';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Connections, DecodedAs, OutputTensor, Placement, Point } from '../../shared/types';
import { outputsOfSize, probability, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

/** The box's centre and its eight corners. */
const pointCount = 9;

/** Corners count in twos over depth, height and width, behind the centre: neighbours differ by 1, 2 or 4. */
export const boxConnections: Connections = [1, 2, 4].flatMap((step) =>
  Array.from({ length: 8 }, (_, corner) => corner).filter((corner) => (corner & step) === 0).map((corner) => [corner + 1, corner + step + 1] as const));

/**
 * MediaPipe's Objectron (224 × 224, real values 0 to 1): the box in space around an object that fills the picture, as it
 * is seen. After mediapipe/modules/objectron/box_landmark_cpu.pbtxt: landmarks [1, 18] (9 × x, y in pixels of the input:
 * centre and corners) and presence [1, 1], a probability.
 *
 * @returns points in pixels of the source picture; below a score of 0.1 MediaPipe takes the object for absent
 * @throws LitescopeError UNSUPPORTED_DECODER when landmarks or presence are missing
 */
export function decodeBoxInSpace(outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'landmarks'> {
  const [landmarkTensor] = outputsOfSize(outputs, pointCount * 2);
  const [presenceTensor] = outputsOfSize(outputs, 1);
  if (landmarkTensor === undefined || presenceTensor === undefined) throw unsupportedDecoder(text.expected.boxInSpace(pointCount * 2), outputs);
  const values = realValues(landmarkTensor);
  const points = Array.from({ length: pointCount }, (_, index): Point => ({ x: toSourceX(placement, values[index * 2] ?? NaN), y: toSourceY(placement, values[index * 2 + 1] ?? NaN) }));
  return { kind: 'landmarks', points, connections: boxConnections, score: probability(realValues(presenceTensor)[0]) };
}
