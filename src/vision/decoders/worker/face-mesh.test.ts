import { describe, expect, it } from 'vitest';
import type { DecodedAs, Decoder, OutputTensor } from '../../shared/types';
import { decode } from '.';
import { floatOutput, letterboxed, logit, rawOutput } from '../testing/outputs';
import { readFaceMesh } from './face-mesh';
import { readIris } from './iris';

const placement = letterboxed(192);

function landmarks(decoder: Decoder, outputs: readonly OutputTensor[]): DecodedAs<'landmarks'> {
  const decoded = decode(decoder, outputs, placement);
  if (decoded.kind !== 'landmarks') throw new Error(decoded.kind);
  return decoded;
}

/** Point k lies at (k / 4, 24 + k / 8, −k). */
const mesh = (count: number): number[] => Array.from({ length: count }, (_, point) => [point / 4, 24 + point / 8, -point]).flat();
const flag = (score: number): OutputTensor => floatOutput('flag', [1, 1, 1, 1], [logit(score)]);
const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });

describe('face mesh', () => {
  it('maps 468 points through the letterbox', () => {
    const face = landmarks({ kind: 'face-mesh' }, [floatOutput('mesh', [1, 1, 1, 1404], mesh(468)), flag(0.75)]);
    expect(face.points).toHaveLength(468);
    // Scale 0.3, first row at 24.
    face.points.forEach(({ x, y, z }, point) => { expect([x, y, z]).toEqual([expect.closeTo(point / 4 / 0.3, 9), expect.closeTo(point / 8 / 0.3, 9), -point]); });
    expect(face.score).toBeCloseTo(0.75, 6);
    expect(Math.max(...face.connections.flat())).toBeLessThan(468);
  });

  it('takes 478 points with the irises, and the first of two scores', () => {
    const face = landmarks({ kind: 'face-mesh' }, [floatOutput('Identity', [1, 1, 1, 1434], mesh(478)), { ...flag(0.875), name: 'Identity_1' }, { ...flag(0.5), shape: [1, 1], name: 'Identity_2' }]);
    expect(face.points).toHaveLength(478);
    expect(face.points[477]).toMatchObject({ x: expect.closeTo(477 / 4 / 0.3, 9) as number, z: -477 });
    expect(face.score).toBeCloseTo(0.875, 6);
    expect(Math.max(...face.connections.flat())).toBe(477);
  });

  it('dequantises', () => {
    const bytes = new Uint8Array(1404).map((_, index) => index % 200);
    const quantized = rawOutput('mesh', 'uint8', [1, 1404], bytes, { scale: [0.5], zeroPoint: [4], dimension: 0 });
    expect(readFaceMesh([quantized, flag(0.5)])?.points[66]).toEqual({ x: (198 - 4) / 2, y: (199 - 4) / 2, z: -2 });
  });

  describe('with attention', () => {
    /** Part p's point k lies at (1000 p + k, 2000 p + k). */
    const part = (name: string, number: number, count: number): OutputTensor => floatOutput(name, [1, 1, 1, count * 2], Array.from({ length: count }, (_, point) => [1000 * number + point, 2000 * number + point]).flat());
    const outputs = [
      floatOutput('output_mesh_identity', [1, 1, 1, 1404], mesh(468)), part('output_lips', 1, 80), part('output_left_eye', 2, 71), part('output_right_eye', 3, 71),
      part('output_left_iris', 4, 5), part('output_right_iris', 5, 5), { ...flag(0.75), name: 'conv_faceflag' },
    ];

    it('puts lips, eyes and irises in their places, with the depth of the mesh', () => {
      const { points } = readFaceMesh(outputs) ?? { points: [] };
      expect(points).toHaveLength(478);
      // First, last and some in between of each part, after MediaPipe's table.
      for (const [point, number, place] of [[61, 1, 0], [291, 1, 10], [185, 1, 11], [407, 1, 79], [33, 2, 0], [133, 2, 8], [246, 2, 9], [193, 2, 70], [263, 3, 0], [362, 3, 8], [417, 3, 70]] as const) {
        expect(points[point], `point ${point}`).toEqual({ x: 1000 * number + place, y: 2000 * number + place, z: -point });
      }
      // 80 of the lips and 71 of each eye are moved, all others stay.
      const moved = points.slice(0, 468).flatMap(({ x }, point) => (x === point / 4 ? [] : [point]));
      expect(moved).toHaveLength(80 + 71 + 71);
      // The lids of the left eye, as MediaPipe lists them.
      const lids = [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173];
      const depth = -lids.reduce((sum, lid) => sum + lid, 0) / lids.length;
      expect(points.slice(468, 473)).toEqual([0, 1, 2, 3, 4].map((place) => ({ x: 4000 + place, y: 8000 + place, z: depth })));
      expect(points[473]).toMatchObject({ x: 5000, y: 10000 });
    });

    it('goes by names where a runtime lists the sides the other way round', () => {
      expect(readFaceMesh([...outputs].reverse())).toEqual(readFaceMesh(outputs));
    });
  });

  it('takes what is no number for absent, and refuses other models', () => {
    expect(landmarks({ kind: 'face-mesh' }, [floatOutput('mesh', [1, 1404], new Float32Array(1404).fill(NaN)), floatOutput('flag', [1], [NaN])]).score).toBe(0);
    for (const outputs of [[], [flag(1)], [floatOutput('mesh', [1, 1404], mesh(468))], [floatOutput('mesh', [1, 1400], new Float32Array(1400)), flag(1)]]) {
      expect(() => decode({ kind: 'face-mesh' }, outputs, placement)).toThrow(unsupported);
    }
  });
});

describe('iris', () => {
  const contour = floatOutput('output_eyes_contours_and_brows', [1, 213], mesh(71));
  const iris = floatOutput('output_iris', [1, 15], Array.from({ length: 15 }, (_, index) => 100 + index));

  it('gives the eye’s 71 points, then the iris’s five, and no score', () => {
    expect(readIris([iris, contour])).toEqual(readIris([contour, iris]));
    const eye = landmarks({ kind: 'iris' }, [contour, iris]);
    expect(eye.points).toHaveLength(76);
    expect(eye.score).toBeNull();
    expect(eye.points[70]).toEqual({ x: expect.closeTo(70 / 4 / 0.3, 9) as number, y: expect.closeTo(70 / 8 / 0.3, 9) as number, z: -70 });
    expect(eye.points[71]).toEqual({ x: expect.closeTo(100 / 0.3, 9) as number, y: expect.closeTo((101 - 24) / 0.3, 9) as number, z: 102 });
    // The lids' ring of 16 and the iris's of 4.
    expect(eye.connections).toHaveLength(20);
    expect(new Set(eye.connections.flat())).toEqual(new Set([...Array.from({ length: 16 }, (_, index) => index), 72, 73, 74, 75]));
  });

  it('refuses other models', () => {
    for (const outputs of [[contour], [iris], [floatOutput('x', [1, 63], new Float32Array(63)), iris]]) expect(() => decode({ kind: 'iris' }, outputs, placement)).toThrow(unsupported);
  });
});
