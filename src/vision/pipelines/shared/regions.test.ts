import { describe, expect, it } from 'vitest';
import { fromRegion, pointFromRegion, type Region } from '../../shared/region';
import type { Decoder, Detection, Point } from '../../shared/types';
import { regionFromDetections, regionFromLandmarks, regionRulesFor, type RegionRules } from './regions';

function rulesOf(kind: 'face-mesh' | 'hand-landmarks' | 'pose-landmarks'): RegionRules {
  const rules = regionRulesFor({ kind });
  if (rules === null) throw new Error('no rules');
  return rules;
}

/** Turned clockwise about a place, by the matrix of a rotation. */
function turnedAbout({ x, y }: Point, point: Point, angle: number): Point {
  return { x: x + Math.cos(angle) * (point.x - x) - Math.sin(angle) * (point.y - y), y: y + Math.sin(angle) * (point.x - x) + Math.cos(angle) * (point.y - y) };
}

function expectRegion(found: Region | null, expected: Region): void {
  expect(found).not.toBeNull();
  for (const key of ['x', 'y', 'width', 'height', 'rotation'] as const) expect(found?.[key], key).toBeCloseTo(expected[key], 6);
}

const detection = (box: Detection['box'], keypoints: readonly Point[]): Detection => ({ box, keypoints, score: 0.9, label: '' });
const angles = [0, 0.5, Math.PI / 2 - 0.01, 3, -0.7, -3];

describe('places in a region', () => {
  it('corners of a turned rectangle lie where a rotation takes them', () => {
    const region = { x: 100, y: 60, width: 40, height: 20, rotation: 0.3 };
    for (const [across, down] of [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5], [0.25, 1.5]] as const) {
      const expected = turnedAbout(region, { x: 80 + 40 * across, y: 50 + 20 * down }, 0.3);
      const found = fromRegion(region, across, down);
      expect(found.x).toBeCloseTo(expected.x, 9);
      expect(found.y).toBeCloseTo(expected.y, 9);
    }
    expect(pointFromRegion({ ...region, rotation: 0 }, { x: 96, y: 48, z: -3, visibility: 0.5 }, 192, 192)).toEqual({ x: 100, y: 55, z: -3, visibility: 0.5 });
  });
});

describe('faces', () => {
  const rules = rulesOf('face-mesh');
  it.each(angles)('a detected face that is turned by %d', (angle) => {
    const middle = { x: 60, y: 45 };
    // The picture's right side has the face's left eye, which is the second point.
    const eyes = [{ x: 50, y: 45 }, { x: 70, y: 45 }].map((eye) => turnedAbout(middle, eye, angle));
    expectRegion(rules.fromDetection(detection({ x: 40, y: 20, width: 40, height: 60 }, eyes)), { x: 60, y: 50, width: 90, height: 90, rotation: angle });
  });

  it('a face of the frame before, by the box of its points and the outer corners of its eyes', () => {
    const points = Array.from({ length: 468 }, (): Point => ({ x: 50, y: 50 }));
    points[10] = { x: 45, y: 10 };
    points[152] = { x: 55, y: 110 };
    points[33] = { x: 30, y: 40 };
    points[263] = { x: 70, y: 80 };
    expectRegion(rules.fromLandmarks(points), { x: 50, y: 60, width: 150, height: 150, rotation: Math.PI / 4 });
  });
});

describe('hands', () => {
  const rules = rulesOf('hand-landmarks');
  it.each(angles)('a palm that is turned by %d: the region lies above it', (angle) => {
    const box = { x: 100, y: 200, width: 60, height: 80 };
    const centre = { x: 130, y: 240 };
    const keypoints = [{ x: 130, y: 275 }, { x: 110, y: 210 }, { x: 130, y: 205 }].map((point) => turnedAbout(centre, point, angle));
    // Half the palm's height towards the fingers.
    const moved = turnedAbout(centre, { x: 130, y: 200 }, angle);
    expectRegion(rules.fromDetection(detection(box, keypoints)), { ...moved, x: moved.x, y: moved.y, width: 208, height: 208, rotation: angle });
  });

  it.each(angles)('a hand of the frame before, turned by %d, by the joints that do not move as fingertips do', (angle) => {
    // Upright: joints within 40 × 90 around (20, 45), its fingertips far away.
    const upright: Point[] = Array.from({ length: 21 }, () => ({ x: 20, y: 45 }));
    upright[0] = { x: 20, y: 90 };
    upright[1] = { x: 0, y: 60 };
    upright[17] = { x: 40, y: 50 };
    upright[6] = { x: 10, y: 4 };
    upright[10] = { x: 22, y: 0 };
    upright[14] = { x: 26, y: 3 };
    for (const tip of [4, 8, 12, 16, 20]) upright[tip] = { x: 500, y: -500 };
    const place = { x: 70, y: -30 };
    // The middle of the second joints lies at x = 20, above the wrist, so that the hand is upright before it is turned.
    const points = upright.map((point) => turnedAbout(place, point, angle));
    const centre = turnedAbout(place, { x: 20, y: 45 - 0.1 * 90 }, angle);
    expectRegion(rules.fromLandmarks(points), { x: centre.x, y: centre.y, width: 180, height: 180, rotation: angle });
  });
});

describe('bodies', () => {
  it.each(angles)('a circle around the hips, turned by %d, from a detection and from the frame before', (angle) => {
    const rules = rulesOf('pose-landmarks');
    const centre = { x: 200, y: 300 };
    const edge = turnedAbout(centre, { x: 200, y: 180 }, angle);
    const expected = { x: 200, y: 300, width: 300, height: 300, rotation: angle };
    expectRegion(rules.fromDetection(detection({ x: 0, y: 0, width: 9, height: 9 }, [centre, edge])), expected);
    const points = Array.from({ length: 33 }, (): Point => ({ x: 1, y: 2 }));
    expectRegion(regionFromLandmarks(rules, { kind: 'landmarks', points, auxiliary: [centre, edge], connections: [], score: 0.6 }), expected);
  });
});

describe('what gives no region', () => {
  const face = rulesOf('face-mesh');
  const points = Array.from({ length: 468 }, (_, index): Point => ({ x: index, y: index % 7 }));

  it('a face below MediaPipe’s threshold, or of no score that is a number', () => {
    expect(regionFromLandmarks(face, { kind: 'landmarks', points, connections: [], score: 0.5 })).not.toBeNull();
    for (const score of [0.499, NaN]) expect(regionFromLandmarks(face, { kind: 'landmarks', points, connections: [], score })).toBeNull();
  });

  it('points that are missing, that are no numbers, or that all lie in one place', () => {
    for (const kind of ['face-mesh', 'hand-landmarks', 'pose-landmarks'] as const) {
      const rules = rulesOf(kind);
      expect(rules.fromLandmarks([])).toBeNull();
      expect(rules.fromLandmarks(points.map(() => ({ x: 3, y: 3 })))).toBeNull();
      expect(rules.fromLandmarks(points.map(() => ({ x: NaN, y: 3 })))).toBeNull();
      expect(rules.fromDetection(detection({ x: 0, y: 0, width: 9, height: 9 }, []))).toBeNull();
    }
  });

  it('no detection, another result, or none; of several the best one that has a region', () => {
    const good = detection({ x: 0, y: 0, width: 9, height: 9 }, [{ x: 0, y: 0 }, { x: 1, y: 0 }]);
    expect(regionFromDetections(face, null)).toBeNull();
    expect(regionFromDetections(face, { kind: 'detections', detections: [] })).toBeNull();
    expect(regionFromLandmarks(face, { kind: 'detections', detections: [good] })).toBeNull();
    expectRegion(regionFromDetections(face, { kind: 'detections', detections: [{ ...good, keypoints: [] }, good] }), { x: 4.5, y: 4.5, width: 13.5, height: 13.5, rotation: 0 });
  });

  it('models that look at whole pictures have no rules', () => {
    for (const decoder of [undefined, { kind: 'iris' }, { kind: 'segmentation' }] satisfies (Decoder | undefined)[]) expect(regionRulesFor(decoder)).toBeNull();
  });
});
