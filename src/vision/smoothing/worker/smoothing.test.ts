import { describe, expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import { newShare, Smoother } from './smoothing';
import type { DecodedAs, Detection, Evidence } from '../../shared/types';

/** Time constant at the strength that most tests use, 0.8. */
const constant_ms = 400;
const strength = 0.8;

const placement = placementFor('stretch', 640, 480, 2, 1);
const scores = (...values: number[]): Evidence => ({ kind: 'class-scores', scores: Float64Array.from(values), labels: ['cat', 'dog', 'owl'].slice(0, values.length), top: 1 });
const mask = (...values: number[]): Evidence => ({ kind: 'mask', mask: Uint8ClampedArray.from(values), width: values.length, height: 1, placement });
const ids = (...values: number[]): Evidence => ({ kind: 'map-ids', ids: Uint16Array.from(values), width: values.length, height: 1, placement, labels: undefined });
const box = (x: number, y: number, label = 'face', score = 0.9): Detection => ({ box: { x, y, width: 100, height: 100 }, score, label, keypoints: [{ x: x + 10, y: y + 20 }] });
const detections = (...list: Detection[]): Evidence => ({ kind: 'detections', detections: list });
const hand = (x: number, score = 0.9, right = 0.9): Evidence => ({
  kind: 'landmarks', points: [{ x, y: 2 * x, z: -x }, { x: 10 * x, y: 0, visibility: 0.9 }], connections: [[0, 1]], score,
  handedness: right >= 0.5 ? { label: 'right', score: right } : { label: 'left', score: 1 - right },
});

/** What a filter that starts at `start` shows `elapsed_ms` after a step to `end`. */
const step = (start: number, end: number, elapsed_ms: number): number => end + (start - end) * Math.exp(-elapsed_ms / constant_ms);

function as<Kind extends Evidence['kind'] | 'classes' | 'class-map'>(kind: Kind, decoded: ReturnType<Smoother['smooth']>): DecodedAs<Extract<Kind, ReturnType<Smoother['smooth']>['kind']>> {
  if (decoded.kind !== kind) throw new Error(decoded.kind);
  return decoded as DecodedAs<Extract<Kind, ReturnType<Smoother['smooth']>['kind']>>;
}

const only = <Item>(list: readonly Item[]): Item => {
  const [item, ...more] = list;
  if (item === undefined || more.length > 0) throw new Error(`${list.length} items`);
  return item;
};

describe('the filter', () => {
  it('has the time constant that its strength says, at any frame rate', () => {
    expect(newShare(100, 0.5)).toBeCloseTo(1 - 1 / Math.E, 12);
    expect(newShare(400, 0.8)).toBeCloseTo(1 - 1 / Math.E, 12);
    expect(newShare(1900, 0.95)).toBeCloseTo(1 - 1 / Math.E, 12);
    for (const frames of [1, 3, 25]) {
      const smoother = new Smoother();
      smoother.smooth(scores(0), 0, strength);
      let score = NaN;
      for (let frame = 1; frame <= frames; frame++) score = only(as('classes', smoother.smooth(scores(1), (frame * 500) / frames, strength)).classes).score;
      expect(score).toBeCloseTo(step(0, 1, 500), 12);
    }
  });

  it('changes nothing at a strength of 0, and remembers nothing of it', () => {
    const smoother = new Smoother();
    expect(smoother.smooth(detections(box(0, 0)), 0, 0)).toEqual(detections(box(0, 0)));
    expect(smoother.smooth(detections(box(20, 0)), 30, 0)).toEqual(detections(box(20, 0)));
    expect(smoother.smooth(detections(box(30, 0)), 60, strength)).toEqual(detections(box(30, 0)));
  });

  it('starts anew with another kind, another size, after a gap and when time goes back', () => {
    const smoother = new Smoother();
    const first = (evidence: Evidence, time_ms: number): number => only(as('classes', smoother.smooth(evidence, time_ms, strength)).classes).score;
    expect(first(scores(0.25), 0)).toBe(0.25);
    smoother.smooth(mask(7), 10, strength);
    expect(first(scores(1), 20)).toBe(1);
    expect(first(scores(0.5, 0.25), 30)).toBe(0.5);
    expect(first(scores(1, 0), 1030)).toBeCloseTo(step(0.5, 1, 1000), 12);
    expect(first(scores(0.5, 0.25), 2031)).toBe(0.5);
    expect(first(scores(1, 0), 2000)).toBe(1);
    smoother.reset();
    expect(first(scores(0.5, 0), 2010)).toBe(0.5);
  });
});

describe('smoothing of objects with masks', () => {
  it('blends their boxes and leaves the masks to the new frame', () => {
    const smoother = new Smoother();
    const objects = (x: number, ...owners: number[]): Evidence => ({ kind: 'instances', detections: [box(x, 0)], ids: Uint16Array.from(owners), width: owners.length, height: 1, placement });
    smoother.smooth(objects(0, 1, 0), 0, strength);
    const { detections: [moved], ids: owners } = as('instances', smoother.smooth(objects(20, 0, 1), 100, strength));
    expect(moved?.box.x).toBeCloseTo(step(0, 20, 100), 12);
    expect(Array.from(owners)).toEqual([0, 1]);
    expect(as('instances', smoother.smooth(objects(40, 0, 1, 1), 200, strength)).detections[0]?.box.x).toBe(40);
  });
});

describe('smoothing of oriented boxes', () => {
  it('turns them the shorter way, over half a turn as well', () => {
    const smoother = new Smoother();
    const turned = (angle: number): Evidence => detections({ ...box(0, 0), angle });
    const shown = (evidence: Evidence, time_ms: number): number => only(as('detections', smoother.smooth(evidence, time_ms, strength)).detections).angle ?? NaN;
    expect(shown(turned(0.1), 0)).toBe(0.1);
    expect(shown(turned(0.3), 100)).toBeCloseTo(step(0.1, 0.3, 100), 12);
    smoother.reset();
    // 3.1 and 0.1 look nearly alike: half a turn less 0.1416 apart.
    expect(shown(turned(3.1), 0)).toBe(3.1);
    expect(shown(turned(0.1), 100)).toBeCloseTo(step(3.1 - Math.PI, 0.1, 100), 12);
    // What has an angle for the first time has it at once.
    smoother.smooth(detections(box(0, 0)), 200, strength);
    expect(shown(turned(0.7), 300)).toBe(0.7);
  });
});

describe('smoothing of scores', () => {
  it('blends all classes before the best is taken', () => {
    const smoother = new Smoother();
    smoother.smooth(scores(0.6, 0.4, 0), 0, strength);
    // For one frame the other class is the best: what was second keeps its place in the order.
    const flicker = only(as('classes', smoother.smooth(scores(0.45, 0.55, 0), 100, strength)).classes);
    expect(flicker).toEqual({ index: 0, label: 'cat', score: expect.closeTo(step(0.6, 0.45, 100), 12) });
    // An owl, never among the best before, takes over when its own mean does.
    smoother.smooth(scores(0, 0, 1), 200, strength);
    const last = only(as('classes', smoother.smooth(scores(0, 0, 1), 900, strength)).classes);
    expect(last).toEqual({ index: 2, label: 'owl', score: expect.closeTo(step(0, 1, 800), 12) });
  });

  it('forgets a score that is no number', () => {
    const smoother = new Smoother();
    smoother.smooth(scores(0.5, 0.25), 0, strength);
    expect(only(as('classes', smoother.smooth(scores(NaN, 0.25), 10, strength)).classes)).toMatchObject({ index: 1 });
    expect(only(as('classes', smoother.smooth(scores(1, 0.25), 20, strength)).classes)).toMatchObject({ index: 0, score: 1 });
  });
});

describe('smoothing of boxes', () => {
  it('blends each with the one of its kind that it overlaps most', () => {
    const smoother = new Smoother();
    smoother.smooth(detections(box(0, 0), box(300, 0), box(305, 0, 'cat')), 0, strength);
    const { detections: found } = as('detections', smoother.smooth(detections(box(310, 0, 'face', 0.5), box(20, 10)), 100, strength));
    expect(found[0]?.box.x).toBeCloseTo(step(300, 310, 100), 9);
    expect(found[0]?.score).toBeCloseTo(step(0.9, 0.5, 100), 12);
    expect(found[1]?.box).toEqual({ x: expect.closeTo(step(0, 20, 100), 9), y: expect.closeTo(step(0, 10, 100), 9), width: 100, height: 100 });
    expect(found[1]?.keypoints[0]).toEqual({ x: expect.closeTo(10 + step(0, 20, 100), 9), y: expect.closeTo(20 + step(0, 10, 100), 9) });
  });

  it('gives one of the frame before to one only, and leaves a jump alone', () => {
    const smoother = new Smoother();
    smoother.smooth(detections(box(0, 0)), 0, strength);
    const { detections: found } = as('detections', smoother.smooth(detections(box(10, 0), box(12, 0), box(400, 300)), 100, strength));
    expect(found.map(({ box: { x } }) => x)).toEqual([expect.closeTo(step(0, 10, 100), 9), 12, 400]);
  });

  it('lets a box go at once and does not drag it when it is back', () => {
    const smoother = new Smoother();
    smoother.smooth(detections(box(0, 0)), 0, strength);
    expect(smoother.smooth(detections(), 50, strength)).toEqual(detections());
    expect(smoother.smooth(detections(box(20, 0)), 100, strength)).toEqual(detections(box(20, 0)));
  });
});

describe('smoothing of landmarks', () => {
  it('filters each value of each point', () => {
    const smoother = new Smoother();
    smoother.smooth(hand(10), 0, strength);
    const { points, score } = as('landmarks', smoother.smooth(hand(20, 0.7), 100, strength));
    expect(points[0]).toEqual({ x: expect.closeTo(step(10, 20, 100), 9), y: expect.closeTo(step(20, 40, 100), 9), z: expect.closeTo(step(-10, -20, 100), 9) });
    expect(points[1]).toEqual({ x: expect.closeTo(step(100, 200, 100), 9), y: 0, visibility: expect.closeTo(0.9, 12) });
    expect(score).toBeCloseTo(step(0.9, 0.7, 100), 12);
  });

  it('does not drag what was absent, as a whole or in part', () => {
    const smoother = new Smoother();
    smoother.smooth(hand(10, 0.2), 0, strength);
    expect(smoother.smooth(hand(50), 30, strength)).toEqual(hand(50));
    const hidden = hand(60);
    if (hidden.kind !== 'landmarks') throw new Error(hidden.kind);
    const [first] = hidden.points;
    smoother.smooth({ ...hidden, points: first === undefined ? [] : [first, { x: 5, y: 5, visibility: 0.1 }] }, 60, strength);
    expect(as('landmarks', smoother.smooth(hand(50), 90, strength)).points[1]).toEqual({ x: 500, y: 0, visibility: 0.9 });
  });

  it('turns a hand over only when the mean does', () => {
    const smoother = new Smoother();
    smoother.smooth(hand(1, 0.9, 0.9), 0, strength);
    expect(as('landmarks', smoother.smooth(hand(1, 0.9, 0.2), 100, strength)).handedness).toEqual({ label: 'right', score: expect.closeTo(step(0.9, 0.2, 100), 12) });
    expect(as('landmarks', smoother.smooth(hand(1, 0.9, 0.2), 800, strength)).handedness).toEqual({ label: 'left', score: expect.closeTo(1 - step(0.9, 0.2, 800), 12) });
  });
});

describe('smoothing of bodies', () => {
  const body = (x: number, visibility = 0.8): DecodedAs<'skeletons'>['skeletons'][number] => ({
    points: [{ x, y: 0, visibility }, { x: x + 50, y: 200, visibility: 0.8 }, { x: x + 100, y: 100, visibility: 0.8 }], score: 0.7, box: { x, y: 0, width: 100, height: 200 },
  });
  const bodies = (...skeletons: DecodedAs<'skeletons'>['skeletons']): Evidence => ({ kind: 'skeletons', skeletons, connections: [[0, 1]], threshold: 0.3 });

  it('keeps people apart whatever their order', () => {
    const smoother = new Smoother();
    smoother.smooth(bodies(body(0), body(300)), 0, strength);
    const { skeletons } = as('skeletons', smoother.smooth(bodies(body(310), body(10)), 100, strength));
    expect(skeletons.map(({ points }) => points[1]?.x)).toEqual([expect.closeTo(50 + step(300, 310, 100), 9), expect.closeTo(50 + step(0, 10, 100), 9)]);
    expect(skeletons[0]?.box?.x).toBeCloseTo(step(300, 310, 100), 9);
  });

  it('goes by the threshold of the stream for single points', () => {
    const smoother = new Smoother();
    smoother.smooth(bodies(body(0, 0.2)), 0, strength);
    expect(only(as('skeletons', smoother.smooth(bodies(body(10, 0.4)), 100, strength)).skeletons).points[0]).toEqual({ x: 10, y: 0, visibility: 0.4 });
  });
});

describe('smoothing of maps', () => {
  it('blends masks per pixel without rounding in between', () => {
    const smoother = new Smoother();
    smoother.smooth(mask(0, 255), 0, strength);
    for (let time_ms = 1; time_ms <= 400; time_ms++) smoother.smooth(mask(255, 55), time_ms, strength);
    expect(Array.from(as('mask', smoother.smooth(mask(255, 55), 400, strength)).mask)).toEqual([Math.round(step(0, 255, 400)), Math.round(step(255, 55, 400))]);
  });

  it('blends depths per pixel', () => {
    const depth = (...values: number[]): Evidence => ({ kind: 'depth', nearness: Uint8ClampedArray.from(values), nearest: 1, farthest: 0, width: values.length, height: 1, placement });
    const smoother = new Smoother();
    smoother.smooth(depth(0, 200), 0, strength);
    expect(Array.from(as('depth', smoother.smooth(depth(255, 200), 400, strength)).nearness)).toEqual([Math.round(step(0, 255, 400)), 200]);
  });

  it('blends the scores of a map before a winner is taken', () => {
    const map = (...values: number[]): Evidence => ({ kind: 'map-scores', scores: Float32Array.from(values), classes: 2, width: values.length / 2, height: 1, placement, labels: undefined });
    const smoother = new Smoother();
    smoother.smooth(map(3, 0, 0, 1), 0, strength);
    expect(Array.from(as('class-map', smoother.smooth(map(0, 1, 0, 1), 100, strength)).ids)).toEqual([0, 1]);
    // 3 e^(-t/400) falls below 1 - e^(-t/400) after 400 ms × ln 4.
    expect(Array.from(as('class-map', smoother.smooth(map(0, 1, 0, 1), 550, strength)).ids)).toEqual([0, 1]);
    expect(Array.from(as('class-map', smoother.smooth(map(0, 1, 0, 1), 560, strength)).ids)).toEqual([1, 1]);
  });

  it('lets pixels of a map of numbers change class when their votes have', () => {
    const smoother = new Smoother();
    smoother.smooth(ids(3, 7), 0, strength);
    const shown = (time_ms: number, ...values: number[]): number[] => Array.from(as('class-map', smoother.smooth(ids(...values), time_ms, strength)).ids);
    // Half of the votes are gone after 400 ms × ln 2 = 277 ms.
    expect(shown(270, 5, 7)).toEqual([3, 7]);
    expect(shown(280, 5, 7)).toEqual([5, 7]);
    // The vote stands at 50.3 % for 5; a moment of 3 turns it.
    expect(shown(290, 3, 7)).toEqual([3, 7]);
  });

  it('gives buffers away that it does not need again', () => {
    const smoother = new Smoother();
    const moved = as('mask', smoother.smooth(mask(100), 0, strength)).mask;
    structuredClone(moved, { transfer: [moved.buffer] });
    expect(Array.from(as('mask', smoother.smooth(mask(100), 10, strength)).mask)).toEqual([100]);
    const movedIds = as('class-map', smoother.smooth(ids(4), 20, strength)).ids;
    structuredClone(movedIds, { transfer: [movedIds.buffer] });
    expect(Array.from(as('class-map', smoother.smooth(ids(4), 30, strength)).ids)).toEqual([4]);
  });

  it('blends embeddings value by value, and gives each away', () => {
    const embedding = (...values: number[]): Evidence => ({ kind: 'embedding', values: Float32Array.from(values), length: 1 });
    const smoother = new Smoother();
    const moved = as('embedding', smoother.smooth(embedding(1, 0), 0, strength)).values;
    structuredClone(moved, { transfer: [moved.buffer] });
    const { values, length } = as('embedding', smoother.smooth(embedding(0, 1), 100, strength));
    expect([...values]).toEqual([expect.closeTo(step(1, 0, 100), 6), expect.closeTo(step(0, 1, 100), 6)]);
    expect(length).toBeCloseTo(Math.hypot(...values), 6);
    expect([...as('embedding', smoother.smooth(embedding(5), 200, strength)).values]).toEqual([5]);
  });

  it('leaves pictures alone', () => {
    const picture: Evidence = { kind: 'picture', pixels: Uint8ClampedArray.from([1, 2, 3, 255]), width: 1, height: 1, placement, range: { lowest: 0, highest: 1, from: 'values' } };
    const smoother = new Smoother();
    smoother.smooth({ ...picture, pixels: new Uint8ClampedArray(4) }, 0, strength);
    expect(smoother.smooth(picture, 10, strength)).toEqual(picture);
  });
});
