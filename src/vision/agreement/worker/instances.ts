import type { DecodedAs } from '../../shared/types';
import type { AgreementAs } from '../shared/types';
import { assertSameSize } from './maps';
import { countMatched, matchBest } from './matching';

/** How many pixels the objects of two maps have, and each pair has in common, in one look at them. */
function countPixels(reference: DecodedAs<'instances'>, other: DecodedAs<'instances'>): (one: number, two: number) => number {
  const [rows, columns] = [reference.detections.length + 1, other.detections.length + 1];
  const [inOne, inTwo, inBoth] = [new Uint32Array(rows), new Uint32Array(columns), new Uint32Array(rows * columns)];
  for (let pixel = 0; pixel < reference.ids.length; pixel++) {
    const [one, two] = [reference.ids[pixel] as number, other.ids[pixel] as number];
    inOne[one] = (inOne[one] ?? 0) + 1;
    inTwo[two] = (inTwo[two] ?? 0) + 1;
    inBoth[one * columns + two] = (inBoth[one * columns + two] ?? 0) + 1;
  }
  return (one, two) => {
    const both = inBoth[(one + 1) * columns + two + 1] ?? 0;
    const either = (inOne[one + 1] ?? 0) + (inTwo[two + 1] ?? 0) - both;
    return either === 0 ? 0 : both / either;
  };
}

/** Objects of one label belong together where their masks overlap, the greatest overlap first. @throws RangeError when the maps' sizes differ */
export function agreeOnInstances(reference: DecodedAs<'instances'>, other: DecodedAs<'instances'>): AgreementAs<'instances'> {
  assertSameSize(reference, other);
  const iou = countPixels(reference, other);
  const membersOf = ({ detections }: DecodedAs<'instances'>) => detections.map(({ label, score }, index) => ({ label, score, index }));
  const pairs = matchBest(membersOf(reference), membersOf(other), (one, two) => (one.label === two.label ? iou(one.index, two.index) : 0));
  const ious = pairs.map(([, , value]) => value);
  const none = pairs.length === 0;
  return {
    kind: 'instances',
    ...countMatched(pairs.length, reference.detections.length, other.detections.length),
    mean_iou: none ? null : ious.reduce((sum, value) => sum + value, 0) / ious.length,
    least_iou: none ? null : Math.min(...ious),
    score_difference: none ? null : Math.max(...pairs.map(([one, two]) => Math.abs(one.score - two.score))),
  };
}
