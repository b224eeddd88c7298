import type { AgreementSummary } from '../vision/agreement/shared/summary';
import type { Agreement } from '../vision/agreement/shared/types';
import { formatCount, formatPercent, formatPlural } from '../messages/format';

/** A share of 1 with the digits that tell it from 1: `0.996`. */
const iou = (value: number): string => (value === 1 ? '1' : value.toFixed(3));
const points = (difference: number): string => `${(Math.abs(difference) * 100).toFixed(1)} points`;
const distance = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** Who stands alone, for results that have no fixed number. */
function alone({ missing, extra }: { readonly missing: number; readonly extra: number }): string {
  if (missing + extra === 0) return 'none of one alone';
  return `${formatCount(missing)} of the reference alone, ${formatCount(extra)} of this model alone`;
}

/** Agreement over many inputs, in a sentence or two. */
export function summaryText(summary: AgreementSummary): string {
  const { samples } = summary;
  const on = samples === 1 ? '' : ` of ${formatPlural(samples, 'input')}`;
  switch (summary.kind) {
    case 'classes':
      return `Same best class on ${formatCount(summary.top1)} of ${formatPlural(samples, 'input')} (${formatPercent(summary.top1 / samples)}); the reference’s best class among the best five on ${formatCount(summary.top5)} (${formatPercent(summary.top5 / samples)}).`;
    case 'detections':
      if (summary.mean_iou === null) return summary.missing + summary.extra === 0 ? 'Neither finds a box.' : `No box in common: ${alone(summary)}.`;
      return `${formatPlural(summary.matched, 'box', 'boxes')} in common, ${alone(summary)}. IoU ${iou(summary.mean_iou)} in the mean, ${iou(summary.least_iou ?? 0)} at worst; scores at most ${points(summary.score_difference ?? 0)} apart.`;
    case 'mask': return `Mask IoU ${iou(summary.mean_iou)} in the mean${on}, ${iou(summary.least_iou)} at worst.`;
    case 'class-map': return `IoU over classes ${iou(summary.mean_iou)} in the mean${on}, ${iou(summary.least_iou)} at worst; ${formatPercent(summary.same)} of pixels have the same class.`;
    case 'landmarks': return `Landmarks are ${distance(summary.mean_distance)} of the object’s size apart in the mean${on}, ${distance(summary.greatest_distance)} at most; its probability differs by at most ${points(summary.score_difference)}.`;
    case 'skeletons':
      if (summary.mean_distance === null) return summary.missing + summary.extra === 0 ? 'Neither finds a body.' : `No body in common: ${alone(summary)}.`;
      return `${formatPlural(summary.matched, 'body', 'bodies')} in common, ${alone(summary)}. Points are ${distance(summary.mean_distance)} of the body’s size apart in the mean, ${distance(summary.greatest_distance ?? 0)} at most; scores at most ${points(summary.score_difference ?? 0)}.`;
    case 'picture': return `Colours differ by ${distance(summary.mean_difference)} of their range in the mean${on}, ${distance(summary.greatest_difference)} at worst.`;
  }
}

/** Agreement on one input, in a few words. */
export function agreementText(agreement: Agreement): string {
  switch (agreement.kind) {
    case 'classes': return agreement.top1 ? 'same class' : agreement.top5 ? 'other class, among the best five' : 'other class';
    case 'detections': return agreement.matched + agreement.missing + agreement.extra === 0 ? 'nothing found by either' : agreement.mean_iou === null ? alone(agreement) : `IoU ${iou(agreement.mean_iou)}${agreement.missing + agreement.extra === 0 ? '' : `; ${alone(agreement)}`}`;
    case 'mask':
    case 'class-map': return `IoU ${iou(agreement.iou)}`;
    case 'landmarks': return `${distance(agreement.mean_distance)} apart`;
    case 'skeletons': return agreement.matched + agreement.missing + agreement.extra === 0 ? 'nothing found by either' : agreement.mean_distance === null ? alone(agreement) : `${distance(agreement.mean_distance)} apart${agreement.missing + agreement.extra === 0 ? '' : `; ${alone(agreement)}`}`;
    case 'picture': return `${distance(agreement.difference)} of colour apart`;
  }
}
