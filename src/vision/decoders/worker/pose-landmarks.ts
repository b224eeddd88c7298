import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { DecodedAs, OutputTensor, Placement, Point } from '../../shared/types';
import { refineFromHeatmap, type Heatmaps } from './heatmap';
import { outputsOfSize, probability, sigmoid, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

/** The body's 33, then two that only serve to find the region of the next frame, and four of the hands that nothing uses. */
const modelPoints = 39;
const bodyPoints = 33;
const pointsForRegion = 2;
const valuesPerPoint = 5;

/** Head 0–10, shoulders 11–12, elbows 13–14, wrists 15–16, hands 17–22, hips 23–24, knees, ankles, feet 25–32; odd is left. */
export const poseConnections: readonly (readonly [number, number])[] = [
  [0, 1], [1, 2], [2, 3], [3, 7], [0, 4], [4, 5], [5, 6], [6, 8], [9, 10],
  [11, 12], [11, 23], [12, 24], [23, 24],
  [11, 13], [13, 15], [15, 17], [15, 19], [15, 21], [17, 19],
  [12, 14], [14, 16], [16, 18], [16, 20], [16, 22], [18, 20],
  [23, 25], [25, 27], [27, 29], [27, 31], [29, 31],
  [24, 26], [26, 28], [28, 30], [28, 32], [30, 32],
];

function heatmapsOf(outputs: readonly OutputTensor[]): Heatmaps | null {
  const tensor = outputs.find(({ shape }) => shape.length === 4 && shape[0] === 1 && shape[3] === modelPoints && elementCount(shape) > 0);
  const [, height, width] = tensor?.shape ?? [];
  if (tensor === undefined || height === undefined || width === undefined) return null;
  return { width, height, maps: modelPoints, logits: realValues(tensor) };
}

/**
 * MediaPipe's pose landmarks (lite, full, heavy; 256 × 256, real values 0 to 1). Outputs, after
 * mediapipe/modules/pose_landmark: landmarks [1, 195] (39 × x, y, z in pixels of the input, visibility and presence as
 * logits), pose flag [1, 1], a probability already; segmentation [1, 256, 256, 1], heatmaps [1, 64, 64, 39], both as
 * logits, and world landmarks [1, 117] in metres. The heatmaps refine the landmarks as in MediaPipe; segmentation, world
 * landmarks and presence of single points are not shown.
 *
 * @returns 33 points, and two auxiliary ones (between the hips, and on the circle around the body), in pixels of the
 *   source picture, z in pixels of the input relative to the hips, smaller is nearer; below a score of 0.5 MediaPipe takes
 *   the body for absent
 * @throws LitescopeError UNSUPPORTED_DECODER when landmarks or flag are missing
 */
export function decodePose(outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'landmarks'> {
  const [landmarkTensor] = outputsOfSize(outputs, modelPoints * valuesPerPoint);
  const [flagTensor] = outputsOfSize(outputs, 1);
  if (landmarkTensor === undefined || flagTensor === undefined) {
    throw unsupportedDecoder(text.expected.pose(modelPoints * valuesPerPoint), outputs);
  }
  const { targetWidth, targetHeight } = placement;
  const values = realValues(landmarkTensor);
  const heatmaps = heatmapsOf(outputs);
  const points: Point[] = [];
  for (let index = 0; index < bodyPoints + pointsForRegion; index++) {
    const value = (offset: number): number => values[index * valuesPerPoint + offset] ?? NaN;
    const refined = heatmaps === null ? null : refineFromHeatmap(heatmaps, index, value(0) / targetWidth, value(1) / targetHeight);
    const x = refined === null ? value(0) : refined.x * targetWidth;
    const y = refined === null ? value(1) : refined.y * targetHeight;
    points.push({ x: toSourceX(placement, x), y: toSourceY(placement, y), z: value(2), visibility: probability(sigmoid(value(3))) });
  }
  return { kind: 'landmarks', points: points.slice(0, bodyPoints), auxiliary: points.slice(bodyPoints), connections: poseConnections, score: probability(realValues(flagTensor)[0]) };
}
