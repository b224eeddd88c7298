import { describe, expect, it } from 'vitest';
import type { Decoder, Detection, OutputTensor, Placement } from '../../shared/types';
import { anchorCentres, anchorCount } from '../shared/anchors';
import { decode } from './index';
import { floatOutput, letterboxed, logit } from '../testing/outputs';

const shortRange = { kind: 'face-detection', anchors: { strides: [8, 16, 16, 16], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold: 0.3 } as const satisfies Decoder;
const fullRange = { kind: 'face-detection', anchors: { strides: [4], perCell: 1 }, scoreThreshold: 0.6, overlapThreshold: 0.3 } as const satisfies Decoder;

interface Hit {
  readonly anchor: number;
  readonly score: number;
  /** Relative to the anchor's centre, in pixels of the input. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly keypoints?: readonly number[];
}

function outputsWith(anchors: number, hits: readonly Hit[]): readonly [OutputTensor, OutputTensor] {
  const regressors = new Float32Array(anchors * 16);
  const scores = new Float32Array(anchors).fill(-50);
  for (const { anchor, score, box, keypoints } of hits) {
    regressors.set([...box, ...(keypoints ?? new Array<number>(12).fill(0))], anchor * 16);
    scores[anchor] = logit(score);
  }
  return [floatOutput('regressors', [1, anchors, 16], regressors), floatOutput('classificators', [1, anchors, 1], scores)];
}

function detect(decoder: Decoder, outputs: readonly OutputTensor[], placement: Placement): readonly Detection[] {
  const decoded = decode(decoder, outputs, placement);
  if (decoded.kind !== 'detections') throw new Error(decoded.kind);
  return decoded.detections;
}

describe('anchors', () => {
  it('of the short range model: 16 × 16 cells with 2, then 8 × 8 with 6', () => {
    expect(anchorCount(shortRange.anchors, 128, 128)).toBe(896);
    const centres = anchorCentres(shortRange.anchors, 128, 128);
    const at = (anchor: number): number[] => Array.from(centres.subarray(anchor * 2, anchor * 2 + 2));
    expect([at(0), at(1), at(2), at(31), at(32), at(511)]).toEqual([[4, 4], [4, 4], [12, 4], [124, 4], [4, 12], [124, 124]]);
    expect([at(512), at(517), at(518), at(560), at(895)]).toEqual([[8, 8], [8, 8], [24, 8], [8, 24], [120, 120]]);
  });

  it('of the full range models: 48 × 48 cells with 1', () => {
    expect(anchorCount(fullRange.anchors, 192, 192)).toBe(2304);
    const centres = anchorCentres(fullRange.anchors, 192, 192);
    expect([centres[0], centres[1], centres[2], centres[3], centres[96], centres[97]]).toEqual([2, 2, 6, 2, 2, 6]);
    expect([centres[4606], centres[4607]]).toEqual([190, 190]);
  });

  it('cover inputs that are no multiple of the stride', () => {
    expect(anchorCount({ strides: [8, 16], perCell: 1 }, 130, 60)).toBe(17 * 8 + 9 * 4);
  });
});

describe('face detection', () => {
  it('maps boxes and key points through the letterbox', () => {
    // Anchor 512 lies at (8, 8); the picture is scaled by 0.2 and starts at row 16.
    const keypoints = [1, 12, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16];
    const [face, ...others] = detect(shortRange, outputsWith(896, [{ anchor: 512, score: 0.9, box: [12, 22, 16, 8], keypoints }]), letterboxed(128));
    expect(others).toEqual([]);
    expect(face?.score).toBeCloseTo(0.9, 6);
    expect(face?.label).toBe('face');
    expect(face?.box.x).toBeCloseTo(60, 4);
    expect(face?.box.y).toBeCloseTo(50, 4);
    expect(face?.box.width).toBeCloseTo(80, 4);
    expect(face?.box.height).toBeCloseTo(40, 4);
    expect(face?.keypoints.map(({ x, y }) => [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000]))
      .toEqual([[45, 20], [50, 20], [55, 25], [60, 30], [65, 35], [70, 40]]);
  });

  it('finds outputs by size in any order and under any name', () => {
    const [boxes, scores] = outputsWith(2304, [{ anchor: 100, score: 0.7, box: [0, 0, 20, 20] }]);
    expect(detect(fullRange, [{ ...scores, name: 'Identity' }, { ...boxes, name: 'Identity_1' }], letterboxed(192))).toHaveLength(1);
  });

  it('merges overlapping boxes by their scores and keeps the best score', () => {
    const hits = [
      { anchor: 0, score: 0.9, box: [16, 16, 20, 20] },
      { anchor: 1, score: 0.6, box: [20, 16, 20, 20] },
      { anchor: 895, score: 0.8, box: [0, 0, 10, 10] },
    ] as const;
    const identity = { ...letterboxed(128), scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
    const faces = detect(shortRange, outputsWith(896, hits), identity);
    expect(faces.map(({ score }) => score.toFixed(6))).toEqual(['0.900000', '0.800000']);
    expect(faces[0]?.box.x).toBeCloseTo((10 * 0.9 + 14 * 0.6) / 1.5, 5);
    expect(faces[0]?.box.width).toBeCloseTo(20, 5);
    expect(faces[1]?.box.x).toBeCloseTo(115, 5);
  });

  it('keeps the threshold itself and drops what is below', () => {
    const at = (score: number): number => detect(shortRange, outputsWith(896, [{ anchor: 3, score, box: [0, 0, 9, 9] }]), letterboxed(128)).length;
    expect([at(0.5), at(0.499)]).toEqual([1, 0]);
  });

  it('makes nothing of NaN, of endless and of empty boxes', () => {
    const boxes: Hit['box'][] = [[NaN, 0, 9, 9], [0, Infinity, 9, 9], [0, 0, -9, 9], [0, 0, 9, 0], [0, 0, NaN, 9]];
    for (const box of boxes) expect(detect(shortRange, outputsWith(896, [{ anchor: 3, score: 0.9, box }]), letterboxed(128))).toEqual([]);
    const [regressors] = outputsWith(896, []);
    expect(detect(shortRange, [regressors, floatOutput('scores', [1, 896, 1], new Float32Array(896).fill(NaN))], letterboxed(128))).toEqual([]);
  });

  it('clips endless logits to scores of 0 and 1', () => {
    const [regressors] = outputsWith(896, [{ anchor: 3, score: 0.9, box: [0, 0, 9, 9] }]);
    const logits = new Float32Array(896).fill(-Infinity);
    logits[3] = Infinity;
    expect(detect(shortRange, [regressors, floatOutput('scores', [1, 896, 1], logits)], letterboxed(128)).map(({ score }) => score)).toEqual([1]);
  });

  it('refuses outputs of another detector', () => {
    expect(() => decode(fullRange, outputsWith(896, []), letterboxed(192))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    expect(() => decode(shortRange, [], letterboxed(128))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    expect(() => decode({ ...shortRange, anchors: { strides: [], perCell: 1 } }, outputsWith(896, []), letterboxed(128)))
      .toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
  });
});

describe('palms and bodies', () => {
  it.each([
    { kind: 'palm-detection', label: 'palm', side: 192, values: 18, strides: [8, 16, 16, 16], count: 2016, anchor: 1152, centre: 8 },
    { kind: 'pose-detection', label: 'body', side: 224, values: 12, strides: [8, 16, 32, 32, 32], count: 2254, anchor: 1960, centre: 16 },
  ] as const)('$kind has its own grid and points', ({ kind, label, side, values, strides, count, anchor, centre }) => {
    const decoder = { kind, anchors: { strides: [...strides], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold: 0.3 };
    expect(anchorCount(decoder.anchors, side, side)).toBe(count);
    const regressors = new Float32Array(count * values);
    // The anchor is the first of the second or third grid, at the centre of its first cell.
    regressors.set([side / 2, side / 2, 32, 16, ...Array.from({ length: values - 4 }, (_, index) => index)], anchor * values);
    const scores = new Float32Array(count).fill(-50);
    scores[anchor] = logit(0.75);
    const placement = letterboxed(side);
    const [found, ...others] = detect(decoder, [floatOutput('boxes', [1, count, values], regressors), floatOutput('scores', [1, count, 1], scores)], placement);
    expect(others).toEqual([]);
    const [scale, bar] = [side / 640, side / 8];
    expect(found?.label).toBe(label);
    expect(found?.score).toBeCloseTo(0.75, 6);
    expect(found?.box.x).toBeCloseTo((centre + side / 2 - 16) / scale, 4);
    expect(found?.box.y).toBeCloseTo((centre + side / 2 - 8 - bar) / scale, 4);
    expect([found?.box.width, found?.box.height].map((size) => (size ?? NaN) * scale)).toEqual([expect.closeTo(32, 4), expect.closeTo(16, 4)]);
    expect(found?.keypoints).toHaveLength((values - 4) / 2);
    for (const [index, point] of (found?.keypoints ?? []).entries()) {
      expect(point.x).toBeCloseTo((centre + index * 2) / scale, 4);
      expect(point.y).toBeCloseTo((centre + index * 2 + 1 - bar) / scale, 4);
    }
    // Faces have other values, and other grids other counts.
    expect(() => decode({ ...decoder, kind: 'face-detection' }, [floatOutput('boxes', [1, count, values], regressors), floatOutput('scores', [1, count, 1], scores)], placement)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
  });
});
