import { expect, test } from 'vitest';
import { type Bundle, bundlePath, bundlesOf } from './bundles';
import type { PlacedEdge } from './layout-types';

const edge = (tensor: number, ...points: (readonly [number, number])[]): PlacedEdge => ({
  tensor, points: points.map(([x, y]) => ({ x, y })), arrives: true,
  left: Math.min(...points.map(([x]) => x)), right: Math.max(...points.map(([x]) => x)), top: Math.min(...points.map(([, y]) => y)), bottom: Math.max(...points.map(([, y]) => y)),
});

const pathOf = (bundle: Bundle | undefined): string => (bundle === undefined ? '' : bundlePath(bundle));

test('ways of one tensor are drawn together, each from where it leaves the others', () => {
  const [one, other] = bundlesOf([
    edge(7, [50, 0], [50, 100]),
    // Turns half-way down the first one: its corner begins 9 before.
    edge(7, [50, 0], [50, 40], [90, 40], [90, 100]),
    // Shares that corner, and goes on across.
    edge(7, [50, 0], [50, 40], [150, 40], [150, 100]),
    edge(3, [0, 0], [0, 10]),
    // As far along as the one before it, which is further than the one before that.
    edge(7, [50, 0], [50, 40], [170, 40], [170, 100]),
    // Nothing of its own.
    edge(7, [50, 0], [50, 100]),
    // Beyond the end of the first one.
    edge(7, [50, 0], [50, 130]),
  ]);
  expect(pathOf(one).split('M').slice(1)).toEqual([
    '50 0L50 100',
    '50 31L50 35.5Q50 40 59 40L81 40Q90 40 90 49L90 100',
    '81 40L141 40Q150 40 150 49L150 100',
    '141 40L161 40Q170 40 170 49L170 100',
    '50 91L50 130',
  ]);
  expect(one).toMatchObject({ tensor: 7, left: 50, right: 170, top: 0, bottom: 130 });
  expect([other?.tensor, pathOf(other)]).toEqual([3, 'M0 0L0 10']);
});

test('ways that part at a corner both round it', () => {
  const [bundle] = bundlesOf([edge(0, [0, 0], [0, 20], [-40, 20], [-40, 60]), edge(0, [0, 0], [0, 20], [40, 20], [40, 60])]);
  expect(pathOf(bundle)).toBe('M0 0L0 11Q0 20 -9 20L-31 20Q-40 20 -40 29L-40 60M0 11L0 15.5Q0 20 9 20L31 20Q40 20 40 29L40 60');
});
