import { expect, test } from 'vitest';
import { openModel } from '../../../tflite/format/verify/verify';
import { fixtureModel, hasFixtures } from '../../../tflite/testing/models';
import { buildGraphs } from '../worker/build-graph';
import { summarizeGroup } from './group-summary';
import type { Graph, GraphOp } from '../shared/types';

const op = (index: number, name: string, inputs: readonly number[], outputs: readonly number[], macs: number): GraphOp => ({
  index, name, inputs, outputs, custom: false, family: 'elementwise', fact: '', constants: [], scope: [], foldable: false, calls: [], values: { macs, weightBytes: index, activationBytes: 10 },
});

test('adds up what is inside, and tells what comes in and what goes out', () => {
  const graph: Graph = {
    index: 0, name: '', tensors: [], inputs: [0], outputs: [5],
    ops: [op(0, 'ADD', [0], [1], 1), op(1, 'MUL', [1, 0], [2], 20), op(2, 'ADD', [2], [3, 4], 300), op(3, 'SUB', [3, 4], [5], 4000)],
  };
  expect(summarizeGroup(graph, [1, 2])).toEqual({
    kinds: [{ name: 'MUL', count: 1, macs: 20 }, { name: 'ADD', count: 1, macs: 300 }], costs: { macs: 320, weightBytes: 3, activationBytes: 20 }, inputs: [1, 0], outputs: [3, 4],
  });
  // What leaves the subgraph goes out too, and the same kind twice is one.
  expect(summarizeGroup(graph, [0, 2, 3])).toMatchObject({ kinds: [{ name: 'ADD', count: 2, macs: 301 }, { name: 'SUB', count: 1, macs: 4000 }], inputs: [0, 2], outputs: [1, 5] });
});

test.skipIf(!hasFixtures)('the first block of MobileNet v2', () => {
  const [graph] = buildGraphs(openModel(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite'))).graphs;
  const block = graph?.ops.slice(2, 4) ?? [];
  // 3 × 3 over 112 × 112 × 32, then 32 to 16 channels; int8 weights with int32 biases.
  expect(graph !== undefined && summarizeGroup(graph, block.map(({ index }) => index)).costs).toMatchObject({ macs: 112 * 112 * 32 * (9 + 16), weightBytes: 32 * 9 + 4 * 32 + 32 * 16 + 4 * 16 });
});
