import { cosineOf } from '../../shared/vectors';
import type { Decoded } from '../../shared/types';
import { agreeOnDetections } from './boxes';
import { agreeOnClasses } from './classes';
import { agreeOnClassMap, agreeOnDepth, agreeOnMask, agreeOnPicture } from './maps';
import { agreeOnInstances } from './instances';
import { agreeOnLandmarks, agreeOnSkeletons } from './points';
import { agreeOnText } from './text';
import type { Agreement } from '../shared/types';

/**
 * How a result agrees with that of a reference for the same picture.
 *
 * @returns null for results of two different tasks
 * @throws RangeError for maps of different sizes, and different numbers of points or of a vector's values
 */
export function agree(reference: Decoded, other: Decoded): Agreement | null {
  if (reference.kind === 'classes' && other.kind === 'classes') return agreeOnClasses(reference, other);
  if (reference.kind === 'detections' && other.kind === 'detections') return agreeOnDetections(reference, other);
  if (reference.kind === 'instances' && other.kind === 'instances') return agreeOnInstances(reference, other);
  if (reference.kind === 'mask' && other.kind === 'mask') return agreeOnMask(reference, other);
  if (reference.kind === 'class-map' && other.kind === 'class-map') return agreeOnClassMap(reference, other);
  if (reference.kind === 'landmarks' && other.kind === 'landmarks') return agreeOnLandmarks(reference, other);
  if (reference.kind === 'skeletons' && other.kind === 'skeletons') return agreeOnSkeletons(reference, other);
  if (reference.kind === 'depth' && other.kind === 'depth') return agreeOnDepth(reference, other);
  if (reference.kind === 'text' && other.kind === 'text') return agreeOnText(reference, other);
  if (reference.kind === 'embedding' && other.kind === 'embedding') return { kind: 'embedding', cosine: cosineOf(reference.values, other.values) };
  if (reference.kind === 'picture' && other.kind === 'picture') return agreeOnPicture(reference, other);
  return null;
}

const atMostOne = (value: number): number => (Number.isNaN(value) ? 1 : Math.min(1, value));

/** One number by which pictures are sorted: 0 for results that agree in everything, 1 for those that have nothing in common. */
export function disagreement(agreement: Agreement): number {
  switch (agreement.kind) {
    // Another best class is worse than any shuffling behind it.
    case 'classes': return ((agreement.top1 ? 0 : 1) + 1 - agreement.shared) / 2;
    case 'instances':
    case 'detections': return perMember(agreement, 1 - (agreement.mean_iou ?? 0));
    case 'skeletons': return perMember(agreement, atMostOne(agreement.mean_distance ?? 1));
    case 'mask':
    case 'class-map': return 1 - agreement.iou;
    case 'landmarks': return atMostOne(agreement.mean_distance);
    case 'text': return agreement.same ? 0 : Math.min(1, agreement.edits / Math.max(1, agreement.characters));
    case 'embedding': return 1 - Math.max(0, agreement.cosine);
    case 'depth':
    case 'picture': return agreement.difference;
  }
}

/** Whoever stands alone disagrees entirely, pairs by what they differ. */
function perMember({ matched, missing, extra }: { readonly matched: number; readonly missing: number; readonly extra: number }, ofPairs: number): number {
  const all = matched + missing + extra;
  return all === 0 ? 0 : (matched * ofPairs + missing + extra) / all;
}
