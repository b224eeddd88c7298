import { boxIou } from '../../shared/overlap';
import type { Box, DecodedAs, Detection, Point, Skeleton } from '../../shared/types';

/** MediaPipe's own threshold: below it an object, or a single point of it, counts as absent. */
const smallestScore = 0.5;

/** Intersection over union from which two boxes of neighbouring frames are taken for one object. */
const smallestOverlap = 0.3;

const between = (before: number, now: number, share: number): number => before + share * (now - before);

function isPresent({ x, y, visibility }: Point, threshold: number): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && (visibility ?? 1) >= threshold;
}

/** A value that only one of the two frames has, or that is no number, is the new frame's. */
function betweenOptional(before: number | undefined, now: number | undefined, share: number): number | undefined {
  return before === undefined || now === undefined || !Number.isFinite(before) ? now : between(before, now, share);
}

function blendPoint(before: Point | undefined, now: Point, share: number, threshold: number): Point {
  if (before === undefined || !isPresent(before, threshold) || !isPresent(now, threshold)) return now;
  const z = betweenOptional(before.z, now.z, share);
  const visibility = betweenOptional(before.visibility, now.visibility, share);
  return {
    x: between(before.x, now.x, share),
    y: between(before.y, now.y, share),
    ...(z === undefined ? {} : { z }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}

function blendPoints(before: readonly Point[], now: readonly Point[], share: number, threshold: number): readonly Point[] {
  return before.length === now.length ? now.map((point, index) => blendPoint(before[index], point, share, threshold)) : now;
}

function blendBox(before: Box, now: Box, share: number): Box {
  return {
    x: between(before.x, now.x, share),
    y: between(before.y, now.y, share),
    width: between(before.width, now.width, share),
    height: between(before.height, now.height, share),
  };
}

/** Gives each of `now`, in their order, the one of `before` that overlaps it most and that no other has taken; null where there is none. */
function match<Item>(before: readonly Item[], now: readonly Item[], boxOf: (item: Item) => Box | null, sameKind: (one: Item, other: Item) => boolean): readonly (Item | null)[] {
  const free = new Set(before);
  return now.map((item) => {
    const box = boxOf(item);
    let best: Item | null = null;
    let most = smallestOverlap;
    for (const candidate of free) {
      const place = boxOf(candidate);
      if (box === null || place === null || !sameKind(candidate, item)) continue;
      const shared = boxIou(box, place);
      if (shared < most) continue;
      best = candidate;
      most = shared;
    }
    if (best !== null) free.delete(best);
    return best;
  });
}

/** A box looks the same after half a turn: the shorter way there, within a quarter turn to each side. */
function blendAngle(before: number, now: number, share: number): number {
  const way = now - before - Math.PI * Math.round((now - before) / Math.PI);
  return now - (1 - share) * way;
}

export function blendDetections(before: DecodedAs<'detections'>, now: DecodedAs<'detections'>, share: number): DecodedAs<'detections'> {
  const matches = match(before.detections, now.detections, ({ box }) => box, (one, other) => one.label === other.label);
  const detections = now.detections.map((detection, index): Detection => {
    const known = matches[index];
    if (known === null || known === undefined) return detection;
    return {
      ...detection,
      box: blendBox(known.box, detection.box, share),
      ...(known.angle === undefined || detection.angle === undefined ? {} : { angle: blendAngle(known.angle, detection.angle, share) }),
      score: between(known.score, detection.score, share),
      keypoints: blendPoints(known.keypoints, detection.keypoints, share, smallestScore),
    };
  });
  return { ...now, detections };
}

/** Boxes and scores are blended, masks are the new frame's: which pixels an object has cannot lie between two answers. */
export function blendInstances(before: DecodedAs<'instances'>, now: DecodedAs<'instances'>, share: number): DecodedAs<'instances'> {
  const { detections } = blendDetections({ ...before, kind: 'detections' }, { ...now, kind: 'detections' }, share);
  return { ...now, detections };
}

type Landmarks = DecodedAs<'landmarks'>;
type Handedness = NonNullable<Landmarks['handedness']>;

const rightness = ({ label, score }: Handedness): number => (label === 'right' ? score : 1 - score);

function blendHandedness(before: Handedness, now: Handedness, share: number): Handedness {
  const right = between(rightness(before), rightness(now), share);
  return right >= 0.5 ? { label: 'right', score: right } : { label: 'left', score: 1 - right };
}

export function blendLandmarks(before: Landmarks, now: Landmarks, share: number): Landmarks {
  // Points of something that is not there are arbitrary.
  if ((before.score ?? 1) < smallestScore || (now.score ?? 1) < smallestScore) return now;
  const score = before.score === null || now.score === null ? now.score : between(before.score, now.score, share);
  const handed = before.handedness === undefined || now.handedness === undefined ? {} : { handedness: blendHandedness(before.handedness, now.handedness, share) };
  return { ...now, ...handed, score, points: blendPoints(before.points, now.points, share, smallestScore) };
}

/** Around the points that are shown: the models' own boxes are missing or jump more than the points. */
function extent({ points }: Skeleton, threshold: number): Box | null {
  const shown = points.filter((point) => isPresent(point, threshold));
  if (shown.length < 2) return null;
  const [xs, ys] = [shown.map(({ x }) => x), shown.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export function blendSkeletons(before: DecodedAs<'skeletons'>, now: DecodedAs<'skeletons'>, share: number): DecodedAs<'skeletons'> {
  const { threshold } = now;
  const matches = match(before.skeletons, now.skeletons, (skeleton) => extent(skeleton, threshold), () => true);
  const skeletons = now.skeletons.map((skeleton, index): Skeleton => {
    const known = matches[index];
    if (known === null || known === undefined) return skeleton;
    const box = known.box === undefined || skeleton.box === undefined ? skeleton.box : blendBox(known.box, skeleton.box, share);
    return {
      points: blendPoints(known.points, skeleton.points, share, threshold),
      score: between(known.score, skeleton.score, share),
      ...(box === undefined ? {} : { box }),
    };
  });
  return { ...now, skeletons };
}
