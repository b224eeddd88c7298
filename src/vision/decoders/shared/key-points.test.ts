import { describe, expect, it } from 'vitest';
import type { DecodedAs, OutputTensor } from '../../shared/types';
import { decode } from '../worker/index';
import { keyPointConnections } from './key-points';
import { floatOutput, letterboxed, rawOutput } from '../testing/outputs';

const placement = letterboxed(192);

function bodies(outputs: readonly OutputTensor[], scoreThreshold = 0.3): DecodedAs<'skeletons'> {
  const decoded = decode({ kind: 'key-points', scoreThreshold }, outputs, placement);
  if (decoded.kind !== 'skeletons') throw new Error(decoded.kind);
  return decoded;
}

/** Point k lies at y (64 + k) / 128, x k / 32. */
const points = (score: (index: number) => number): number[] => Array.from({ length: 17 }, (_, index) => [(64 + index) / 128, index / 32, score(index)]).flat();

describe('key points of one body', () => {
  it('maps shares of the input through the letterbox', () => {
    const { skeletons, connections, threshold } = bodies([floatOutput('StatefulPartitionedCall:0', [1, 1, 17, 3], points((index) => (index < 4 ? 0.5 : 0.25)))]);
    expect(skeletons).toHaveLength(1);
    // Scale 0.3, first row at 24: x = share × 640, y = (share × 192 − 24) ÷ 0.3.
    expect(skeletons[0]?.points[16]).toEqual({ x: 320, y: (0.625 * 192 - 24) / 0.3, visibility: 0.25 });
    expect(skeletons[0]?.points[0]).toEqual({ x: 0, y: 240, visibility: 0.5 });
    expect(skeletons[0]).toMatchObject({ score: 0.5 });
    expect(skeletons[0]?.box).toBeUndefined();
    expect(threshold).toBe(0.3);
    expect(connections).toBe(keyPointConnections);
    expect(new Set(connections.flat()).size).toBe(17);
  });

  it('finds nobody where no point is sure', () => {
    const output = floatOutput('points', [1, 1, 17, 3], points(() => 0.25));
    expect(bodies([output]).skeletons).toEqual([]);
    expect(bodies([output], 0.2).skeletons).toMatchObject([{ score: 0.25 }]);
  });

  it('dequantises, and takes what is no number for not seen', () => {
    const bytes = Uint8Array.from(points((index) => index / 16).map((value) => Math.round(value * 128)));
    expect(bodies([rawOutput('points', 'uint8', [1, 1, 17, 3], bytes, { scale: [1 / 128], zeroPoint: [0], dimension: 0 })]).skeletons[0]?.points[16])
      .toEqual({ x: 320, y: (0.625 * 192 - 24) / 0.3, visibility: 1 });
    const { skeletons: [body] } = bodies([floatOutput('points', [1, 17, 3], points((index) => (index === 0 ? NaN : 1e30)))]);
    expect(body?.points.map(({ visibility }) => visibility)).toEqual([0, ...new Array<number>(16).fill(1)]);
    expect(body?.score).toBe(1);
  });
});

describe('key points of several bodies', () => {
  const row = (score: number, box: readonly number[]): number[] => [...points(() => 0.5), ...box, score];

  it('takes those that are sure, best first, with their boxes', () => {
    const values = [...row(0.5, [0.5, 0.25, 0.75, 0.5]), ...row(0.125, [0, 0, 1, 1]), ...row(0.75, [0.5, 0, 0.5, 1]), ...row(0.625, [NaN, 0, 1, 1])];
    const { skeletons } = bodies([floatOutput('output_0', [1, 4, 56], values)]);
    expect(skeletons.map(({ score }) => score)).toEqual([0.75, 0.625, 0.5]);
    expect(skeletons.map(({ box }) => box)).toEqual([undefined, undefined, { x: 160, y: 240, width: 160, height: 160 }]);
    expect(skeletons[2]?.points[16]?.x).toBe(320);
  });
});

it('refuses other outputs', () => {
  for (const shape of [[1, 63], [1, 17, 4], [17, 3], [1, 0, 17, 3], [56]]) {
    expect(() => bodies([floatOutput('other', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)))])).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
  }
});
