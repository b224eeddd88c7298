import { expect, test } from 'vitest';
import { layoutGraph } from '../../layout/worker/layout';
import { madeGraph } from '../../testing/made';
import { neighboursIn } from './neighbours';

/** Ids of what stands around a node. */
function around(graph: ReturnType<typeof madeGraph>, id: string, closed: readonly string[] = []) {
  const layout = layoutGraph(graph, { graph: 0, closed, folded: true, page: null });
  const node = layout.nodes.find((each) => each.id === id);
  if (node === undefined) throw new Error(`There is no ${id} among ${layout.nodes.map((each) => each.id).join(', ')}.`);
  const { before, after, beside } = neighboursIn(graph, layout)(node);
  return [before, after, beside].map((nodes) => nodes.map((each) => each.id));
}

// A trunk, three branches that join, one of them of two ops.
const branched = madeGraph([{ inputs: [0] }, { inputs: [1] }, { inputs: [1] }, { inputs: [3] }, { inputs: [1] }, { inputs: [2, 4, 5], name: 'CONCATENATION' }]);

test('before and after an op stand those that give and take its tensors, beside it those that share one', () => {
  expect(around(branched, 'op 0')).toEqual([['input 0'], ['op 1', 'op 2', 'op 4'], []]);
  expect(around(branched, 'op 1')).toEqual([['op 0'], ['op 5'], ['op 2', 'op 3', 'op 4']]);
  expect(around(branched, 'op 3')).toEqual([['op 2'], ['op 5'], ['op 1', 'op 4']]);
  expect(around(branched, 'op 5')).toEqual([['op 1', 'op 3', 'op 4'], ['output 6'], []]);
});

test('inputs and outputs are the ends', () => {
  expect(around(branched, 'input 0')).toEqual([[], ['op 0'], []]);
  expect(around(branched, 'output 6')).toEqual([['op 5'], [], []]);
});

test('a block’s shortcut stands beside its first op', () => {
  const block = madeGraph([{ inputs: [0] }, { inputs: [1] }, { inputs: [2] }, { inputs: [3, 1], name: 'ADD' }]);
  expect(around(block, 'op 1')).toEqual([['op 0'], ['op 2'], ['op 3']]);
  expect(around(block, 'op 3')).toEqual([['op 0', 'op 2'], ['output 4'], ['op 1']]);
});

test('a closed group has the neighbours of all that is in it, and is none of its own', () => {
  const grouped = madeGraph([{ inputs: [0] }, { inputs: [1], scope: 'block' }, { inputs: [2], scope: 'block' }, { inputs: [3] }]);
  const closed = layoutGraph(grouped, { graph: 0, closed: [], folded: true, page: null }).groups;
  expect(closed).toHaveLength(1);
  expect(around(grouped, closed[0] ?? '', closed)).toEqual([['op 0'], ['op 3'], []]);
  expect(around(grouped, 'op 3', closed)).toEqual([[closed[0]], ['output 4'], []]);
});
