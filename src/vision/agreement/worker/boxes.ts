import { turnedIou } from '../../shared/overlap';
import type { DecodedAs, Detection } from '../../shared/types';
import { countMatched, matchBest } from './matching';
import type { AgreementAs } from '../shared/types';

/** Boxes of one label belong together where they overlap, the greatest overlap first. */
export function agreeOnDetections(reference: DecodedAs<'detections'>, other: DecodedAs<'detections'>): AgreementAs<'detections'> {
  const likeness = (one: Detection, two: Detection): number => (one.label === two.label ? turnedIou(one, two) : 0);
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
