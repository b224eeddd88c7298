import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { DecodedAs, Detection, OutputTensor, Placement } from '../../shared/types';
import { anchorCentres, anchorCount } from '../shared/anchors';
import { anchoredValues, type AnchoredPointsDecoder } from '../shared/anchored-form';
import type { BoxCandidate } from './box-candidate';
import { sigmoid, unsupportedDecoder } from '../shared/outputs';
import { suppressWeighted } from './suppression';
import { vision as text } from '../../../messages/vision';

const scoreLimit = 100;

function candidateAt(regressors: ArrayLike<number>, anchor: number, valuesPerBox: number, centreX: number, centreY: number, score: number): BoxCandidate | null {
  const start = anchor * valuesPerBox;
  const value = (index: number): number => regressors[start + index] ?? NaN;
  const x = centreX + value(0);
  const y = centreY + value(1);
  const width = value(2);
  const height = value(3);
  const keypoints: number[] = [];
  for (let index = 4; index < valuesPerBox; index++) keypoints.push(value(index) + (index % 2 === 0 ? centreX : centreY));
  const candidate = { score, left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2, keypoints };
  // Larger numbers than float32, the models' own type, would overflow in areas and weighted sums. Boxes without extent
  // do occur; they have no overlap with anything, and MediaPipe drops negative ones too.
  const finite = [candidate.left, candidate.top, candidate.right, candidate.bottom, ...keypoints].every((edge) => Number.isFinite(Math.fround(edge)));
  return finite && candidate.right > candidate.left && candidate.bottom > candidate.top ? candidate : null;
}

function toDetection({ score, left, top, right, bottom, keypoints }: BoxCandidate, placement: Placement, label: string): Detection {
  const x = toSourceX(placement, left);
  const y = toSourceY(placement, top);
  const points = [];
  for (let index = 0; index + 1 < keypoints.length; index += 2) {
    points.push({ x: toSourceX(placement, keypoints[index] ?? NaN), y: toSourceY(placement, keypoints[index + 1] ?? NaN) });
  }
  return {
    box: { x, y, width: toSourceX(placement, right) - x, height: toSourceY(placement, bottom) - y },
    score,
    label,
    keypoints: points,
  };
}

/**
 * MediaPipe's detectors of faces, palms and bodies. Outputs, told apart by their sizes: regressors [1, anchors, values] in
 * pixels of the input relative to the anchor's centre, a box and some points (`anchoredValues`), and classificators
 * [1, anchors, 1] as logits, clipped to ±100. Values from mediapipe/modules: faces, short range, 128 × 128, strides 8, 16,
 * 16, 16, two anchors a cell, 896 anchors, minimum score 0.5; full range (dense and sparse) 192 × 192, stride 4, one anchor
 * a cell, 2304 anchors, 0.6; palms 192 × 192, strides 8, 16, 16, 16, 2016 anchors, 0.5; bodies 224 × 224, strides 8, 16, 32,
 * 32, 32, 2254 anchors, 0.5; weighted suppression at an overlap of 0.3 for all.
 *
 * @returns boxes and key points in pixels of the source picture, best first. The box of a body is that of its face: its
 *   points say where the body is
 * @throws LitescopeError UNSUPPORTED_DECODER when no outputs fit the anchors
 */
export function decodeAnchoredPoints(decoder: AnchoredPointsDecoder, outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'detections'> {
  const { anchors, scoreThreshold, overlapThreshold } = decoder;
  const { targetWidth, targetHeight } = placement;
  const valuesPerBox = anchoredValues[decoder.kind];
  const count = anchorCount(anchors, targetWidth, targetHeight);
  const regressorTensor = outputs.find(({ shape }) => shape.at(-1) === valuesPerBox && elementCount(shape) === count * valuesPerBox);
  const scoreTensor = outputs.find((output) => output !== regressorTensor && elementCount(output.shape) === count);
  if (count === 0 || regressorTensor === undefined || scoreTensor === undefined) {
    throw unsupportedDecoder(text.expected.anchored(count, valuesPerBox, targetWidth, targetHeight), outputs);
  }
  const regressors = realValues(regressorTensor);
  const logits = realValues(scoreTensor);
  const centres = anchorCentres(anchors, targetWidth, targetHeight);
  const candidates: BoxCandidate[] = [];
  for (let anchor = 0; anchor < count; anchor++) {
    const score = sigmoid(Math.min(Math.max(logits[anchor] ?? NaN, -scoreLimit), scoreLimit));
    // Written so that NaN fails too.
    if (!(score >= scoreThreshold)) continue;
    const candidate = candidateAt(regressors, anchor, valuesPerBox, centres[anchor * 2] ?? NaN, centres[anchor * 2 + 1] ?? NaN, score);
    if (candidate !== null) candidates.push(candidate);
  }
  return { kind: 'detections', detections: suppressWeighted(candidates, overlapThreshold).map((candidate) => toDetection(candidate, placement, text.anchored[decoder.kind])) };
}
