import type { DecodedAs, Point, Skeleton } from '../../shared/types';
import { countMatched, matchBest } from './matching';
import type { AgreementAs } from '../shared/types';

/**
 * Distances of points as a share of the object's size, which is the diagonal of the box around the reference's points
 * (the normalised mean error of landmark benchmarks). Points without extent have no size: they are equal, or infinitely far.
 *
 * @throws RangeError when the numbers of points differ
 */
export function relativeDistances(reference: readonly Point[], points: readonly Point[], extent: readonly Point[] = reference): readonly number[] {
  if (reference.length !== points.length) throw new RangeError(`${points.length} points cannot be compared with ${reference.length}`);
  const [xs, ys] = [extent.map(({ x }) => x), extent.map(({ y }) => y)];
  const size = Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  return reference.map(({ x, y }, index) => {
    const point = points[index] ?? { x: NaN, y: NaN };
    const distance = Math.hypot(point.x - x, point.y - y);
    return distance === 0 ? 0 : distance / size;
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @throws RangeError when the numbers of points differ */
export function agreeOnLandmarks(reference: DecodedAs<'landmarks'>, other: DecodedAs<'landmarks'>): AgreementAs<'landmarks'> {
  const distances = relativeDistances(reference.points, other.points);
  return {
    kind: 'landmarks',
    mean_distance: mean(distances),
    greatest_distance: Math.max(...distances),
    score_difference: Math.abs((reference.score ?? 1) - (other.score ?? 1)),
  };
}

/**
 * Bodies belong together by their points, the nearest first. Points that the reference does not show count for nothing.
 * @throws RangeError when the numbers of points differ
 */
export function agreeOnSkeletons(reference: DecodedAs<'skeletons'>, other: DecodedAs<'skeletons'>): AgreementAs<'skeletons'> {
  const distancesOf = (one: Skeleton, two: Skeleton): readonly number[] => {
    const shown = one.points.map(({ visibility = 1 }) => visibility >= reference.threshold);
    const seen = (points: readonly Point[]): Point[] => points.filter((_, index) => shown[index] === true);
    return relativeDistances(seen(one.points), seen(two.points));
  };
  // Half a body away is another body.
  const likeness = (one: Skeleton, two: Skeleton): number => 0.5 - mean(distancesOf(one, two));
  const pairs = matchBest(reference.skeletons, other.skeletons, likeness);
  const distances = pairs.flatMap(([one, two]) => distancesOf(one, two));
  const none = distances.length === 0;
  return {
    kind: 'skeletons',
    ...countMatched(pairs.length, reference.skeletons.length, other.skeletons.length),
    mean_distance: none ? null : mean(distances),
    greatest_distance: none ? null : Math.max(...distances),
    score_difference: none ? null : Math.max(...pairs.map(([one, two]) => Math.abs(one.score - two.score))),
  };
}
