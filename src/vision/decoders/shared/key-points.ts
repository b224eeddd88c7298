import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { Connections, DecodedAs, Decoder, OutputTensor, Placement, Point, Skeleton } from '../../shared/types';
import { probability, unsupportedDecoder } from './outputs';
import { vision as text } from '../../../messages/vision';

const pointCount = 17;
const valuesPerPoint = 3;
const valuesPerBody = pointCount * valuesPerPoint;
/** Points, then top, left, bottom and right of the box and its score. */
const valuesPerBoxedBody = valuesPerBody + 5;

/** COCO's order: nose 0, eyes 1–2, ears 3–4, shoulders 5–6, elbows 7–8, wrists 9–10, hips 11–12, knees 13–14, ankles 15–16; odd is left. */
export const keyPointConnections: Connections = [
  [0, 1], [0, 2], [1, 3], [2, 4],
  [5, 6], [5, 7], [7, 9], [6, 8], [8, 10],
  [5, 11], [6, 12], [11, 12],
  [11, 13], [13, 15], [12, 14], [14, 16],
];

/** Whether an output has the form of MoveNet's: [1, 1, 17, 3] for one body, [1, 6, 56] for several with a box each. */
export function isKeyPointShape(shape: readonly number[]): boolean {
  const single = shape.length >= 3 && shape.at(-1) === valuesPerPoint && shape.at(-2) === pointCount;
  const several = shape.length === 3 && shape.at(-1) === valuesPerBoxedBody;
  return (single || several) && elementCount(shape) > 0;
}

/**
 * MoveNet's key points, one body ([1, 1, 17, 3]: y, x, score) or several ([1, 6, 56]: 17 points, then top, left, bottom,
 * right and score of the box). Places are shares of the input, 0 to 1.
 *
 * @returns bodies in pixels of the source picture. Of several those whose score reaches the threshold, best first; a
 *   single one when a point of it does, with the mean score of the points that do
 * @throws LitescopeError UNSUPPORTED_DECODER when no output has either form
 */
export function decodeKeyPoints(decoder: Extract<Decoder, { kind: 'key-points' }>, outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'skeletons'> {
  const tensor = outputs.find(({ shape }) => isKeyPointShape(shape));
  if (tensor === undefined) throw unsupportedDecoder(text.expected.keyPoints, outputs);
  const { scoreThreshold } = decoder;
  const boxed = tensor.shape.at(-1) === valuesPerBoxedBody;
  const step = boxed ? valuesPerBoxedBody : valuesPerBody;
  const values = realValues(tensor);
  const toX = (share: number): number => toSourceX(placement, share * placement.targetWidth);
  const toY = (share: number): number => toSourceY(placement, share * placement.targetHeight);

  const skeletons: Skeleton[] = [];
  for (let start = 0; start + step <= values.length; start += step) {
    const value = (offset: number): number => values[start + offset] ?? NaN;
    const points: Point[] = [];
    for (let offset = 0; offset < valuesPerBody; offset += valuesPerPoint) {
      points.push({ x: toX(value(offset + 1)), y: toY(value(offset)), visibility: probability(value(offset + 2)) });
    }
    const sure = points.map(({ visibility }) => visibility ?? 0).filter((score) => score >= scoreThreshold);
    if (!boxed) {
      if (sure.length > 0) skeletons.push({ points, score: sure.reduce((sum, score) => sum + score, 0) / sure.length });
      continue;
    }
    const score = probability(value(valuesPerBody + 4));
    if (!(score >= scoreThreshold)) continue;
    const [x, y] = [toX(value(valuesPerBody + 1)), toY(value(valuesPerBody))];
    const box = { x, y, width: toX(value(valuesPerBody + 3)) - x, height: toY(value(valuesPerBody + 2)) - y };
    const finite = Object.values(box).every((edge) => Number.isFinite(Math.fround(edge)));
    skeletons.push({ points, score, ...(finite && box.width > 0 && box.height > 0 ? { box } : {}) });
  }
  skeletons.sort((left, right) => right.score - left.score);
  return { kind: 'skeletons', skeletons, connections: keyPointConnections, threshold: scoreThreshold };
}
