import { describe, expect, it } from 'vitest';
import type { Decoder, Detection, OutputTensor } from '../../shared/types';
import { floatOutput, letterboxed, logit, rawOutput } from '../testing/outputs';
import { decode } from './index';

type CenterNet = Extract<Decoder, { kind: 'center-net' }>;
const decoder: CenterNet = { kind: 'center-net', order: 'xy', scoreThreshold: 0.3 };
const side = 16;

function found(outputs: readonly OutputTensor[], with_: CenterNet = decoder, labels: readonly string[] = ['cat', 'dog', 'owl']): readonly Detection[] {
  // 640 × 480 in 64 × 64, of which a cell is 4 × 4.
  const decoded = decode(with_, outputs, letterboxed(64), labels);
  if (decoded.kind !== 'detections') throw new Error(decoded.kind);
  return decoded.detections;
}

const map = (channels: number, empty: number, given: Readonly<Record<string, readonly number[]>>): number[] =>
  Array.from({ length: side * side }, (_, cell) => given[`${Math.floor(cell / side)} ${cell % side}`] ?? new Array<number>(channels).fill(empty)).flat();

// An owl in row 6, column 8; what is beside it is less hot. A cat at the edge, in row 4, column 0; and a dog that is hardly one.
const heat = map(3, 0.01, { '6 8': [0.25, 0.1, 0.875], '6 9': [0.1, 0.1, 0.75], '7 9': [0.1, 0.1, 0.5], '4 0': [0.5, 0.1, 0.1], '12 12': [0.1, 0.25, 0.1] });
const sizes = map(2, 0, { '6 8': [4, 2], '6 9': [9, 9], '4 0': [1, 3] });
const offsets = map(2, 0, { '6 8': [0.5, 0.25], '4 0': [0.5, 0.5] });
const turned = (values: readonly number[]): number[] => values.map((_, index) => values[index % 2 === 0 ? index + 1 : index - 1] ?? NaN);
// A cell is 40 pixels; the picture begins 2 cells below the input's top.
const expected = [
  { box: { x: 260, y: 130, width: 160, height: 80 }, score: 0.875, label: 'owl', keypoints: [] },
  { box: { x: 0, y: 40, width: 40, height: 120 }, score: 0.5, label: 'cat', keypoints: [] },
];
const heatOutput = floatOutput('hm', [1, side, side, 3], heat);
const sizeOutput = floatOutput('out_1', [1, side, side, 2], sizes);
const offsetOutput = floatOutput('out_2', [1, side, side, 2], offsets);

describe('a CenterNet’s objects', () => {
  it.each<[string, readonly OutputTensor[], CenterNet?]>([
    ['probabilities', [heatOutput, sizeOutput, offsetOutput]],
    ['offsets before sizes', [offsetOutput, sizeOutput, heatOutput]],
    ['logits', [floatOutput('hm', [1, side, side, 3], heat.map(logit)), sizeOutput, offsetOutput]],
    ['heat in uint8', [rawOutput('hm', 'uint8', [1, side, side, 3], Uint8Array.from(heat, (value) => Math.round(value * 256)), { scale: [1 / 256], zeroPoint: [0], dimension: 0 }), sizeOutput, offsetOutput]],
    ['height before width', [heatOutput, floatOutput('height_width', [1, side, side, 2], turned(sizes)), floatOutput('offset', [1, side, side, 2], turned(offsets))], { ...decoder, order: 'yx' }],
  ])('are its peaks: %s', (_, outputs, with_) => {
    const detections = found(outputs, with_);
    expect(detections).toEqual(expected.map((detection) => ({ ...detection, score: expect.closeTo(detection.score, 6) })));
  });

  it('go by names against all values', () => {
    const small = map(2, 0, { '6 8': [0.5, 0.25] });
    const named = [heatOutput, floatOutput('reg', [1, side, side, 2], sizes), floatOutput('wh', [1, side, side, 2], small)];
    expect(found(named)[0]?.box).toEqual({ x: (12 - 0.25) * 40, y: (8 - 0.125 - 2) * 40, width: 20, height: 10 });
  });

  it('hold nothing that is no number, and are refused in other outputs', () => {
    expect(found([floatOutput('hm', [1, side, side, 3], map(3, NaN, {})), sizeOutput, offsetOutput])).toEqual([]);
    expect(found([heatOutput, sizeOutput, floatOutput('out_2', [1, side, side, 2], map(2, NaN, { '4 0': [Infinity, 0] }))])).toEqual([]);
    for (const outputs of [[], [heatOutput, sizeOutput], [heatOutput, sizeOutput, floatOutput('o', [1, 8, 8, 2], new Float32Array(128))], [heatOutput, heatOutput, sizeOutput], [offsetOutput, sizeOutput, floatOutput('h', [1, side, side, 2], sizes)]]) {
      expect(() => found(outputs)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    }
    expect(() => found([heatOutput, sizeOutput, offsetOutput], decoder, ['cat'])).toThrow(expect.objectContaining({ code: 'INVALID_LABELS' }));
  });
});
