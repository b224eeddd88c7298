import { realValues } from '../../../tensor/values';
import type { Connections, DecodedAs, OutputTensor, Placement } from '../../shared/types';
import { outputsOfSize, unsupportedDecoder } from '../shared/outputs';
import { irisConnections, lidConnections } from './face-parts';
import { placed, pointsFrom, type ModelLandmarks } from './model-points';
import { vision as text } from '../../../messages/vision';

/** Around the eye, lids first; see `EyePoints`. */
export const contourPoints = 71;
const irisPoints = 5;

/** Lids, and the iris around its centre, which is point 71. */
export const eyeConnections: Connections = [...lidConnections, ...irisConnections(contourPoints)];

/**
 * MediaPipe's iris model (64 × 64, real values 0 to 1, a left eye; a right one is mirrored before and after) in pixels of
 * the input, after mediapipe/modules/iris_landmark: contours of eye and brow [1, 213] and the iris [1, 15], both x, y, z.
 *
 * @returns 76 points, the iris's centre, right, top, left and bottom last; null when the outputs are not these
 */
export function readIris(outputs: readonly OutputTensor[]): ModelLandmarks | null {
  const [contour] = outputsOfSize(outputs, contourPoints * 3);
  const [iris] = outputsOfSize(outputs, irisPoints * 3);
  if (contour === undefined || iris === undefined) return null;
  return { points: [...pointsFrom(realValues(contour), contourPoints, 3), ...pointsFrom(realValues(iris), irisPoints, 3)], score: null };
}

/** @throws LitescopeError UNSUPPORTED_DECODER when contour or iris are missing */
export function decodeIris(outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'landmarks'> {
  const eye = readIris(outputs);
  if (eye === null) throw unsupportedDecoder(text.expected.iris(contourPoints * 3, irisPoints * 3), outputs);
  return { kind: 'landmarks', points: placed(eye.points, placement), connections: eyeConnections, score: eye.score };
}
