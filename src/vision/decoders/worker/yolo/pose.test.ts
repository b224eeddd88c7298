import { describe, expect, it } from 'vitest';
import type { DecodedAs, Decoder, OutputTensor } from '../../../shared/types';
import { keyPointConnections } from '../../shared/key-points';
import { floatOutput, letterboxed } from '../../testing/outputs';
import { quantizedTable, rowsOf64, tableOutput } from '../../testing/yolo';
import { decode } from '..';

type Pose = Extract<Decoder, { kind: 'yolo-pose' }>;
const decoderWith = (more: Partial<Pose> = {}): Pose => ({ kind: 'yolo-pose', head: 'classes', points: { count: 2, values: 3 }, scoreThreshold: 0.25, overlapThreshold: 0.5, ...more });

function found(outputs: readonly OutputTensor[], decoder = decoderWith()): DecodedAs<'skeletons'> {
  const decoded = decode(decoder, outputs, letterboxed(64));
  if (decoded.kind !== 'skeletons') throw new Error(decoded.kind);
  return decoded;
}

// Box, score, two points with their scores. The second body lies on the first one.
const rows = rowsOf64(1, 11, {
  9: [0.5, 0.5, 0.25, 0.25, 0.875, 0.5, 0.5, 0.75, 0.625, 0.25, 0.125], 10: [0.5, 0.515625, 0.25, 0.25, 0.75, 0, 0, 0, 0, 0, 0], 30: [0.25, 0.5, 0.125, 0.25, 0.5, 0.25, 0.375, 0.5, -0.125, 0.5, 0.5],
});
// x: share × 640, y: (share × 64 − 8) × 10.
const expected = [
  { box: { x: 240, y: 160, width: 160, height: 160 }, score: 0.875, points: [{ x: 320, y: 240, visibility: 0.75 }, { x: 400, y: 80, visibility: 0.125 }] },
  { box: { x: 120, y: 160, width: 80, height: 160 }, score: 0.5, points: [{ x: 160, y: 160, visibility: 0.5 }, { x: -80, y: 240, visibility: 0.5 }] },
];
const pixels = (channels: readonly number[]) => rows.map((row) => row.map((value, channel) => (channels.includes(channel) ? value * 64 : value)));

describe('bodies of a YOLO model', () => {
  it.each<[string, OutputTensor]>([
    ['channels, then candidates', tableOutput('out', rows, 'channels')],
    ['candidates, then channels', tableOutput('out', rows, 'rows')],
    ['all in pixels', tableOutput('out', pixels([0, 1, 2, 3, 5, 6, 8, 9]), 'channels')],
    ['points alone in pixels', tableOutput('out', pixels([5, 6, 8, 9]), 'channels')],
    ['in int8', quantizedTable('out', rows, 'channels', 1 / 64, -32)],
  ])('are exact: %s', (_, output) => {
    expect(found([output])).toEqual({ kind: 'skeletons', skeletons: expected, connections: [], threshold: 0.25 });
  });

  it('have points without a score where there are two values each, and lines of COCO where there are 17', () => {
    const flat = rows.map((row) => [...row.slice(0, 7), ...row.slice(8, 10)]);
    expect(found([tableOutput('out', flat, 'channels')], decoderWith({ points: { count: 2, values: 2 } })).skeletons.map(({ points }) => points)).toEqual(expected.map(({ points }) => points.map(({ x, y }) => ({ x, y }))));
    const bodies = found([tableOutput('out', rowsOf64(1, 56, { 4: [0.5, 0.5, 0.5, 0.5, 0.5, ...new Array<number>(51).fill(0.5)] }), 'channels')], decoderWith({ points: { count: 17, values: 3 } }));
    expect(bodies.connections).toBe(keyPointConnections);
    expect(bodies.skeletons[0]?.points).toEqual(new Array(17).fill({ x: 320, y: 240, visibility: 0.5 }));
  });

  it('are taken as they are where they are final', () => {
    const final = [[0.375, 0.375, 0.625, 0.625, 0.875, 0, 0.5, 0.5, 0.75, 0.625, 0.25, 0.125], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]];
    expect(found([tableOutput('out', final, 'rows')], decoderWith({ head: 'final' })).skeletons).toEqual([expected[0]]);
  });

  it('show no points that are none, and refuse other outputs', () => {
    const [body] = found([tableOutput('out', rowsOf64(1, 11, { 0: [0.5, 0.5, 0.25, 0.25, 0.5, NaN, 0, NaN, 0.5, Infinity, 7] }), 'rows')]).skeletons;
    expect(body?.points).toEqual([{ x: NaN, y: -80, visibility: 0 }, { x: 320, y: Infinity, visibility: 1 }]);
    for (const shape of [[1, 84, 10], [1, 10, 84], [84]]) {
      expect(() => found([floatOutput('out', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)))])).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    }
  });
});
