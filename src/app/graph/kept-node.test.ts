import { expect, test } from 'vitest';
import type { GraphLayout, PlacedNode } from '../../graph/layout/shared/layout-types';
import { nearestKept } from './kept-node';

const node = (id: string, x: number, y: number): PlacedNode => ({ id, kind: 'op', ops: [], tensor: -1, title: id, fact: '', lines: [], family: null, x, y, width: 20, height: 20 });
const layout = (...nodes: readonly PlacedNode[]): GraphLayout => ({ graph: 0, width: 1000, height: 1000, groups: [], nodes, edges: [] });

test('the node that stood nearest to the middle and is still there', () => {
  const before = layout(node('a', 0, 0), node('b', 100, 100), node('c', 120, 100));
  const after = layout(node('a', 0, 0), node('b', 300, 50));
  expect(nearestKept(before, after, { x: 135, y: 110 })).toEqual([node('b', 100, 100), node('b', 300, 50)]);
  expect(nearestKept(before, layout(node('z', 0, 0)), { x: 0, y: 0 })).toBeNull();
});
