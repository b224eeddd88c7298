import { formatPercent } from '../messages/format';
import { wordingAgreement as text } from '../messages/wording-agreement';
import type { AgreementSummary } from '../vision/agreement/shared/summary';
import type { Agreement } from '../vision/agreement/shared/types';

/** A share of 1 with the digits that tell it from 1: `0.996`. */
const iou = (value: number): string => (value === 1 ? '1' : value.toFixed(3));
const cosine = (value: number): string => (value === 1 ? '1' : value.toFixed(4));
const points = (difference: number): string => (Math.abs(difference) * 100).toFixed(1);
const distance = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** Agreement over many inputs, in a sentence or two. */
export function summaryText(summary: AgreementSummary): string {
  const { samples } = summary;
  switch (summary.kind) {
    case 'classes': return text.classes({ inputs: samples, best: summary.top1, bestShare: formatPercent(summary.top1 / samples), bestFive: summary.top5, bestFiveShare: formatPercent(summary.top5 / samples) });
    case 'instances':
    case 'detections': {
      const { matched, missing, extra, mean_iou, least_iou, score_difference } = summary;
      if (mean_iou === null) return missing + extra === 0 ? text.noBox : text.noCommonBox(missing, extra);
      return (summary.kind === 'instances' ? text.instances : text.boxes)({ matched, missing, extra, mean: iou(mean_iou), worst: iou(least_iou ?? 0), points: points(score_difference ?? 0) });
    }
    case 'mask': return text.masks(samples, iou(summary.mean_iou), iou(summary.least_iou));
    case 'class-map': return text.classMaps({ inputs: samples, mean: iou(summary.mean_iou), worst: iou(summary.least_iou), same: formatPercent(summary.same) });
    case 'landmarks': return text.landmarks({ inputs: samples, mean: distance(summary.mean_distance), greatest: distance(summary.greatest_distance), points: points(summary.score_difference) });
    case 'skeletons': {
      const { matched, missing, extra, mean_distance, greatest_distance, score_difference } = summary;
      if (mean_distance === null) return missing + extra === 0 ? text.noBody : text.noCommonBody(missing, extra);
      return text.bodies({ matched, missing, extra, mean: distance(mean_distance), worst: distance(greatest_distance ?? 0), points: points(score_difference ?? 0) });
    }
    case 'text': return text.texts({ inputs: samples, same: summary.same, sameShare: formatPercent(summary.same / samples), errors: summary.error_rate === null ? null : distance(summary.error_rate) });
    case 'embedding': return text.embeddings(samples, cosine(summary.mean_cosine), cosine(summary.least_cosine));
    case 'depth': return text.depths(samples, distance(summary.mean_difference), distance(summary.greatest_difference));
    case 'picture': return text.pictures(samples, distance(summary.mean_difference), distance(summary.greatest_difference));
  }
}

/** Agreement on one input, in a few words. */
export function agreementText(agreement: Agreement): string {
  switch (agreement.kind) {
    case 'classes': return agreement.top1 ? text.sameClass : agreement.top5 ? text.amongFive : text.otherClass;
    case 'instances':
    case 'detections': {
      const { matched, missing, extra, mean_iou } = agreement;
      if (matched + missing + extra === 0) return text.nothingFound;
      if (mean_iou === null) return text.alone(missing, extra);
      return missing + extra === 0 ? text.iou(iou(mean_iou)) : text.iouAndAlone(iou(mean_iou), missing, extra);
    }
    case 'mask':
    case 'class-map': return text.iou(iou(agreement.iou));
    case 'landmarks': return text.apart(distance(agreement.mean_distance));
    case 'skeletons': {
      const { matched, missing, extra, mean_distance } = agreement;
      if (matched + missing + extra === 0) return text.nothingFound;
      if (mean_distance === null) return text.alone(missing, extra);
      return missing + extra === 0 ? text.apart(distance(mean_distance)) : text.apartAndAlone(distance(mean_distance), missing, extra);
    }
    case 'text': return agreement.same ? text.sameText : text.edits(agreement.edits, agreement.characters);
    case 'embedding': return text.cosine(cosine(agreement.cosine));
    case 'depth': return text.nearnessApart(distance(agreement.difference));
    case 'picture': return text.coloursApart(distance(agreement.difference));
  }
}
