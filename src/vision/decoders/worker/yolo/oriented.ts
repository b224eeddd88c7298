import { turnedIou } from '../../../shared/overlap';
import type { Box, DecodedAs, Decoder, OutputTensor, Placement } from '../../../shared/types';
import { toSourceX, toSourceY } from '../../../frames/shared/placement';
import { labelOfNumber } from '../boxes';
import { suppressByClass } from '../suppression';
import { mostResults } from './detection';
import { readYoloRows, type YoloCandidate } from './rows';

/**
 * From pixels of the input to those of the source picture. Where the two axes are scaled alike, an angle stays what it
 * is; where a picture is stretched, both sides are taken along and the box keeps the direction of its first one.
 */
function inSource({ centreX, centreY, width, height }: YoloCandidate, angle: number, placement: Placement): { readonly box: Box; readonly angle: number } | null {
  const { scaleX, scaleY } = placement;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const along = Math.hypot(cosine / scaleX, sine / scaleY) * width;
  const across = Math.hypot(sine / scaleX, cosine / scaleY) * height;
  const box = { x: toSourceX(placement, centreX) - along / 2, y: toSourceY(placement, centreY) - across / 2, width: along, height: across };
  const turned = scaleX === scaleY ? angle : Math.atan2(sine / scaleY, cosine / scaleX);
  return [...Object.values(box), turned].every((value) => Number.isFinite(Math.fround(value))) ? { box, angle: turned } : null;
}

/**
 * Oriented boxes of the YOLO family: rows as in `readYoloRows` whose last value is the angle from the x axis to the box's
 * width, clockwise in radians. Final rows have centre and size like all others. What overlaps is suppressed by the
 * intersection over union of the turned boxes themselves.
 *
 * @returns boxes in pixels of the source picture, best first, 300 at most
 * @throws LitescopeError UNSUPPORTED_DECODER when there is no such output, INVALID_LABELS
 */
export function decodeYoloOriented(decoder: Extract<Decoder, { kind: 'yolo-oriented' }>, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): DecodedAs<'detections'> {
  const { candidates, extra } = readYoloRows(decoder, outputs, placement, { extras: 1, corners: false, labels });
  const placed = candidates.flatMap((candidate) => {
    const turned = inSource(candidate, extra(candidate.row, 0), placement);
    return turned === null ? [] : { ...turned, score: candidate.score, type: candidate.type };
  });
  const kept = suppressByClass(placed, decoder.head === 'final' ? Infinity : decoder.overlapThreshold, mostResults, turnedIou);
  return { kind: 'detections', detections: kept.map(({ box, angle, score, type }) => ({ box, angle, score, label: labelOfNumber(labels, type), keypoints: [] })) };
}
