import { expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import { floatOutput } from '../testing/outputs';
import { boxConnections, decodeBoxInSpace } from './box-in-space';

// A picture of 448 × 224: it lies in the input at half its size, 56 pixels below the upper edge.
const placement = placementFor('letterbox', 448, 224, 224, 224);
const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z] as const)));

it('gives centre and corners in the picture, and the edges of the box', () => {
  const seen = [[112, 112], ...corners.map(([x, y, z]) => [112 + 40 * x + 10 * z, 112 + 30 * y - 5 * z])];
  const { points, connections, score } = decodeBoxInSpace([floatOutput('Identity_1', [1, 18], seen.flat()), floatOutput('Identity', [1, 1], [0.75])], placement);
  expect(score).toBe(0.75);
  expect(points).toEqual(seen.map(([x = 0, y = 0]) => ({ x: x * 2, y: (y - 56) * 2 })));
  expect(connections).toHaveLength(12);
  // An edge goes along one of the three directions.
  for (const [one, other] of connections) {
    const differences = [0, 1, 2].filter((axis) => corners[one - 1]?.[axis] !== corners[other - 1]?.[axis]);
    expect(differences, `${one} to ${other}`).toHaveLength(1);
  }
  expect(new Set(boxConnections.map(String)).size).toBe(12);
});

it('refuses outputs without either', () => {
  expect(() => decodeBoxInSpace([floatOutput('a', [1, 18], new Array<number>(18).fill(0))], placement)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
  expect(() => decodeBoxInSpace([floatOutput('a', [1, 1], [1])], placement)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
});
