import { formatCount } from '../format';
import { counted } from './counted';

/** Who stands alone, for results that have no fixed number. */
const alone = (missing: number, extra: number) => (missing + extra === 0 ? 'none of one alone' : `${formatCount(missing)} of the reference alone, ${formatCount(extra)} of this model alone`);
const of = (inputs: number) => (inputs === 1 ? '' : ` of ${counted(inputs, 'input')}`);
const points = (points: string) => `${points} points`;

/** Results of both, of the reference alone and of the other model alone; `mean` and `worst` are of what both have. */
interface Matches {
  readonly matched: number;
  readonly missing: number;
  readonly extra: number;
  readonly mean: string;
  readonly worst: string;
  readonly points: string;
}

/** How near a model's results come to those of the reference. Distances are shares with their sign, points are hundredths. */
export const wordingAgreement = {
  alone,

  // Over many inputs
  classes: ({ inputs, best, bestShare, bestFive, bestFiveShare }: { readonly inputs: number; readonly best: number; readonly bestShare: string; readonly bestFive: number; readonly bestFiveShare: string }) =>
    `Same best class on ${formatCount(best)} of ${counted(inputs, 'input')} (${bestShare}); the reference’s best class among the best five on ${formatCount(bestFive)} (${bestFiveShare}).`,
  noBox: 'Neither finds a box.',
  noCommonBox: (missing: number, extra: number) => `No box in common: ${alone(missing, extra)}.`,
  boxes: (found: Matches) =>
    `${counted(found.matched, 'box', 'boxes')} in common, ${alone(found.missing, found.extra)}. IoU ${found.mean} in the mean, ${found.worst} at worst; scores at most ${points(found.points)} apart.`,
  instances: (found: Matches) =>
    `${counted(found.matched, 'object')} in common, ${alone(found.missing, found.extra)}. Mask IoU ${found.mean} in the mean, ${found.worst} at worst; scores at most ${points(found.points)} apart.`,
  masks: (inputs: number, mean: string, worst: string) => `Mask IoU ${mean} in the mean${of(inputs)}, ${worst} at worst.`,
  classMaps: ({ inputs, mean, worst, same }: { readonly inputs: number; readonly mean: string; readonly worst: string; readonly same: string }) =>
    `IoU over classes ${mean} in the mean${of(inputs)}, ${worst} at worst; ${same} of pixels have the same class.`,
  landmarks: ({ inputs, mean, greatest, points: apart }: { readonly inputs: number; readonly mean: string; readonly greatest: string; readonly points: string }) =>
    `Landmarks are ${mean} of the object’s size apart in the mean${of(inputs)}, ${greatest} at most; its probability differs by at most ${points(apart)}.`,
  noBody: 'Neither finds a body.',
  noCommonBody: (missing: number, extra: number) => `No body in common: ${alone(missing, extra)}.`,
  bodies: (found: Matches) =>
    `${counted(found.matched, 'body', 'bodies')} in common, ${alone(found.missing, found.extra)}. Points are ${found.mean} of the body’s size apart in the mean, ${found.worst} at most; scores at most ${points(found.points)}.`,
  texts: ({ inputs, same, sameShare, errors }: { readonly inputs: number; readonly same: number; readonly sameShare: string; readonly errors: string | null }) =>
    `Same text on ${formatCount(same)} of ${counted(inputs, 'input')} (${sameShare})${errors === null ? '' : `; ${errors} of the reference’s characters differ`}.`,
  embeddings: (inputs: number, mean: string, worst: string) => `Cosine of the embeddings ${mean} in the mean${of(inputs)}, ${worst} at worst.`,
  depths: (inputs: number, mean: string, worst: string) => `Depths differ by ${mean} of the way from far to near in the mean${of(inputs)}, ${worst} at worst.`,
  pictures: (inputs: number, mean: string, worst: string) => `Colours differ by ${mean} of their range in the mean${of(inputs)}, ${worst} at worst.`,

  // On one input
  sameClass: 'same class',
  amongFive: 'other class, among the best five',
  otherClass: 'other class',
  nothingFound: 'nothing found by either',
  iou: (iou: string) => `IoU ${iou}`,
  iouAndAlone: (iou: string, missing: number, extra: number) => `IoU ${iou}; ${alone(missing, extra)}`,
  apart: (distance: string) => `${distance} apart`,
  apartAndAlone: (distance: string, missing: number, extra: number) => `${distance} apart; ${alone(missing, extra)}`,
  sameText: 'same text',
  edits: (edits: number, characters: number) => `${formatCount(edits)} edits for ${counted(characters, 'character')}`,
  cosine: (cosine: string) => `cosine ${cosine}`,
  nearnessApart: (difference: string) => `${difference} of depth apart`,
  coloursApart: (difference: string) => `${difference} of colour apart`,
};
