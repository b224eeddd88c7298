import { expect, test } from 'vitest';
import { addition, buildModel, subgraph, tensor } from '../../../tflite/testing/build';
import { openModel } from '../../../tflite/format/verify/verify';
import { layoutGraph } from '../../layout/worker/layout';
import { usersOfFolded } from '../page/folded-ops';
import type { Graph } from '../shared/types';
import { buildGraphs } from './build-graph';

/** Codes of the schema's BuiltinOperator. */
const codes = { ADD: 0, DEQUANTIZE: 6, RESHAPE: 22, TRANSPOSE: 39, SPLIT: 49, CAST: 53, PACK: 83, IF: 118, DENSIFY: 124 } as const;
const names = Object.keys(codes) as (keyof typeof codes)[];

type MadeOp = readonly [name: keyof typeof codes, inputs: readonly number[], outputs: readonly number[]];

/** One graph of these ops. Tensor 0 is the model's input; those with a buffer of values are constants. */
function graphOf(tensors: readonly object[], ops: readonly MadeOp[], outputs: readonly number[]): Graph {
  const bytes = buildModel(addition({
    operator_codes: names.map((name) => ({ deprecated_builtin_code: Math.min(codes[name], 127), builtin_code: codes[name], version: 1 })),
    subgraphs: [subgraph({ tensors: [...tensors], outputs: [...outputs], operators: ops.map(([name, inputs, made]) => ({ opcode_index: names.indexOf(name), inputs: [...inputs], outputs: [...made] })) })],
  }));
  const [graph] = buildGraphs(openModel(bytes)).graphs;
  if (graph === undefined) throw new Error('The model has no graph.');
  return graph;
}

const float16 = 1;
const constant = { buffer: 1 };
const shownOps = (graph: Graph): readonly string[] => layoutGraph(graph, { graph: 0, closed: [], folded: true, page: null }).nodes.filter(({ kind }) => kind === 'op').map(({ id }) => id);

test('ops that read constants alone are folded, whatever they are and however many follow each other', () => {
  const graph = graphOf(
    [tensor({ name: 'input' }), tensor({ name: 'stored', shape: [2, 1], type: float16, ...constant }), tensor({ name: 'order', shape: [2], type: 2, ...constant }),
      tensor({ name: 'transposed', type: float16 }), tensor({ name: 'reshaped', type: float16 }), tensor({ name: 'weights' }), tensor({ name: 'packed', shape: [2, 1, 2] }), tensor({ name: 'sum' }), tensor({ name: 'output', shape: [2, 1, 2] })],
    [['TRANSPOSE', [1, 2], [3]], ['RESHAPE', [3], [4]], ['CAST', [4], [5]], ['PACK', [5, 5], [6]], ['ADD', [0, 5], [7]], ['ADD', [7, 6], [8]]],
    [8],
  );
  expect(graph.ops.map(({ foldable }) => foldable)).toEqual([true, true, true, true, false, false]);
  expect(shownOps(graph)).toEqual(['op 4', 'op 5']);
  // The same values in another form keep the type that the file has them in; others have their own.
  expect(graph.ops[4]?.constants).toEqual([{ input: 5, tensor: 1, shape: [1, 2], dtype: 'float16' }]);
  expect(graph.ops[5]?.constants).toEqual([{ input: 6, tensor: 1, shape: [2, 1, 2], dtype: 'float32' }]);
  expect([...usersOfFolded(graph)].sort()).toEqual([[0, 4], [1, 4], [2, 4], [3, 5]]);
});

test('an op with several results is folded with all of them, and one whose result nobody reads', () => {
  const graph = graphOf(
    [tensor({ name: 'input' }), tensor({ name: 'axis', shape: [], type: 2, ...constant }), tensor({ name: 'stored', shape: [1, 4], ...constant }), tensor({ name: 'left' }), tensor({ name: 'right' }), tensor({ name: 'unused' }), tensor({ name: 'sum' }), tensor({ name: 'output' })],
    [['SPLIT', [1, 2], [3, 4]], ['DEQUANTIZE', [2], [5]], ['ADD', [0, 3], [6]], ['ADD', [6, 4], [7]]],
    [7],
  );
  expect(graph.ops.map(({ foldable }) => foldable)).toEqual([true, true, false, false]);
  expect([...usersOfFolded(graph)]).toEqual([[0, 2]]);
});

test('what a graph gives, what depends on its input and what calls others is shown', () => {
  const tensors = [tensor({ name: 'input' }), tensor({ name: 'stored', type: float16, ...constant }), tensor({ name: 'given' }), tensor({ name: 'cast' }), tensor({ name: 'output' })];
  const graph = graphOf(tensors, [['DEQUANTIZE', [1], [2]], ['CAST', [0], [3]], ['ADD', [3, 2], [4]]], [2, 4]);
  expect(graph.ops.map(({ foldable }) => foldable)).toEqual([false, false, false]);
  // It comes from an op that is seen, with a line between them.
  expect(graph.ops[2]?.constants).toEqual([]);
  expect(layoutGraph(graph, { graph: 0, closed: [], folded: true, page: null }).edges.filter(({ tensor: along }) => along === 2)).toHaveLength(2);

  const calling = graphOf(tensors, [['IF', [1], [2]], ['ADD', [0, 2], [4]]], [4]);
  expect(calling.ops.map(({ foldable }) => foldable)).toEqual([false, false]);
});

test('a constant that is an input too can be given, and folds nothing', () => {
  const graph = graphOf([tensor({ name: 'input', type: float16, ...constant }), tensor({ name: 'values' }), tensor({ name: 'output' })], [['DEQUANTIZE', [0], [1]], ['ADD', [1, 1], [2]]], [2]);
  expect(graph.ops.map(({ foldable, inputs }) => [foldable, inputs])).toEqual([[false, [0]], [false, [1, 1]]]);
});
