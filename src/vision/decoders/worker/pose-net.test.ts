import { describe, expect, it } from 'vitest';
import type { DecodedAs, OutputTensor } from '../../shared/types';
import { decode } from '.';
import { floatOutput, letterboxed, rawOutput } from '../testing/outputs';

const side = 257;
const grid = 9;
const stride = 32;
const count = 17;
/** The joints in PersonLab's order of channels, from parent to child. */
const joints = [[0, 1], [1, 3], [0, 2], [2, 4], [0, 5], [5, 7], [7, 9], [5, 11], [11, 13], [13, 15], [0, 6], [6, 8], [8, 10], [6, 12], [12, 14], [14, 16]] as const;
const placement = letterboxed(side);

type Place = readonly [x: number, y: number];
type Body = (point: number) => Place;

/** Two bodies whose points lie in cells of their own; each of their places is a whole number. */
const leftBody: Body = (point) => [10 + (point % 4) * 31, 6 + Math.floor(point / 4) * 55];
const rightBody: Body = (point) => [148 + (point % 4) * 29, 20 + Math.floor(point / 4) * 53];

const cellOf = ([x, y]: Place): readonly [row: number, column: number] => [Math.round(y / stride), Math.round(x / stride)];

/** Maps that say where these bodies are, in the cells of their points, and nothing elsewhere. */
function mapsOf(bodies: readonly { readonly body: Body; readonly logit: number }[]): Record<'heatmaps' | 'offsets' | 'forward' | 'backward', number[]> {
  const map = (channels: number, value: number): number[] => new Array<number>(grid * grid * channels).fill(value);
  const maps = { heatmaps: map(count, -8), offsets: map(count * 2, 0), forward: map(32, 0), backward: map(32, 0) };
  const put = (values: number[], channels: number, [row, column]: readonly [number, number], channel: number, value: number): void => { values[(row * grid + column) * channels + channel] = value; };
  for (const { body, logit } of bodies) {
    for (let point = 0; point < count; point++) {
      const place = body(point);
      const cell = cellOf(place);
      put(maps.heatmaps, count, cell, point, logit);
      put(maps.offsets, count * 2, cell, point, place[1] - cell[0] * stride);
      put(maps.offsets, count * 2, cell, point + count, place[0] - cell[1] * stride);
    }
    joints.forEach(([parent, child], joint) => {
      for (const [values, from, to] of [[maps.forward, parent, child], [maps.backward, child, parent]] as const) {
        put(values, 32, cellOf(body(from)), joint, body(to)[1] - body(from)[1]);
        put(values, 32, cellOf(body(from)), joint + 16, body(to)[0] - body(from)[0]);
      }
    });
  }
  return maps;
}

const shape = (channels: number): readonly number[] => [1, grid, grid, channels];

function skeletons(outputs: readonly OutputTensor[]): DecodedAs<'skeletons'> {
  const decoded = decode({ kind: 'key-points', scoreThreshold: 0.5 }, outputs, placement);
  if (decoded.kind !== 'skeletons') throw new Error(decoded.kind);
  return decoded;
}

/** In pixels of the picture of 640 × 480, which fills the width of the input. */
const expected = (body: Body): { readonly x: number; readonly y: number }[] => Array.from({ length: count }, (_, point) => {
  const [x, y] = body(point);
  const scale = side / 640;
  return { x: expect.closeTo(x / scale, 4) as number, y: expect.closeTo((y - (side - 480 * scale) / 2) / scale, 4) as number };
});

const probabilityOf = (logit: number): number => 1 / (1 + Math.exp(-logit));
/** Both directions behind each other, cell by cell. */
const together = (forward: readonly number[], backward: readonly number[]): number[] => Array.from({ length: grid * grid }, (_, cell) => [...forward.slice(cell * 32, cell * 32 + 32), ...backward.slice(cell * 32, cell * 32 + 32)]).flat();

describe('PoseNet of one body', () => {
  it('takes each point where its map is hottest, and moves it by the offset', () => {
    const { heatmaps, offsets } = mapsOf([{ body: leftBody, logit: 2 }, { body: rightBody, logit: 1 }]);
    const { skeletons: [body, ...more] } = skeletons([floatOutput('offsets', shape(34), offsets), floatOutput('heatmaps', shape(17), heatmaps)]);
    expect(more).toEqual([]);
    expect(body?.points).toMatchObject(expected(leftBody));
    expect(body?.score).toBeCloseTo(probabilityOf(2), 6);
    expect(body?.points[3]?.visibility).toBeCloseTo(probabilityOf(2), 6);
  });

  it('dequantises', () => {
    const { heatmaps, offsets } = mapsOf([{ body: leftBody, logit: 2 }]);
    const quantized = (name: string, channels: number, values: readonly number[], scale: number): OutputTensor =>
      rawOutput(name, 'uint8', shape(channels), Uint8Array.from(values, (value) => Math.round(value / scale) + 100), { scale: [scale], zeroPoint: [100], dimension: 0 });
    const [body] = skeletons([quantized('heatmaps', 17, heatmaps, 0.25), quantized('offsets', 34, offsets, 0.5)]).skeletons;
    expect(body?.points).toMatchObject(expected(leftBody));
  });

  it('finds nobody where nothing is sure, and survives values that are no numbers', () => {
    const { heatmaps, offsets } = mapsOf([{ body: leftBody, logit: -1 }]);
    expect(skeletons([floatOutput('heatmaps', shape(17), heatmaps), floatOutput('offsets', shape(34), offsets)]).skeletons).toEqual([]);
    const broken = [floatOutput('heatmaps', shape(17), new Float32Array(grid * grid * 17).fill(NaN)), floatOutput('offsets', shape(34), offsets)];
    expect(skeletons(broken).skeletons).toEqual([]);
  });
});

describe('PoseNet of several bodies', () => {
  const { heatmaps, offsets, forward, backward } = mapsOf([{ body: leftBody, logit: 2 }, { body: rightBody, logit: 3 }]);
  const maps = [floatOutput('heatmaps', shape(17), heatmaps), floatOutput('offsets', shape(34), offsets)];

  it.each<[string, readonly OutputTensor[]]>([
    ['one output', [floatOutput('mid', shape(64), together(forward, backward))]],
    ['two outputs in order', [floatOutput('a', shape(32), forward), floatOutput('b', shape(32), backward)]],
    ['two outputs by name', [floatOutput('displacement_bwd', shape(32), backward), floatOutput('displacement_fwd', shape(32), forward)]],
  ])('tells them apart by the ways between joints, from %s', (_, displacements) => {
    const found = skeletons([...maps, ...displacements]).skeletons;
    expect(found.map(({ points }) => points)).toMatchObject([expected(rightBody), expected(leftBody)]);
    expect(found.map(({ score }) => score)).toEqual([expect.closeTo(probabilityOf(3), 6), expect.closeTo(probabilityOf(2), 6)]);
  });

  it('takes a map without a sure point, or of no numbers, for nobody', () => {
    const nothing = (fill: number): OutputTensor[] => [floatOutput('heatmaps', shape(17), new Float32Array(grid * grid * 17).fill(fill)), floatOutput('offsets', shape(34), offsets), floatOutput('mid', shape(64), new Float32Array(grid * grid * 64).fill(NaN))];
    expect(skeletons(nothing(-1)).skeletons).toEqual([]);
    expect(skeletons(nothing(NaN)).skeletons).toEqual([]);
  });

  it('draws no point of a way that leads nowhere', () => {
    const [body] = skeletons([...maps, floatOutput('mid', shape(64), new Float32Array(grid * grid * 64).fill(NaN))]).skeletons;
    // Of one root each nothing else is known: too little for a body.
    expect(body).toBeUndefined();
  });
});
