import type { Box, DecodedAs, Detection } from '../../shared/types';
import { countMatched, matchBest } from './matching';
import type { AgreementAs } from '../shared/types';

/** Intersection over union of two boxes, 0 to 1; 0 for two without area. */
export function boxIou(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (one.width * one.height + other.width * other.height - intersection);
}

/** Boxes of one label belong together where they overlap, the greatest overlap first. */
export function agreeOnDetections(reference: DecodedAs<'detections'>, other: DecodedAs<'detections'>): AgreementAs<'detections'> {
  const likeness = (one: Detection, two: Detection): number => (one.label === two.label ? boxIou(one.box, two.box) : 0);
  const pairs = matchBest(reference.detections, other.detections, likeness);
  const ious = pairs.map(([, , iou]) => iou);
  const none = pairs.length === 0;
  return {
    kind: 'detections',
    ...countMatched(pairs.length, reference.detections.length, other.detections.length),
    mean_iou: none ? null : ious.reduce((sum, iou) => sum + iou, 0) / ious.length,
    least_iou: none ? null : Math.min(...ious),
    score_difference: none ? null : Math.max(...pairs.map(([one, two]) => Math.abs(one.score - two.score))),
  };
}
