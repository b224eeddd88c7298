import { toSourceX, toSourceY } from '../../../frames/shared/placement';
import type { Connections, DecodedAs, Decoder, OutputTensor, Placement, Point, Skeleton } from '../../../shared/types';
import { keyPointConnections } from '../../shared/key-points';
import { probability } from '../../shared/outputs';
import { boxInSource } from '../boxes';
import { handConnections } from '../hand-landmarks';
import { edgesOf, strongest } from './detection';
import { pixelsOf, readYoloRows } from './rows';

/** Lines between the points of the two sets that are trained on: COCO's bodies and hands. Others are points alone. */
function connectionsOf(count: number): Connections {
  return count === 17 ? keyPointConnections : count === 21 ? handConnections : [];
}

/**
 * Bodies of the YOLO family's pose models: rows as in `readYoloRows`, then the points as `decoder.points` says. Some
 * exports give shares for boxes and pixels for points: both are told by their own values.
 *
 * @returns bodies with their boxes in pixels of the source picture, best first, 300 at most
 * @throws LitescopeError UNSUPPORTED_DECODER when there is no such output
 */
export function decodeYoloPose(decoder: Extract<Decoder, { kind: 'yolo-pose' }>, outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'skeletons'> {
  const { points: { count, values }, scoreThreshold } = decoder;
  const { candidates, extra, greatestExtra } = readYoloRows(decoder, outputs, placement, { extras: count * values, labels: undefined });
  const places = Array.from({ length: count }, (_, index) => index * values);
  const [scaleX, scaleY] = pixelsOf(decoder.unit, greatestExtra(places.flatMap((place) => [place, place + 1])), placement);
  const skeletons = strongest(decoder, candidates).flatMap((candidate): readonly Skeleton[] => {
    const box = boxInSource(edgesOf(candidate), placement);
    if (box === null) return [];
    const points = places.map((place): Point => ({
      x: toSourceX(placement, extra(candidate.row, place) * scaleX),
      y: toSourceY(placement, extra(candidate.row, place + 1) * scaleY),
      ...(values === 3 ? { visibility: probability(extra(candidate.row, place + 2)) } : {}),
    }));
    return [{ points, score: candidate.score, box }];
  });
  return { kind: 'skeletons', skeletons, connections: connectionsOf(count), threshold: scoreThreshold };
}
