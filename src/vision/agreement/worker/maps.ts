import type { DecodedAs } from '../../shared/types';
import type { AgreementAs } from '../shared/types';

/** What has a probability of at least this, of 255, is foreground. */
const foreground = 128;

/** @throws RangeError */
export function assertSameSize(one: { readonly width: number; readonly height: number }, other: { readonly width: number; readonly height: number }): void {
  if (one.width !== other.width || one.height !== other.height) throw new RangeError(`A map of ${other.width} × ${other.height} cannot be compared with one of ${one.width} × ${one.height}`);
}

/** Two masks without any foreground agree. @throws RangeError when their sizes differ */
export function agreeOnMask(reference: DecodedAs<'mask'>, other: DecodedAs<'mask'>): AgreementAs<'mask'> {
  assertSameSize(reference, other);
  let [both, either] = [0, 0];
  for (let index = 0; index < reference.mask.length; index++) {
    const [one, two] = [(reference.mask[index] as number) >= foreground, (other.mask[index] as number) >= foreground];
    if (one && two) both++;
    if (one || two) either++;
  }
  return { kind: 'mask', iou: either === 0 ? 1 : both / either };
}

/** @throws RangeError when their sizes differ */
export function agreeOnClassMap(reference: DecodedAs<'class-map'>, other: DecodedAs<'class-map'>): AgreementAs<'class-map'> {
  assertSameSize(reference, other);
  const counts = new Map<number, { both: number; either: number }>();
  const of = (id: number): { both: number; either: number } => {
    let count = counts.get(id);
    if (count === undefined) counts.set(id, count = { both: 0, either: 0 });
    return count;
  };
  let same = 0;
  for (let index = 0; index < reference.ids.length; index++) {
    const [one, two] = [reference.ids[index] as number, other.ids[index] as number];
    const count = of(one);
    count.either++;
    if (one === two) {
      count.both++;
      same++;
    } else {
      of(two).either++;
    }
  }
  const ious = [...counts.values()].map(({ both, either }) => both / either);
  return { kind: 'class-map', iou: ious.reduce((sum, iou) => sum + iou, 0) / ious.length, same: same / reference.ids.length };
}

/** @throws RangeError when their sizes differ */
export function agreeOnDepth(reference: DecodedAs<'depth'>, other: DecodedAs<'depth'>): AgreementAs<'depth'> {
  assertSameSize(reference, other);
  let sum = 0;
  for (let index = 0; index < reference.nearness.length; index++) sum += Math.abs((reference.nearness[index] as number) - (other.nearness[index] as number));
  return { kind: 'depth', difference: sum / reference.nearness.length / 255 };
}

/** @throws RangeError when their sizes differ */
export function agreeOnPicture(reference: DecodedAs<'picture'>, other: DecodedAs<'picture'>): AgreementAs<'picture'> {
  assertSameSize(reference, other);
  let sum = 0;
  for (let index = 0; index < reference.pixels.length; index++) sum += Math.abs((reference.pixels[index] as number) - (other.pixels[index] as number));
  // Every fourth value is an opacity, which is the same everywhere.
  return { kind: 'picture', difference: sum / (reference.pixels.length * 0.75) / 255 };
}
