import { describe, expect, it } from 'vitest';
import type { BuiltinOperator } from '../format/schema/operators';
import { openModel } from '../format/verify/verify';
import { GraphBuilder, type GraphTensor } from '../testing/graph';
import { fixtureModel, hasFixtures } from '../testing/models';
import { summarize } from './summarize';

/** The names of the outputs that are marked. */
function sized(bytes: Uint8Array): readonly string[] {
  return summarize(openModel(bytes)).signatures.flatMap(({ outputs }) => outputs.flatMap(({ name, sizedInRuns }) => (sizedInRuns === true ? [name] : [])));
}

function made(make: (graph: GraphBuilder) => void): readonly string[] {
  const graph = new GraphBuilder();
  make(graph);
  return sized(graph.bytes());
}

/** How files state the shape of what they cannot know. */
const statements: readonly (readonly [string, GraphTensor])[] = [
  ['the right shape', { shape: [2, 2] }], ['free dimensions', { shape: [1, 1], signature: [-1, -1] }], ['no shape', { shape: [], hasRank: false }], ['another shape', { shape: [4, 4] }],
];

describe('an output that an input’s values size', () => {
  it.each(statements)('is found where the file states %s', (_, stated) => {
    expect(made((graph) => {
      const [x, size, y] = [graph.tensor('x', { shape: [4] }), graph.tensor('size', { shape: [2], dtype: 'int32' }), graph.tensor('y', stated)];
      graph.op('RESHAPE', [x, size], [y], 'ReshapeOptions');
      graph.edges([x, size], [y]);
    })).toEqual(['y']);
  });

  it.each<[BuiltinOperator, number]>([
    ['TILE', 1], ['FILL', 0], ['BROADCAST_TO', 1], ['RESIZE_BILINEAR', 1], ['TOPK_V2', 1], ['PAD', 1], ['ONE_HOT', 1], ['EXPAND_DIMS', 1], ['SUM', 1], ['TRANSPOSE', 1], ['TRANSPOSE_CONV', 0],
    ['NON_MAX_SUPPRESSION_V4', 2], ['SEGMENT_SUM', 1], ['RFFT2D', 1], ['WHERE', 0], ['UNIQUE', 0],
  ])('is found behind %s, whose input %i says how large', (op, position) => {
    const outputOf = (given: 'input' | 'constant') => made((graph) => {
      const operands = Array.from({ length: 3 }, (_, index) => (index === position && given === 'input' ? graph.tensor(`operand ${index}`, { shape: [1], dtype: 'int32' }) : graph.constant([1])));
      const y = graph.tensor('y', { shape: [1] });
      graph.op(op, operands, [y]);
      graph.edges(given === 'input' ? [operands[position] ?? -1] : [], [y]);
    });
    expect([outputOf('input'), outputOf('constant')]).toEqual([['y'], []]);
  });

  const where = (end: (graph: GraphBuilder, found: number) => number) => made((graph) => {
    const [x, found] = [graph.tensor('x', { shape: [4], dtype: 'bool' }), graph.tensor('found', { shape: [1, 1], signature: [-1, 1], dtype: 'int64' })];
    graph.op('WHERE', [x], [found], 'WhereOptions');
    graph.edges([x], [end(graph, found)]);
  });

  it('is found through ops that pass the size on, and not where they reduce it', () => {
    expect(where((graph, found) => {
      const y = graph.tensor('y', { shape: [1, 1], signature: [-1, 1] });
      graph.op('CAST', [found], [y], 'CastOptions');
      return y;
    })).toEqual(['y']);
    expect(where((graph, found) => {
      const y = graph.tensor('y', { shape: [1] });
      graph.op('SUM', [found, graph.constant([0])], [y], 'ReducerOptions');
      return y;
    })).toEqual([]);
  });
});

describe('an output that follows from the shapes of inputs', () => {
  /** y = FILL(what comes of SHAPE(x)), and then another op if asked. */
  const filled = (between: (graph: GraphBuilder, shape: number) => number, more = false) => made((graph) => {
    const [x, shape, y, end] = [graph.tensor('x', { shape: [2, 2] }), graph.tensor('shape', { shape: [2], dtype: 'int32' }), graph.tensor('y', { shape: [2, 2] }), graph.tensor('end', { shape: [2, 2] })];
    graph.op('SHAPE', [x], [shape], 'ShapeOptions', { out_type: 2 });
    graph.op('FILL', [between(graph, shape), graph.constant([1], 'float32', [])], [y], 'FillOptions');
    graph.op('ADD', [y, x], [end], 'AddOptions');
    graph.edges([x], [more ? end : y]);
  });
  const through = (op: BuiltinOperator, second: readonly number[]) => (graph: GraphBuilder, shape: number): number => {
    const computed = graph.tensor('computed', { shape: [2], dtype: 'int32' });
    graph.op(op, [shape, graph.constant(second)], [computed]);
    return computed;
  };

  it('is no such output where an interpreter knows it before it runs', () => {
    expect(filled((_, shape) => shape)).toEqual([]);
    expect(filled(through('MUL', [1, 2]))).toEqual([]);
  });

  // Keras models that end in a Reshape: measured to give what memory held.
  it('is one where the op that makes it waits for what is computed in the run', () => {
    expect(filled(through('ADD', [0, 1]))).toEqual(['y']);
    expect(filled(through('PACK', [0, 1]))).toEqual(['y']);
    expect(filled(through('PACK', [0, 1]), true)).toEqual([]);
  });
});

describe('control flow', () => {
  /** y = condition ? x + 1 : what `other` makes of x */
  const branches = (stated: GraphTensor, other: (graph: GraphBuilder, x: number) => number) => made((graph) => {
    const [condition, x, y] = [graph.tensor('condition', { dtype: 'bool' }), graph.tensor('x', { shape: [2] }), graph.tensor('y', stated)];
    graph.op('IF', [condition, x], [y], 'IfOptions', { then_subgraph_index: 1, else_subgraph_index: 2 });
    graph.edges([condition, x], [y]);
    for (const branch of [(inner: number) => { const sum = graph.tensor('sum', { shape: [2] }); graph.op('ADD', [inner, graph.constant([1, 1], 'float32')], [sum], 'AddOptions'); return sum; }, (inner: number) => other(graph, inner)]) {
      graph.subgraph();
      const inner = graph.tensor('inner', { shape: [2] });
      graph.edges([inner], [branch(inner)]);
    }
  });
  const twice = (graph: GraphBuilder, x: number): number => {
    const tiled = graph.tensor('tiled', { shape: [4] });
    graph.op('TILE', [x, graph.constant([2])], [tiled], 'TileOptions');
    return tiled;
  };

  it('sizes an output by its condition where branches differ, and else does not', () => {
    expect(branches({ shape: [1], signature: [-1] }, twice)).toEqual(['y']);
    expect(branches({ shape: [1], signature: [-1] }, (_, x) => x)).toEqual([]);
    expect(branches({ shape: [2] }, (_, x) => x)).toEqual([]);
  });
});

it.skipIf(!hasFixtures).each<[string, readonly string[]]>([
  ['coco_ssd_with_metadata.tflite', []], ['dilated_conv.tflite', []], ['okay_nabu_v2.tflite', []], ['yamnet_audio_classifier_with_metadata.tflite', []], ['keras_lstm_mnist_ptq.tflite', []],
  ['simple_add_dynamic_shape.tflite', []], ['tf2_mobilenet_v2_1.0_224_ptq.tflite', []],
])('%s: %j', (file, expected) => {
  expect(sized(fixtureModel(file))).toEqual(expected);
});
