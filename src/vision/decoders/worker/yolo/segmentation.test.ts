import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../../stats/random';
import type { DecodedAs, Decoder, OutputTensor } from '../../../shared/types';
import { floatOutput, letterboxed } from '../../testing/outputs';
import { quantizedTable, rowsOf64, tableOutput } from '../../testing/yolo';
import { decode } from '..';

type Segmentation = Extract<Decoder, { kind: 'yolo-segmentation' }>;
const decoderWith = (more: Partial<Segmentation> = {}): Segmentation => ({ kind: 'yolo-segmentation', head: 'classes', scoreThreshold: 0.25, overlapThreshold: 0.5, ...more });

function found(outputs: readonly OutputTensor[], decoder = decoderWith(), labels: readonly string[] = ['cat', 'dog']): DecodedAs<'instances'> {
  const decoded = decode(decoder, outputs, letterboxed(64), labels);
  if (decoded.kind !== 'instances') throw new Error(decoded.kind);
  return decoded;
}

const side = 16;
/** Two prototypes of 16 × 16: 1 on the left half and −1 on the right, and −1 above and 1 below. */
const prototype = (map: number, row: number, column: number): number => (map === 0 ? (column < side / 2 ? 1 : -1) : row < side / 2 ? -1 : 1);
const cells = Array.from({ length: side * side }, (_, pixel) => [Math.floor(pixel / side), pixel % side] as const);
const channelsLast = floatOutput('protos', [1, side, side, 2], cells.flatMap(([row, column]) => [prototype(0, row, column), prototype(1, row, column)]));
const channelsFirst = floatOutput('protos', [1, 2, side, side], [0, 1].flatMap((map) => cells.map(([row, column]) => prototype(map, row, column))));

// A cat in the middle half whose mask is the left of it, a dog over the lower half of the input whose mask is all of its box.
const rows = rowsOf64(1, 8, { 9: [0.5, 0.5, 0.5, 0.5, 0.875, 0, 1, 0], 10: [0.5, 0.75, 1, 0.5, 0, 0.5, 0, 0.5] });
const boxes = [{ box: { x: 160, y: 80, width: 320, height: 320 }, score: 0.875, label: 'cat', keypoints: [] }, { box: { x: 0, y: 240, width: 640, height: 320 }, score: 0.5, label: 'dog', keypoints: [] }];
const expectedId = (row: number, column: number): number => (row >= 4 && row < 12 && column >= 4 && column < 8 ? 1 : row >= 8 ? 2 : 0);
const expectedIds = cells.map(([row, column]) => expectedId(row, column));

describe('objects with masks of a YOLO model', () => {
  it.each<[string, readonly OutputTensor[]]>([
    ['channels last', [tableOutput('out', rows, 'channels'), channelsLast]],
    ['prototypes first, channels first', [channelsFirst, tableOutput('out', rows, 'rows')]],
    ['in int8', [quantizedTable('out', rows, 'channels', 1 / 64, -64), channelsLast]],
  ])('are exact: %s', (_, outputs) => {
    const { ids, width, height, detections, placement } = found(outputs);
    expect([width, height, detections]).toEqual([side, side, boxes]);
    expect(Array.from(ids)).toEqual(expectedIds);
    expect(placement).toMatchObject({ targetWidth: side, targetHeight: side, scaleX: 0.025, offsetY: 2 });
  });

  it('are taken as they are where they are final', () => {
    const final = [[0.25, 0.25, 0.75, 0.75, 0.875, 0, 1, 0], [0, 0.5, 1, 1, 0.5, 1, 0, 0.5], [0, 0, 0, 0, 0, 0, 0, 0]];
    const { ids, detections } = found([tableOutput('out', final, 'rows'), channelsLast], decoderWith({ head: 'final' }));
    expect(detections).toEqual(boxes);
    expect(Array.from(ids)).toEqual(expectedIds);
  });

  it('have masks as plain loops add them up', () => {
    const random = mulberry32(11);
    const count = 4;
    const values = Float32Array.from({ length: side * side * count }, () => random() - 0.5);
    const given = Object.fromEntries([3, 30, 60].map((row) => [row, [...[random(), random(), 0.3 + random() / 2, 0.3 + random() / 2].map(Math.fround), Math.fround(0.5 + random() / 2), ...Array.from({ length: count }, () => Math.fround(random() - 0.5))]]));
    const { ids, detections } = found([tableOutput('out', rowsOf64(1, 5 + count, given), 'channels'), floatOutput('protos', [1, side, side, count], values)], decoderWith({ overlapThreshold: 1 }), ['thing']);
    const best = Object.values(given).sort((one, other) => (other[4] ?? 0) - (one[4] ?? 0));
    expect(detections.map(({ score }) => score)).toEqual(best.map((row) => row[4]));
    for (const [pixel, [row, column]] of cells.entries()) {
      const owner = best.findIndex(([x = 0, y = 0, width = 0, height = 0, , ...coefficients]) => {
        const [across, down] = [(column + 0.5) / side, (row + 0.5) / side];
        if (Math.abs(across - x) > width / 2 || Math.abs(down - y) > height / 2) return false;
        let sum = 0;
        for (let map = 0; map < count; map++) sum += (coefficients[map] ?? 0) * (values[pixel * count + map] ?? 0);
        return sum > 0;
      });
      expect(ids[pixel], `pixel ${pixel}`).toBe(owner + 1);
    }
  });

  it('have no mask where coefficients are no numbers, and refuse other outputs', () => {
    const { ids, detections } = found([tableOutput('out', rowsOf64(1, 8, { 0: [0.5, 0.5, 1, 1, 0.5, 0, NaN, 1] }), 'rows'), channelsLast]);
    expect(detections).toHaveLength(1);
    expect(Array.from(ids)).toEqual(cells.map(() => 0));
    const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });
    for (const outputs of [[], [tableOutput('out', rows, 'rows')], [channelsLast], [tableOutput('out', rowsOf64(1, 6, {}), 'rows'), channelsLast]]) expect(() => found(outputs)).toThrow(unsupported);
  });
});
