import type { Decoded, Decoder, Detection, Point } from '../../shared/types';
import { fromRegion, type Region } from '../../shared/region';

/** Below it what was tracked counts as lost: MediaPipe's own threshold for faces, hands and bodies. */
export const leastPresence = 0.5;

/** What of a picture a model of landmarks is given, found by a detector or by the landmarks of the frame before. */
export interface RegionRules {
  /** The task of the detector that comes before. */
  readonly detector: Decoder['kind'];
  fromDetection(detection: Detection): Region | null;
  /** @param points those of `Decoded`, with the auxiliary ones behind them */
  fromLandmarks(points: readonly Point[]): Region | null;
}

interface Growth {
  /** Of the longer side, which becomes both. */
  readonly scale: number;
  /** Downwards along the turned region, as a share of its height before it grows. */
  readonly down?: number;
}

/** −π to below π. */
function normalised(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

/** How far a line from `start` to `end` is turned, clockwise, from where it belongs: to the right (0°) or upwards (90°). */
function turnOf(start: Point, end: Point, target: 0 | 90): number {
  return normalised((target * Math.PI) / 180 - Math.atan2(start.y - end.y, end.x - start.x));
}

/** A square around the region, moved and grown. Null where a number is none, or nothing is left. */
function grown(region: Region, { scale, down = 0 }: Growth): Region | null {
  const side = Math.max(region.width, region.height) * scale;
  const square = { ...region, ...fromRegion(region, 0.5, 0.5 + down), width: side, height: side };
  return Object.values(square).every(Number.isFinite) && side > 0 ? square : null;
}

function boxAround(points: readonly Point[]): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  return { x: left + width / 2, y: top + height / 2, width, height };
}

function pick(points: readonly Point[], indices: readonly number[]): readonly Point[] | null {
  const picked = indices.flatMap((index) => points[index] ?? []);
  return picked.length === indices.length ? picked : null;
}

const middle = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

/** The box around all points, turned as the line between two of them. */
function aroundLine(points: readonly Point[], box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }, from: number, to: number, target: 0 | 90, growth: Growth): Region | null {
  const [start, end] = [points[from], points[to]];
  return start === undefined || end === undefined ? null : grown({ ...box, rotation: turnOf(start, end, target) }, growth);
}

const centred = ({ x, y, width, height }: Detection['box']) => ({ x: x + width / 2, y: y + height / 2, width, height });

/** Faces, after mediapipe/modules/face_landmark (face_detection_front_detection_to_roi, face_landmark_landmarks_to_roi): the box, turned as the eyes' line. */
const face: RegionRules = {
  detector: 'face-detection',
  fromDetection: ({ box, keypoints }) => aroundLine(keypoints, centred(box), 0, 1, 0, { scale: 1.5 }),
  // The outer corners of the eyes.
  fromLandmarks: (points) => (points.length === 0 ? null : aroundLine(points, boxAround(points), 33, 263, 0, { scale: 1.5 })),
};

/** Wrist, and of thumb and fingers the two joints next to the palm (three of the thumb): what does not move as fingertips do. */
const steadyJoints = [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18];

/** The box around the joints along the hand's own axes, from the wrist to the middle between the fingers' second joints. */
function handRegion(points: readonly Point[]): Region | null {
  const joints = pick(points, steadyJoints);
  const [wrist, index, long, ring] = pick(points, [0, 6, 10, 14]) ?? [];
  if (joints === null || wrist === undefined || index === undefined || long === undefined || ring === undefined) return null;
  const rotation = turnOf(wrist, middle(middle(index, ring), long), 90);
  const upright = { x: 0, y: 0, width: 1, height: 1, rotation };
  const along = boxAround(joints.map(({ x, y }) => fromRegion({ ...upright, rotation: -rotation }, x + 0.5, y + 0.5)));
  return grown({ ...along, ...fromRegion(upright, along.x + 0.5, along.y + 0.5), rotation }, { scale: 2, down: -0.1 });
}

/** Hands, after mediapipe/modules/hand_landmark (palm_detection_detection_to_roi, hand_landmark_landmarks_to_roi, HandLandmarksToRectCalculator). */
const hand: RegionRules = {
  detector: 'palm-detection',
  // From the wrist to the middle finger's first joint; the fingers lie above the palm.
  fromDetection: ({ box, keypoints }) => aroundLine(keypoints, centred(box), 0, 2, 90, { scale: 2.6, down: -0.5 }),
  fromLandmarks: handRegion,
};

/** A square around `centre` that reaches as far as `edge`, turned so that `edge` lies above. */
function aroundCentre(centre: Point | undefined, edge: Point | undefined): Region | null {
  if (centre === undefined || edge === undefined) return null;
  const side = 2 * Math.hypot(edge.x - centre.x, edge.y - centre.y);
  return grown({ x: centre.x, y: centre.y, width: side, height: side, rotation: turnOf(centre, edge, 90) }, { scale: 1.25 });
}

/** Bodies, after mediapipe/modules/pose_landmark (pose_detection_to_roi, pose_landmarks_to_roi): two points, between the hips and on the circle around the body. */
const pose: RegionRules = {
  detector: 'pose-detection',
  fromDetection: ({ keypoints: [centre, edge] }) => aroundCentre(centre, edge),
  fromLandmarks: ({ 33: centre, 34: edge }) => aroundCentre(centre, edge),
};

/** How MediaPipe takes a model of landmarks from picture to picture; null for a model that looks at whole pictures. */
export function regionRulesFor(decoder: Decoder | undefined): RegionRules | null {
  switch (decoder?.kind) {
    case 'face-mesh': return face;
    case 'hand-landmarks': return hand;
    case 'pose-landmarks': return pose;
    default: return null;
  }
}

/** The region of the best detection that has one; null where nothing was found. */
export function regionFromDetections({ fromDetection }: RegionRules, decoded: Decoded | null): Region | null {
  if (decoded?.kind !== 'detections') return null;
  for (const detection of decoded.detections) {
    const region = fromDetection(detection);
    if (region !== null) return region;
  }
  return null;
}

/** Where the same face, hand or body is to be looked for in the next frame; null where it was lost. */
export function regionFromLandmarks({ fromLandmarks }: RegionRules, decoded: Decoded | null): Region | null {
  // Written so that NaN fails too.
  if (decoded?.kind !== 'landmarks' || !((decoded.score ?? 1) >= leastPresence)) return null;
  return fromLandmarks([...decoded.points, ...(decoded.auxiliary ?? [])]);
}
