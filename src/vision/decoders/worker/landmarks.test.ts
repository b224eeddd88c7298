import { describe, expect, it } from 'vitest';
import type { Decoded, OutputTensor } from '../../shared/types';
import { handConnections } from './hand-landmarks';
import { decode } from './index';
import { poseConnections } from './pose-landmarks';
import { floatOutput, letterboxed, logit } from '../testing/outputs';

type Landmarks = Extract<Decoded, { kind: 'landmarks' }>;

function landmarksOf(decoded: Decoded): Landmarks {
  if (decoded.kind !== 'landmarks') throw new Error(decoded.kind);
  return decoded;
}

const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });

function handOutputs(presence: number, handedness: number): OutputTensor[] {
  const landmarks = Array.from({ length: 63 }, (_, index) => (index % 3 === 2 ? -index : 28 + index));
  return [
    floatOutput('Identity', [1, 63], landmarks), floatOutput('Identity_1', [1, 1], [presence]),
    floatOutput('Identity_2', [1, 1], [handedness]), floatOutput('Identity_3', [1, 63], new Float32Array(63).fill(0.01)),
  ];
}

describe('hand landmarks', () => {
  it('maps points through the letterbox and keeps z', () => {
    const hand = landmarksOf(decode({ kind: 'hand-landmarks' }, handOutputs(0.75, 0.875), letterboxed(224)));
    expect(hand.points).toHaveLength(21);
    // Scale 0.35, first row at 28.
    expect(hand.points[0]?.x).toBeCloseTo(80, 5);
    expect(hand.points[0]?.y).toBeCloseTo(1 / 0.35, 5);
    expect(hand.points[20]).toMatchObject({ x: (28 + 60) / 0.35, z: -62 });
    expect(hand.score).toBe(0.75);
    expect(hand.handedness).toEqual({ label: 'right', score: 0.875 });
    expect(hand.connections).toBe(handConnections);
  });

  it('goes by the numbers in the names when a runtime lists the outputs in another order', () => {
    const expected = decode({ kind: 'hand-landmarks' }, handOutputs(0.75, 0.25), letterboxed(224));
    expect(landmarksOf(expected).handedness).toEqual({ label: 'left', score: 0.75 });
    expect(decode({ kind: 'hand-landmarks' }, handOutputs(0.75, 0.25).reverse(), letterboxed(224))).toEqual(expected);
  });

  it('goes by the order of the outputs when the names say nothing', () => {
    const [landmarks, presence, handedness, world] = handOutputs(0.75, 0.25) as [OutputTensor, OutputTensor, OutputTensor, OutputTensor];
    const renamed = [{ ...landmarks, name: 'ld_21_3d' }, { ...presence, name: 'output_handflag' }, { ...handedness, name: 'output_handedness' }, { ...world, name: 'world' }];
    expect(landmarksOf(decode({ kind: 'hand-landmarks' }, renamed, letterboxed(224))).score).toBe(0.75);
  });

  it('clamps scores and refuses other models', () => {
    expect(landmarksOf(decode({ kind: 'hand-landmarks' }, handOutputs(NaN, NaN), letterboxed(224)))).toMatchObject({ score: 0 });
    expect(landmarksOf(decode({ kind: 'hand-landmarks' }, handOutputs(NaN, NaN), letterboxed(224))).handedness).toBeUndefined();
    expect(landmarksOf(decode({ kind: 'hand-landmarks' }, handOutputs(7, 0), letterboxed(224))).score).toBe(1);
    expect(() => decode({ kind: 'hand-landmarks' }, handOutputs(1, 1).slice(0, 1), letterboxed(224))).toThrow(unsupported);
  });

  it('joins every point to the wrist', () => {
    expect(new Set(handConnections.flat()).size).toBe(21);
  });
});

function poseOutputs(heatmap?: (row: number, column: number, map: number) => number): OutputTensor[] {
  const landmarks = Array.from({ length: 39 }, (_, point) => [100 + point, 132, -point, logit(0.25), 9]).flat();
  const outputs = [
    floatOutput('Identity', [1, 195], landmarks), floatOutput('Identity_1', [1, 1], [0.625]),
    floatOutput('Identity_2', [1, 256, 256, 1], new Float32Array(65536)), floatOutput('Identity_4', [1, 117], new Float32Array(117)),
  ];
  if (heatmap === undefined) return outputs;
  const values = new Float32Array(64 * 64 * 39);
  for (let index = 0; index < values.length; index++) values[index] = heatmap(Math.floor(index / 39 / 64), Math.floor(index / 39) % 64, index % 39);
  return [...outputs, floatOutput('Identity_3', [1, 64, 64, 39], values)];
}

describe('pose landmarks', () => {
  it('takes the 33 points of the body, with their visibility', () => {
    const pose = landmarksOf(decode({ kind: 'pose-landmarks' }, poseOutputs(), letterboxed(256)));
    expect(pose.points).toHaveLength(33);
    // The next two of the model's points, which tell where the body is.
    expect(pose.auxiliary?.map(({ x }) => Math.round(x * 1e5) / 1e5)).toEqual([133 / 0.4, 134 / 0.4]);
    // Scale 0.4, first row at 32.
    expect(pose.points[10]?.x).toBeCloseTo(275, 5);
    expect(pose.points[10]?.y).toBeCloseTo(250, 5);
    expect(pose.points[10]?.z).toBe(-10);
    expect(pose.points[10]?.visibility).toBeCloseTo(0.25, 6);
    expect(pose.score).toBe(0.625);
    expect(pose.connections).toBe(poseConnections);
    expect(new Set(poseConnections.flat()).size).toBe(33);
  });

  it('moves points to their heatmap where it is sure', () => {
    // Point 0 at (100, 132) lies in cell (25, 33); its map has one bright cell at column 27, row 31.
    const pose = landmarksOf(decode({ kind: 'pose-landmarks' }, poseOutputs((row, column, map) => (map === 0 && row === 31 && column === 27 ? 40 : -200)), letterboxed(256)));
    expect(pose.points[0]?.x).toBeCloseTo((27 * 4) / 0.4, 5);
    expect(pose.points[0]?.y).toBeCloseTo((31 * 4 - 32) / 0.4, 5);
    expect(pose.points[1]?.x).toBeCloseTo(101 / 0.4, 5);
  });

  it('leaves points where the heatmap is unsure, or too far away', () => {
    for (const heatmap of [() => -1, (row: number) => (row === 40 ? 40 : -200)]) {
      const pose = landmarksOf(decode({ kind: 'pose-landmarks' }, poseOutputs(heatmap), letterboxed(256)));
      expect(pose.points[0]?.x).toBeCloseTo(250, 5);
      expect(pose.points[0]?.y).toBeCloseTo(250, 5);
    }
  });

  it('refuses other models', () => {
    expect(() => decode({ kind: 'pose-landmarks' }, handOutputs(1, 1), letterboxed(256))).toThrow(unsupported);
  });
});
