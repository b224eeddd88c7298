import { realValues } from '../../../tensor/values';
import type { Connections, DecodedAs, OutputTensor, Placement, Point } from '../../shared/types';
import { outputsOfSize, probability, sigmoid, unsupportedDecoder } from '../shared/outputs';
import { eyePoints, faceConnections, irisConnections, leftEye, lipPoints, rightEye, type EyePoints } from './face-parts';
import { placed, pointsFrom, type ModelLandmarks } from './model-points';
import { vision as text } from '../../../messages/vision';

/** Points of the mesh; the irises' five each come behind them. */
export const meshPoints = 468;
export const irisPoints = 5;
export const meshAndIrisPoints = meshPoints + 2 * irisPoints;

const withIrises: Connections = [...faceConnections, ...irisConnections(meshPoints), ...irisConnections(meshPoints + irisPoints)];

/** Two outputs of one form, told apart by their names where these say it, else by order: the left one first. */
function leftAndRight(outputs: readonly OutputTensor[]): readonly [OutputTensor, OutputTensor] | null {
  const [first, second] = outputs;
  if (first === undefined || second === undefined) return null;
  const left = outputs.find(({ name }) => /left/i.test(name));
  const right = outputs.find(({ name }) => /right/i.test(name));
  return left !== undefined && right !== undefined && left !== right ? [left, right] : [first, second];
}

/** Puts the refined places of some points into the mesh; their depth stays. */
function refine(mesh: Point[], indices: readonly number[], tensor: OutputTensor): void {
  const refined = pointsFrom(realValues(tensor), indices.length, 2);
  indices.forEach((index, place) => {
    const point = refined[place];
    if (point !== undefined) mesh[index] = { ...mesh[index], x: point.x, y: point.y };
  });
}

/** An iris has no depth of its own: it gets the mean of the lids around it. */
function irisOf(mesh: readonly Point[], { lower, upper }: EyePoints, tensor: OutputTensor): Point[] {
  const lids = [...lower, ...upper];
  const z = lids.reduce((sum, index) => sum + (mesh[index]?.z ?? NaN), 0) / lids.length;
  return pointsFrom(realValues(tensor), irisPoints, 2).map((point) => ({ ...point, z }));
}

/**
 * MediaPipe's face mesh in pixels of the input. Three forms, after mediapipe/modules/face_landmark and
 * tasks/cc/vision/face_landmarker: 468 points [1, 1404]; those with attention, whose lips [1, 160], eyes [1, 142] each
 * and irises [1, 10] each come apart as x and y and replace or follow the mesh's; 478 points in one, [1, 1434]. Each with
 * a logit of the face's presence, [1, 1], of several the first.
 *
 * @returns null when the outputs are none of these
 */
export function readFaceMesh(outputs: readonly OutputTensor[]): ModelLandmarks | null {
  const [whole] = outputsOfSize(outputs, meshAndIrisPoints * 3);
  const [mesh] = outputsOfSize(outputs, meshPoints * 3);
  const [flag] = outputsOfSize(outputs, 1);
  const tensor = whole ?? mesh;
  if (tensor === undefined || flag === undefined) return null;
  const score = probability(sigmoid(realValues(flag)[0] ?? NaN));
  const points = pointsFrom(realValues(tensor), whole === undefined ? meshPoints : meshAndIrisPoints, 3);
  if (whole !== undefined) return { points, score };
  const [lips] = outputsOfSize(outputs, lipPoints.length * 2);
  const eyes = leftAndRight(outputsOfSize(outputs, eyePoints(leftEye).length * 2));
  const irises = leftAndRight(outputsOfSize(outputs, irisPoints * 2));
  if (lips !== undefined) refine(points, lipPoints, lips);
  if (eyes !== null) [leftEye, rightEye].forEach((eye, side) => { refine(points, eyePoints(eye), eyes[side] ?? eyes[0]); });
  const more = irises === null ? [] : [leftEye, rightEye].flatMap((eye, side) => irisOf(points, eye, irises[side] ?? irises[0]));
  return { points: [...points, ...more], score };
}

/**
 * @returns 468 points, or 478 with the irises, in pixels of the source picture; z in pixels of the input, smaller is nearer
 * @throws LitescopeError UNSUPPORTED_DECODER when mesh or presence are missing
 */
export function decodeFaceMesh(outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'landmarks'> {
  const mesh = readFaceMesh(outputs);
  if (mesh === null) throw unsupportedDecoder(text.expected.faceMesh(meshPoints * 3, meshAndIrisPoints * 3), outputs);
  return { kind: 'landmarks', points: placed(mesh.points, placement), connections: mesh.points.length > meshPoints ? withIrises : faceConnections, score: mesh.score };
}
