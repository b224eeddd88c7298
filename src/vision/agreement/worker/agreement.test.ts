import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded, DecodedAs, Placement, Point } from '../../shared/types';
import { agree, disagreement } from './agree';
import { boxIou } from '../../shared/overlap';
import { accuracyOf, classOf, confusionOf } from '../shared/labelled';
import { relativeDistances } from './points';
import { editDistance } from './text';
import { summarizeAgreement } from '../shared/summary';

const placement: Placement = { sourceWidth: 4, sourceHeight: 2, targetWidth: 4, targetHeight: 2, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
const map = { width: 4, height: 2, placement };
const box = (x: number, y: number, width: number, height: number, score = 1, label = 'face') => ({ box: { x, y, width, height }, score, label, keypoints: [] });
const detections = (...list: readonly ReturnType<typeof box>[]): DecodedAs<'detections'> => ({ kind: 'detections', detections: list });
const classes = (...indices: readonly number[]): DecodedAs<'classes'> => ({ kind: 'classes', classes: indices.map((index, place) => ({ index, label: `class ${index}`, score: 0.5 / 2 ** place })) });
const mask = (...values: readonly number[]): DecodedAs<'mask'> => ({ kind: 'mask', mask: Uint8ClampedArray.from(values), ...map });
const depth = (...values: readonly number[]): DecodedAs<'depth'> => ({ kind: 'depth', nearness: Uint8ClampedArray.from(values), nearest: 1, farthest: 0, ...map });
const line = (text: string): DecodedAs<'text'> => ({ kind: 'text', text, score: 1, symbols: [...text].map((label, step) => ({ label, score: 1, step })) });
const embedding = (...values: readonly number[]): DecodedAs<'embedding'> => ({ kind: 'embedding', values: Float32Array.from(values), length: 1 });
const classMap = (...ids: readonly number[]): DecodedAs<'class-map'> => ({ kind: 'class-map', ids: Uint16Array.from(ids), legend: [], ...map });
const instances = (labels: readonly string[], ...ids: readonly number[]): DecodedAs<'instances'> => ({ kind: 'instances', detections: labels.map((label, index) => box(0, 0, 1, 1, 0.75 - index / 4, label)), ids: Uint16Array.from(ids), ...map });
const landmarks = (score: number, ...points: readonly (readonly [number, number])[]): DecodedAs<'landmarks'> => ({ kind: 'landmarks', points: points.map(([x, y]) => ({ x, y })), connections: [], score });
const skeletons = (...bodies: readonly (readonly Point[])[]): DecodedAs<'skeletons'> => ({ kind: 'skeletons', skeletons: bodies.map((points) => ({ points, score: 0.75 })), connections: [], threshold: 0.5 });

describe('agreement in the terms of the task', () => {
  it('of boxes is their intersection over union, matched the best pair first', () => {
    // 2 × 2 boxes one apart share 2 of 6.
    expect(boxIou({ x: 0, y: 0, width: 2, height: 2 }, { x: 1, y: 0, width: 2, height: 2 })).toBe(2 / 6);
    const reference = detections(box(0, 0, 10, 10, 0.9), box(100, 0, 10, 10, 0.75));
    const other = detections(box(100, 0, 10, 20, 0.5), box(1, 0, 10, 10, 0.875), box(300, 0, 5, 5));
    const agreement = agree(reference, other);
    expect(agreement).toEqual({ kind: 'detections', matched: 2, missing: 0, extra: 1, mean_iou: (90 / 110 + 0.5) / 2, least_iou: 0.5, score_difference: 0.25 });
    expect(agreement === null ? null : disagreement(agreement)).toBeCloseTo((2 * (1 - (90 / 110 + 0.5) / 2) + 1) / 3, 12);
    expect(agree(detections(box(0, 0, 4, 4, 1, 'cat')), detections(box(0, 0, 4, 4, 1, 'dog')))).toMatchObject({ matched: 0, missing: 1, extra: 1, mean_iou: null, score_difference: null });
  });

  it('of oriented boxes is that of the turned ones', () => {
    const turned = (angle: number): DecodedAs<'detections'> => detections({ ...box(0, 0, 30, 10), angle } as ReturnType<typeof box>);
    // Across each other: 100 of 500.
    expect(agree(turned(0), turned(Math.PI / 2))).toMatchObject({ matched: 1, mean_iou: expect.closeTo(0.2, 12) });
    expect(agree(turned(1), turned(1))).toMatchObject({ matched: 1, mean_iou: expect.closeTo(1, 12) });
  });

  it('of boxes is what counting cells of a grid gives, and the same both ways', () => {
    const whole = fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }), width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });
    fc.assert(fc.property(whole, whole, (one, other) => {
      const within = (each: typeof one, x: number, y: number): boolean => x >= each.x && x < each.x + each.width && y >= each.y && y < each.y + each.height;
      let [both, either] = [0, 0];
      for (let x = 0; x < 20; x++) for (let y = 0; y < 20; y++) {
        if (within(one, x, y) && within(other, x, y)) both++;
        if (within(one, x, y) || within(other, x, y)) either++;
      }
      expect(boxIou(one, other)).toBeCloseTo(both / either, 12);
      expect(boxIou(other, one)).toBe(boxIou(one, other));
    }));
  });

  it('of classes is whether the best one is the same, and among the best five', () => {
    expect(agree(classes(3, 1, 4, 5, 9), classes(1, 3, 4, 2, 6))).toEqual({ kind: 'classes', top1: false, top5: true, shared: 0.6, score_difference: -0.25 });
    expect(agree(classes(3, 1, 4, 5, 9, 7), classes(3, 1, 4, 5, 9, 8))).toEqual({ kind: 'classes', top1: true, top5: true, shared: 1, score_difference: 0 });
    expect(agree(classes(3, 1), classes(1, 2))).toMatchObject({ top1: false, top5: false, score_difference: null });
    expect(agree(classes(), classes())).toMatchObject({ top1: true, top5: true, shared: 1 });
  });

  it('of masks counts what both take for foreground', () => {
    expect(agree(mask(255, 200, 128, 127, 0, 0, 0, 0), mask(255, 100, 130, 140, 0, 0, 0, 0))).toEqual({ kind: 'mask', iou: 2 / 4 });
    expect(agree(mask(0, 0, 0, 0, 0, 0, 0, 0), mask(0, 0, 0, 0, 0, 0, 0, 0))).toEqual({ kind: 'mask', iou: 1 });
    // Class 1: 2 of 3, class 2: 4 of 5, class 5 of one model alone: 0 of 1 … and class 0: 0 of 1.
    expect(agree(classMap(1, 1, 1, 2, 2, 2, 2, 0), classMap(1, 1, 2, 2, 2, 2, 2, 5))).toEqual({ kind: 'class-map', iou: (2 / 3 + 4 / 5 + 0 + 0) / 4, same: 6 / 8 });
    expect(() => agree(mask(0), { ...mask(0), width: 9 })).toThrow(RangeError);
  });

  it('of depths is how far apart they are between far and near', () => {
    expect(agree(depth(0, 51, 255, 255, 0, 0, 0, 0), depth(51, 51, 204, 255, 0, 0, 0, 0))).toEqual({ kind: 'depth', difference: 0.4 / 8 });
    expect(() => agree(depth(0), { ...depth(0), height: 9 })).toThrow(RangeError);
  });

  it('of text is how many characters must change', () => {
    expect([['kitten', 'sitting'], ['', 'abc'], ['abc', ''], ['flaw', 'lawn'], ['文本', '本文'], ['same', 'same']].map(([one = '', other = '']) => editDistance([...one], [...other]))).toEqual([3, 3, 3, 2, 2, 0]);
    const agreement = agree(line('12345'), line('1235'));
    expect(agreement).toEqual({ kind: 'text', edits: 1, characters: 5, same: false });
    expect(agreement === null ? null : disagreement(agreement)).toBe(0.2);
    expect(agree(line(''), line(''))).toEqual({ kind: 'text', edits: 0, characters: 0, same: true });
    // Any other order of edits is no shorter: what a search over all of them finds.
    const search = (one: string, other: string): number => (one === '' || other === '' ? one.length + other.length
      : Math.min(search(one.slice(1), other) + 1, search(one, other.slice(1)) + 1, search(one.slice(1), other.slice(1)) + (one[0] === other[0] ? 0 : 1)));
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(fc.property(word, word, (one, other) => { expect(editDistance([...one], [...other])).toBe(search(one, other)); }));
  });

  it('of embeddings is the cosine between them', () => {
    expect(agree(embedding(3, 4), embedding(4, 3))).toEqual({ kind: 'embedding', cosine: 0.96 });
    const agreement = agree(embedding(1, 0), embedding(-1, 0));
    expect(agreement === null ? null : disagreement(agreement)).toBe(1);
    expect(() => agree(embedding(1), embedding(1, 0))).toThrow(RangeError);
  });

  it('of objects with masks is that of the masks of one label, the best pair first', () => {
    // The first cat: 3 of 4; a second one in another order: 2 of 2; the dog of one is the other's bird.
    const agreement = agree(instances(['cat', 'cat', 'dog'], 1, 1, 1, 2, 2, 3, 3, 0), instances(['cat', 'bird', 'cat'], 1, 1, 1, 3, 3, 2, 2, 1));
    expect(agreement).toEqual({ kind: 'instances', matched: 2, missing: 1, extra: 1, mean_iou: (3 / 4 + 1) / 2, least_iou: 0.75, score_difference: 0.25 });
    expect(agreement === null ? null : disagreement(agreement)).toBeCloseTo((2 * (1 - 0.875) + 2) / 4, 12);
    expect(summarizeAgreement(agreement === null ? [] : [agreement, agreement])).toEqual({ kind: 'instances', samples: 2, matched: 4, missing: 2, extra: 2, mean_iou: 0.875, least_iou: 0.75, score_difference: 0.25 });
    expect(agree(instances(['cat'], 0, 0, 0, 0, 0, 0, 0, 0), instances(['cat'], 0, 0, 0, 0, 0, 0, 0, 0))).toMatchObject({ matched: 0, missing: 1, extra: 1, mean_iou: null });
    expect(() => agree(instances([]), { ...instances([]), width: 9 })).toThrow(RangeError);
  });

  it('of landmarks is their distance by the size of the object', () => {
    // The box around the points is 30 by 40: its diagonal is 50.
    expect(agree(landmarks(1, [0, 0], [30, 40]), landmarks(0.5, [3, 4], [30, 50]))).toEqual({ kind: 'landmarks', mean_distance: (0.1 + 0.2) / 2, greatest_distance: 0.2, score_difference: 0.5 });
    expect(() => agree(landmarks(1, [0, 0]), landmarks(1))).toThrow(RangeError);
    const points = fc.array(fc.record({ x: fc.integer({ min: -99, max: 99 }), y: fc.integer({ min: -99, max: 99 }) }), { minLength: 2, maxLength: 9 });
    fc.assert(fc.property(points, fc.integer({ min: 1, max: 9 }), (list, factor) => {
      // A larger picture changes nothing.
      const moved = list.map(({ x, y }) => ({ x: x + 1, y }));
      const grown = (each: readonly Point[]): Point[] => each.map(({ x, y }) => ({ x: x * factor, y: y * factor }));
      relativeDistances(grown(list), grown(moved)).forEach((distance, index) => { expect(distance).toBeCloseTo(relativeDistances(list, moved)[index] ?? NaN, 9); });
    }));
  });

  it('of bodies leaves out points that the reference does not show', () => {
    const body = [{ x: 0, y: 0, visibility: 1 }, { x: 30, y: 40, visibility: 1 }, { x: 7, y: 7, visibility: 0.1 }];
    const other = [{ x: 3, y: 4, visibility: 1 }, { x: 30, y: 40, visibility: 1 }, { x: 900, y: 7, visibility: 0.9 }];
    const far = body.map((point) => ({ ...point, x: point.x + 1000 }));
    expect(agree(skeletons(body, far), skeletons(other))).toEqual({ kind: 'skeletons', matched: 1, missing: 1, extra: 0, mean_distance: 0.05, greatest_distance: 0.1, score_difference: 0 });
  });

  it('has no figure for two different tasks, and 0 disagreement of a result with itself', () => {
    expect(agree(classes(1), mask(0))).toBeNull();
    const results: Decoded[] = [classes(1, 2), detections(box(0, 0, 1, 1)), detections(), instances(['cat'], 1, 1, 0, 0, 0, 0, 0, 0), mask(255, 0, 0, 0, 0, 0, 0, 0), depth(9, 0, 0, 0, 0, 0, 0, 255), line('ab'), embedding(1, 7), classMap(1, 2, 3, 4, 5, 6, 7, 8), landmarks(1, [0, 0], [1, 1]), skeletons([{ x: 0, y: 0 }, { x: 1, y: 1 }])];
    for (const result of results) {
      const agreement = agree(result, result);
      expect(agreement === null ? null : disagreement(agreement), result.kind).toBe(0);
    }
  });
});

describe('summarizeAgreement', () => {
  it('counts classes, and takes the mean of boxes over boxes', () => {
    const all = [agree(classes(1, 2), classes(1, 2)), agree(classes(1, 2), classes(2, 1)), agree(classes(1), classes(3))].filter((each) => each !== null);
    expect(summarizeAgreement(all)).toEqual({ kind: 'classes', samples: 3, top1: 1, top5: 2 });
    const boxes = [
      agree(detections(box(0, 0, 2, 2), box(10, 0, 2, 2)), detections(box(0, 0, 2, 2), box(10, 0, 2, 2))), agree(detections(box(0, 0, 2, 2, 0.5)), detections(box(1, 0, 2, 2, 0.25))), agree(detections(), detections()),
    ].filter((each) => each !== null);
    expect(summarizeAgreement(boxes)).toEqual({ kind: 'detections', samples: 3, matched: 3, missing: 0, extra: 0, mean_iou: (1 + 1 + 2 / 6) / 3, least_iou: 2 / 6, score_difference: 0.25 });
    expect(summarizeAgreement([agree(depth(0, 255), depth(255, 255)), agree(depth(9, 9), depth(9, 9))].filter((each) => each !== null))).toEqual({ kind: 'depth', samples: 2, mean_difference: 0.25, greatest_difference: 0.5 });
    expect(summarizeAgreement([agree(line('1234'), line('1234')), agree(line('12'), line('1')), agree(line(''), line(''))].filter((each) => each !== null))).toEqual({ kind: 'text', samples: 3, same: 2, error_rate: 1 / 6 });
    expect(summarizeAgreement([agree(line(''), line(''))].filter((each) => each !== null))).toMatchObject({ error_rate: null });
    expect(summarizeAgreement([agree(embedding(1, 0), embedding(1, 0)), agree(embedding(1, 0), embedding(0, 1))].filter((each) => each !== null))).toEqual({ kind: 'embedding', samples: 2, mean_cosine: 0.5, least_cosine: 0 });
    expect(summarizeAgreement([])).toBeNull();
    expect(summarizeAgreement([...all, ...boxes])).toBeNull();
  });
});

describe('labels', () => {
  it('mean a class by name or number', () => {
    const labels = ['cat', 'Dog', 'dog ', '7'];
    expect(['cat', ' CAT ', '0', '7', '4', 'dog', 'cow', '-1', '1.5', ''].map((label) => classOf(label, labels))).toEqual([0, 0, 0, 3, null, null, null, null, null, null]);
    expect(['9', 'cat'].map((label) => classOf(label, undefined))).toEqual([9, null]);
  });

  it('give accuracy and a confusion matrix', () => {
    const answers = [{ truth: 0, best: [0, 3] }, { truth: 3, best: [0, 3] }, { truth: 3, best: [3] }, { truth: 7, best: [0, 1, 2, 4, 5, 7] }, { truth: 3, best: [] }];
    expect(accuracyOf(answers)).toEqual({ labelled: 5, right: 2, right5: 3 });
    expect(confusionOf(answers)).toEqual({ classes: [0, 3, 7], counts: [[1, 0, 0], [1, 1, 0], [1, 0, 0]] });
  });
});
