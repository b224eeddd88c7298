import { describe, expect, it } from 'vitest';
import { placementFor } from '../../../frames/shared/placement';
import type { Decoder, Detection, OutputTensor, Placement } from '../../../shared/types';
import { floatOutput, letterboxed } from '../../testing/outputs';
import { quantizedTable, rowsOf64, tableOutput } from '../../testing/yolo';
import { decode } from '..';

type Oriented = Extract<Decoder, { kind: 'yolo-oriented' }>;
const decoderWith = (more: Partial<Oriented> = {}): Oriented => ({ kind: 'yolo-oriented', head: 'classes', scoreThreshold: 0.25, overlapThreshold: 0.5, ...more });
const placement = letterboxed(64);

function found(outputs: readonly OutputTensor[], decoder: Decoder = decoderWith(), where: Placement = placement): readonly Detection[] {
  const decoded = decode(decoder, outputs, where, ['plane', 'ship']);
  if (decoded.kind !== 'detections') throw new Error(decoded.kind);
  return decoded.detections;
}

// Centre, size, scores, angle. The second one is the first one's like, the third the same box across it: 1 of 7 in common.
const rows = rowsOf64(1, 7, {
  0: [0.5, 0.5, 0.5, 0.125, 0.75, 0, 0.5], 1: [0.5, 0.515625, 0.5, 0.125, 0.5, 0, 0.53125], 2: [0.5, 0.5, 0.125, 0.5, 0.625, 0, 0.5], 3: [0.25, 0.5, 0.25, 0.25, 0, 0.875, -0.25],
});
const expected: readonly Detection[] = [
  { box: { x: 80, y: 160, width: 160, height: 160 }, angle: -0.25, score: 0.875, label: 'ship', keypoints: [] },
  { box: { x: 160, y: 200, width: 320, height: 80 }, angle: 0.5, score: 0.75, label: 'plane', keypoints: [] },
  { box: { x: 280, y: 80, width: 80, height: 320 }, angle: 0.5, score: 0.625, label: 'plane', keypoints: [] },
];

describe('oriented boxes of a YOLO model', () => {
  it.each<[string, OutputTensor]>([
    ['channels, then candidates', tableOutput('out', rows, 'channels')],
    ['candidates, then channels', tableOutput('out', rows, 'rows')],
    ['in pixels', tableOutput('out', rows.map((row) => row.map((value, channel) => (channel < 4 ? value * 64 : value))), 'channels')],
    ['in int8', quantizedTable('out', rows, 'channels', 1 / 64, 0)],
  ])('are exact, and drop what covers the same turned place: %s', (_, output) => {
    expect(found([output])).toEqual(expected);
  });

  it('are only sorted where they are final', () => {
    const final = [[0.5, 0.5, 0.5, 0.125, 0.75, 0, 0.5], [0.5, 0.5, 0.5, 0.125, 0.75, 0, 0.5], [0.25, 0.5, 0.25, 0.25, 0.875, 1, -0.25], [0, 0, 0, 0, 0, 0, 0]];
    expect(found([tableOutput('out', final, 'rows')], decoderWith({ head: 'final' }))).toEqual([expected[0], expected[1], expected[1]]);
  });

  it('keep the direction of their width where the picture is stretched', () => {
    // Twice as wide: a box at 45° of the input lies flatter in the picture, at the angle whose tangent is a half.
    const wide = placementFor('stretch', 128, 64, 64, 64);
    const [box] = found([tableOutput('out', rowsOf64(1, 7, { 5: [0.5, 0.5, 0.25, 0.125, 0.5, 0, Math.PI / 4] }), 'rows')], decoderWith(), wide);
    expect(box?.angle).toBeCloseTo(Math.atan(0.5), 6);
    // Width 16 along (1, 1) ÷ √2 becomes (2, 1) ÷ √2, of length 16 × √2.5.
    expect(box?.box.width).toBeCloseTo(16 * Math.sqrt(2.5), 4);
    expect((box?.box.x ?? NaN) + (box?.box.width ?? NaN) / 2).toBeCloseTo(64, 9);
  });

  it('hold no angles that are none, and refuse other outputs', () => {
    expect(found([tableOutput('out', rowsOf64(1, 7, { 0: [0.5, 0.5, 0.5, 0.125, 0.75, 0, NaN], 1: [0.5, 0.5, 0.5, 0.125, 0.75, 0, Infinity] }), 'rows')])).toEqual([]);
    for (const shape of [[1, 84, 5], [84], [1, 84, 7, 1]]) {
      expect(() => found([floatOutput('out', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)))])).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    }
    expect(() => found([floatOutput('out', [1, 300, 6], new Float32Array(1800))], decoderWith({ head: 'final' }))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
  });
});
