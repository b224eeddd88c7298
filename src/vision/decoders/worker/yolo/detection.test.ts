import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../../stats/random';
import { placementFor } from '../../../frames/shared/placement';
import type { Decoder, Detection, OutputTensor, Placement } from '../../../shared/types';
import { floatOutput, letterboxed } from '../../testing/outputs';
import { quantizedTable, rowsOf64, tableOutput, type Direction } from '../../testing/yolo';
import { decode } from '..';

type YoloDetection = Extract<Decoder, { kind: 'yolo-detection' }>;
const decoderWith = (head: YoloDetection['head'], more: Partial<YoloDetection> = {}): YoloDetection => ({ kind: 'yolo-detection', head, scoreThreshold: 0.25, overlapThreshold: 0.5, ...more });

/** 640 × 480 in 64 × 64: a tenth, 8 rows of bar above and below. */
const placement = letterboxed(64);
const labels = ['cat', 'dog'];

function found(decoder: Decoder, outputs: readonly OutputTensor[], names: readonly string[] | null = labels, where: Placement = placement): readonly Detection[] {
  const decoded = decode(decoder, outputs, where, names ?? undefined);
  if (decoded.kind !== 'detections') throw new Error(decoded.kind);
  return decoded.detections;
}

/** Centre, size and the scores of cat and dog, in shares of the input. The second dog and the second cat lie mostly on the first ones. */
const boxes: Readonly<Record<number, readonly number[]>> = {
  3: [0.5, 0.5, 0.25, 0.25, 0.125, 0.875],
  7: [0.515625, 0.5, 0.25, 0.25, 0, 0.75],
  20: [0.25, 0.5, 0.125, 0.25, 0.5, 0.25],
  40: [0.5, 0.5, 0.25, 0.25, 0.625, 0.5],
  70: [0.75, 0.375, 0.5, 0.125, 0.125, 0.1875],
};

/** By hand: pixels of the input are shares × 64; x × 10, (y − 8) × 10. */
const expected: readonly Detection[] = [
  { box: { x: 240, y: 160, width: 160, height: 160 }, score: 0.875, label: 'dog', keypoints: [] },
  { box: { x: 240, y: 160, width: 160, height: 160 }, score: 0.625, label: 'cat', keypoints: [] },
  { box: { x: 120, y: 160, width: 80, height: 160 }, score: 0.5, label: 'cat', keypoints: [] },
];

const inPixels = (row: readonly number[]): readonly number[] => row.map((value, channel) => (channel < 4 ? value * 64 : value));
const mapped = (rows: typeof boxes, change: (row: readonly number[]) => readonly number[]): typeof boxes => Object.fromEntries(Object.entries(rows).map(([row, values]) => [row, change(values)]));
const rows8 = (given = boxes) => rowsOf64(1, 6, given);
/** The objectness is a half, and scores of classes twice as high as they come out. */
const rows5 = rowsOf64(3, 7, mapped(boxes, ([x = 0, y = 0, width = 0, height = 0, cat = 0, dog = 0]) => [x, y, width, height, 0.5, cat * 2, dog * 2]));

describe('boxes of a YOLO detector', () => {
  it.each<[string, readonly OutputTensor[], YoloDetection]>([
    ['v8: channels, then candidates', [tableOutput('out', rows8(), 'channels')], decoderWith('classes')],
    ['v8 the other way round', [tableOutput('out', rows8(), 'rows')], decoderWith('classes')],
    ['in pixels of the input', [tableOutput('out', rows8(mapped(boxes, inPixels)), 'channels')], decoderWith('classes')],
    ['in pixels, as the decoder says', [tableOutput('out', rows8(mapped(boxes, inPixels)), 'rows')], decoderWith('classes', { unit: 'pixel' })],
    ['in int8', [quantizedTable('out', rows8(), 'channels', 1 / 64, -64)], decoderWith('classes')],
    ['v5: an objectness before the classes', [tableOutput('out', rows5, 'rows')], decoderWith('objectness')],
    ['without a batch', [{ ...tableOutput('out', rows8(), 'rows'), shape: [84, 6] }], decoderWith('classes')],
    ['beside smaller outputs', [floatOutput('features', [1, 2, 2], [1, 1, 1, 1]), tableOutput('out', rows8(), 'channels')], decoderWith('classes')],
  ])('are exact: %s', (_, outputs, decoder) => {
    expect(found(decoder, outputs)).toEqual(expected);
  });

  it('are taken as they are where they are final: corners, score, class', () => {
    const rows = [[0.375, 0.375, 0.625, 0.625, 0.875, 1], [0.375, 0.375, 0.640625, 0.625, 0.75, 1], [0.1, 0.1, 0.2, 0.2, 0.125, 0], [0, 0, 0, 0, 0, 0]];
    const detections = found(decoderWith('final'), [tableOutput('out', rows, 'rows')]);
    expect(detections).toEqual([expected[0], { box: { x: 240, y: 160, width: 170, height: 160 }, score: 0.75, label: 'dog', keypoints: [] }]);
    expect(found(decoderWith('final'), [tableOutput('out', rows.map(inPixels), 'rows')])).toEqual(detections);
    expect(found(decoderWith('final'), [tableOutput('out', [[0.375, 0.375, 0.625, 0.625, 0.875, -1], ...rows], 'rows')])).toMatchObject([{ label: 'object' }, { label: 'dog' }, { label: 'dog' }]);
  });

  it('are named by number without labels, and refuse other numbers of labels', () => {
    expect(found(decoderWith('classes'), [tableOutput('out', rows8(), 'channels')], null).map(({ label }) => label)).toEqual(['dog', 'cat', 'cat'].map((label) => `class ${labels.indexOf(label)}`));
    expect(() => found(decoderWith('classes'), [tableOutput('out', rows8(), 'channels')], ['cat'])).toThrow(expect.objectContaining({ code: 'INVALID_LABELS' }));
  });

  it('hold no numbers that are none, no boxes without extent, and no scores beyond 1', () => {
    const hostile = rows8({ 0: [NaN, 0.5, 0.1, 0.1, 0.9, 0], 1: [0.5, Infinity, 0.1, 0.1, 0.9, 0], 2: [0.5, 0.5, -0.1, 0.1, 0.9, 0], 3: [0.5, 0.5, 0, 0.1, 0.9, 0], 4: [0.5, 0.5, 0.1, 1e39, 0.9, 0], 5: [0.5, 0.5, 0.25, 0.25, NaN, NaN], 6: [0.5, 0.5, 0.25, 0.25, NaN, 7] });
    expect(found(decoderWith('classes'), [tableOutput('out', hostile, 'channels')])).toEqual([{ ...expected[0], score: 1 }]);
    expect(found(decoderWith('classes'), [tableOutput('out', rows8({ 0: new Array<number>(6).fill(NaN) }), 'rows')])).toEqual([]);
  });

  it('are 300 at most', () => {
    const rows = Array.from({ length: 600 }, (_, row) => [(row % 30) / 32, Math.floor(row / 30) / 32, 0.01, 0.01, 0.5 + row / 2048]);
    const detections = found(decoderWith('classes'), [tableOutput('out', rows, 'rows')], null, placementFor('stretch', 64, 64, 100, 64));
    expect(detections).toHaveLength(300);
    expect(detections[0]?.score).toBe(0.5 + 599 / 2048);
  });

  it('refuse other outputs', () => {
    const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });
    const table = (...shape: number[]): OutputTensor => floatOutput('out', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)));
    for (const outputs of [[], [table(1, 84, 4)], [table(2, 84, 6)], [table(1, 84, 6, 1)], [table(1, 0, 6)], [table(84)]]) expect(() => found(decoderWith('classes'), outputs, null)).toThrow(unsupported);
    expect(() => found(decoderWith('objectness'), [table(1, 252, 5)], null)).toThrow(unsupported);
    for (const outputs of [[table(1, 300, 7)], [table(1, 300, 5)], [table(1, 6, 300)]]) expect(() => found(decoderWith('final'), outputs, null)).toThrow(unsupported);
  });
});

/** Everything once more in plain loops: the best class, then one box after the other against all better ones that stayed. */
function reference(rows: readonly (readonly number[])[], threshold: number, overlapThreshold: number): readonly Detection[] {
  const candidates = rows.map(([x = 0, y = 0, width = 0, height = 0, ...scores]) => {
    let type = 0;
    for (let index = 1; index < scores.length; index++) if ((scores[index] ?? 0) > (scores[type] ?? 0)) type = index;
    const [left, top] = [((x - width / 2) * 64) / 0.1, ((y - height / 2) * 64 - 8) / 0.1];
    return { left, top, right: left + (width * 64) / 0.1, bottom: top + (height * 64) / 0.1, score: scores[type] ?? 0, type };
  }).filter(({ score }) => score >= threshold).sort((one, other) => other.score - one.score);
  const kept: typeof candidates = [];
  for (const candidate of candidates) {
    let stays = true;
    for (const better of kept) {
      const width = Math.max(0, Math.min(candidate.right, better.right) - Math.max(candidate.left, better.left));
      const height = Math.max(0, Math.min(candidate.bottom, better.bottom) - Math.max(candidate.top, better.top));
      const area = (box: typeof candidate): number => (box.right - box.left) * (box.bottom - box.top);
      if (better.type === candidate.type && (width * height) / (area(candidate) + area(better) - width * height) > overlapThreshold) stays = false;
    }
    if (stays) kept.push(candidate);
  }
  return kept.map(({ left, top, right, bottom, score, type }) => ({ box: { x: left, y: top, width: right - left, height: bottom - top }, score, label: `class ${type}`, keypoints: [] }));
}

it.each<Direction>(['rows', 'channels'])('agrees with plain loops on random candidates, %s', (direction) => {
  const random = mulberry32(7);
  for (let round = 0; round < 20; round++) {
    // Float32 holds what it is given here.
    const rows = Array.from({ length: 84 }, () => Array.from({ length: 7 }, (_, channel) => Math.fround(channel === 2 || channel === 3 ? 0.05 + random() * 0.4 : random())));
    const wanted = reference(rows, 0.6, 0.4);
    const detections = found(decoderWith('classes', { scoreThreshold: 0.6, overlapThreshold: 0.4 }), [tableOutput('out', rows, direction)], null);
    expect(detections.map(({ label, score }) => ({ label, score }))).toEqual(wanted.map(({ label, score }) => ({ label, score })));
    for (const [index, { box }] of detections.entries()) for (const key of ['x', 'y', 'width', 'height'] as const) expect(box[key]).toBeCloseTo(wanted[index]?.box[key] ?? NaN, 6);
  }
});
