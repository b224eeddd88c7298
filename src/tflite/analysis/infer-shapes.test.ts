import { encode } from 'flatbuffers/js/flexbuffers.js';
import { describe, expect, test } from 'vitest';
import { inferShapes } from './infer-shapes';
import type { Model } from '../format/model';
import { opEntry } from './op-table';
import { SmallValues } from './ops/small-values';
import { type BuiltinOperator, builtinOperators } from '../format/schema/operators';
import { type Fields, addition, buildModel, subgraph, tensor } from '../testing/build';
import { GraphBuilder } from '../testing/graph';
import { errorOf, fixtureModel, fixtureModels, galleryModel, galleryModels, hasFixtures } from '../testing/models';
import { openModel } from '../format/verify/verify';

/** Ops whose rule gives other shapes than the file states, as `op name: inferred, not stated`; and how many agree. */
function compareRules(model: Model): { readonly wrong: readonly string[]; readonly right: number } {
  const wrong: string[] = [];
  let right = 0;
  for (const graph of model.subgraphs) {
    const stated = graph.tensors.map(({ shape }) => shape);
    // Where a dimension is free, converters store 1, whatever the op makes of its inputs.
    const isFree = (index: number): boolean => graph.tensors[index]?.shapeSignature?.includes(-1) === true;
    const values = new SmallValues(model, graph);
    for (const operator of graph.operators) {
      if (operator.outputs.some(isFree)) continue;
      const outputs = operator.outputs.map((index) => stated[index] ?? []);
      const query = {
        inputs: operator.inputs.map((index) => stated[index] ?? null), options: operator.options,
        values: (position: number) => values.of(operator.inputs[position]), stated: outputs, customOptions: operator.customOptions,
      };
      const inferred = opEntry(operator.code)?.shape?.(query) ?? null;
      if (inferred !== null && JSON.stringify(inferred) !== JSON.stringify(outputs)) wrong.push(`${operator.code.name}: ${JSON.stringify(inferred)}, not ${JSON.stringify(outputs)}`);
      else if (inferred !== null) right += 1;
      values.follow(operator, stated);
    }
  }
  return { wrong, right };
}

describe('the rules give the shapes that converters stored', () => {
  test.each(galleryModels)('%s', (path) => {
    const model = openModel(galleryModel(path));
    const ruled = model.subgraphs.flatMap(({ operators }) => operators).filter(({ code }) => opEntry(code)?.shape !== undefined).length;
    expect(compareRules(model)).toEqual({ wrong: [], right: ruled });
  });

  describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
    test.each(fixtureModels)('%s', (file) => {
      expect(compareRules(openModel(fixtureModel(file))).wrong).toEqual([]);
    });

    test('a batch is carried through convolutions, pooling, reshape and matrices', () => {
      const model = openModel(fixtureModel('conv_fc_mnist.tflite'));
      const { shapes, unknown } = inferShapes(model, undefined, { conv2d_input: [8, 28, 28, 1] });
      expect([...unknown]).toEqual([]);
      const produced = model.subgraphs[0]?.operators.flatMap(({ outputs }) => outputs.map((index) => shapes[index]?.[0]));
      expect(produced).toEqual(produced?.map(() => 8));
    });

    test('free dimensions of additions', () => {
      const model = openModel(fixtureModel('simple_add_dynamic_shape.tflite'));
      const names = Object.keys(Object.fromEntries(model.signatures[0]?.inputs.map(({ name }) => [name, 0]) ?? model.subgraphs[0]?.inputs.map((index) => [model.subgraphs[0]?.tensors[index]?.name ?? '', 0]) ?? []));
      const { shapes } = inferShapes(model, undefined, Object.fromEntries(names.map((name) => [name, [3, 128, 4]])));
      expect(model.subgraphs[0]?.outputs.map((index) => shapes[index])).toEqual([[3, 128, 4]]);
    });
  });
});

const int32 = (...values: number[]): Fields => ({ data: new Uint8Array(Int32Array.from(values).buffer) });

/** One op over an input of shape [2, 6, 8, 4] whose batch is free; further inputs are constants of integers. */
function outputOf(code: number, options: Fields | null, constants: readonly number[][], outputs = 1, input: readonly number[] = [1, 6, 8, 4], first = 0, stated: readonly number[] = [1, 7]): unknown {
  const second = options !== null && String(options.member).startsWith('Stablehlo');
  const tensors = [tensor({ name: 'x', shape: input, shape_signature: input.with(0, -1) }), ...constants.map((values, index) => tensor({ type: 2, shape: [values.length], buffer: index + 1 }))];
  const made = Array.from({ length: outputs }, (_, index) => tensors.length + index);
  const inputs = constants.map((_, index) => index + 1).toSpliced(first, 0, 0);
  const model = openModel(buildModel(addition({
    operator_codes: [{ builtin_code: code }],
    buffers: [{}, ...constants.map((values) => int32(...values))],
    subgraphs: [subgraph({
      tensors: [...tensors, ...made.map(() => tensor({ shape: stated, shape_signature: stated.with(0, -1) }))],
      outputs: made,
      operators: [{ inputs, outputs: made, ...(options === null ? {} : { [second ? 'builtin_options_2' : 'builtin_options']: options }) }],
    })],
  })));
  const { shapes, unknown } = inferShapes(model, undefined, { x: input.with(0, 2) });
  return unknown.size > 0 ? 'unknown' : made.map((index) => shapes[index]);
}
const code = (name: BuiltinOperator): number => builtinOperators.indexOf(name);
const settings = (member: string, value: Fields = {}): Fields => ({ member, value });

describe('one op at a time, over [2, 6, 8, 4]', () => {
  test.each<[name: string, actual: unknown, expected: unknown]>([
    ['RELU', outputOf(19, null, []), [[2, 6, 8, 4]]],
    ['AVERAGE_POOL_2D, valid', outputOf(1, settings('Pool2DOptions', { padding: 1, stride_w: 2, stride_h: 2, filter_width: 3, filter_height: 3 }), []), [[2, 2, 3, 4]]],
    ['MAX_POOL_2D, same', outputOf(17, settings('Pool2DOptions', { stride_w: 3, stride_h: 4, filter_width: 3, filter_height: 3 }), []), [[2, 2, 3, 4]]],
    ['RESHAPE with −1', outputOf(22, null, [[-1, 24]]), [[16, 24]]],
    ['RESHAPE to a fixed size that no longer fits', outputOf(22, null, [[1, 192]]), 'unknown'],
    ['RESHAPE by its settings', outputOf(22, settings('ReshapeOptions', { new_shape: [-1, 192] }), []), [[2, 192]]],
    ['CONCATENATION', outputOf(2, settings('ConcatenationOptions', { axis: -1 }), []), [[2, 6, 8, 4]]],
    ['PAD', outputOf(34, null, [[0, 0, 1, 2, 0, 3, 0, 0]]), [[2, 9, 11, 4]]],
    ['TRANSPOSE', outputOf(39, null, [[0, 3, 1, 2]]), [[2, 4, 6, 8]]],
    ['MEAN', outputOf(40, settings('ReducerOptions'), [[1, 2]]), [[2, 4]]],
    ['MEAN, kept', outputOf(40, settings('ReducerOptions', { keep_dims: true }), [[1, -2]]), [[2, 1, 1, 4]]],
    ['SQUEEZE', outputOf(43, settings('SqueezeOptions', { squeeze_dims: [1] }), [], 1, [1, 1, 8]), [[2, 8]]],
    ['STRIDED_SLICE', outputOf(45, settings('StridedSliceOptions', { begin_mask: 1, end_mask: 1, shrink_axis_mask: 2 }), [[0, 2, -3, 0], [0, 3, 8, 4], [1, 1, 2, 1]]), [[2, 2, 4]]],
    ['SPLIT', outputOf(49, settings('SplitOptions', { num_splits: 2 }), [[3]], 2, [1, 6, 8, 4], 1), [[2, 6, 8, 2], [2, 6, 8, 2]]],
    ['SPLIT_V', outputOf(102, settings('SplitVOptions', { num_splits: 2 }), [[5, -1], [2]], 2), [[2, 6, 5, 4], [2, 6, 3, 4]]],
    ['ARG_MAX', outputOf(56, settings('ArgMaxOptions'), [[3]]), [[2, 6, 8]]],
    ['SLICE', outputOf(65, null, [[0, 1, 2, 0], [-1, 2, -1, 4]]), [[2, 2, 6, 4]]],
    ['RESIZE_BILINEAR', outputOf(23, null, [[12, 20]]), [[2, 12, 20, 4]]],
    ['TILE', outputOf(69, null, [[1, 2, 1, 3]]), [[2, 12, 8, 12]]],
    ['EXPAND_DIMS', outputOf(70, null, [[-1]]), [[2, 6, 8, 4, 1]]],
    ['PACK', outputOf(83, settings('PackOptions', { values_count: 1, axis: 1 }), []), [[2, 1, 6, 8, 4]]],
    ['UNPACK', outputOf(88, settings('UnpackOptions', { num: 4, axis: 3 }), [], 4), Array(4).fill([2, 6, 8])],
    ['GATHER', outputOf(36, settings('GatherOptions', { axis: 2 }), [[1, 1, 0]]), [[2, 6, 3, 4]]],
    ['SPACE_TO_DEPTH', outputOf(26, settings('SpaceToDepthOptions', { block_size: 2 }), []), [[2, 3, 4, 16]]],
    ['DEPTH_TO_SPACE', outputOf(5, settings('DepthToSpaceOptions', { block_size: 2 }), []), [[2, 12, 16, 1]]],
    ['SPACE_TO_BATCH_ND', outputOf(38, null, [[2, 2], [0, 0, 1, 1]]), [[8, 3, 5, 4]]],
    ['BATCH_TO_SPACE_ND', outputOf(37, null, [[2, 1], [1, 0, 0, 0]]), [[1, 11, 8, 4]]],
    ['TOPK_V2', outputOf(48, null, [[3]], 2), [[2, 6, 8, 3], [2, 6, 8, 3]]],
    ['SHAPE', outputOf(77, settings('ShapeOptions'), []), [[4]]],
    ['SOFTMAX', outputOf(25, settings('SoftmaxOptions'), []), [[2, 6, 8, 4]]],
    ['STABLEHLO_ADD with itself', outputOf(code('STABLEHLO_ADD'), null, []), [[2, 6, 8, 4]]],
    ['STABLEHLO_CONVERT', outputOf(code('STABLEHLO_CONVERT'), null, []), [[2, 6, 8, 4]]],
    ['STABLEHLO_TRANSPOSE', outputOf(code('STABLEHLO_TRANSPOSE'), settings('StablehloTransposeOptions', { permutation: [0n, 3n, 1n, 2n] }), []), [[2, 4, 6, 8]]],
    ['STABLEHLO_RESHAPE of as many elements', outputOf(code('STABLEHLO_RESHAPE'), null, [], 1, [1, 6, 8, 4], 0, [12, 32]), [[12, 32]]],
    ['STABLEHLO_RESHAPE that no longer fits', outputOf(code('STABLEHLO_RESHAPE'), null, [], 1, [1, 6, 8, 4], 0, [6, 32]), 'unknown'],
    ['STABLEHLO_BROADCAST_IN_DIM', outputOf(code('STABLEHLO_BROADCAST_IN_DIM'), settings('StablehloBroadcastInDimOptions', { broadcast_dimensions: [1n, 2n] }), [], 1, [1, 1], 0, [5, 1, 9]), [[5, 2, 9]]],
    ['STABLEHLO_CONCATENATE', outputOf(code('STABLEHLO_CONCATENATE'), settings('StablehloConcatenateOptions', { dimension: 3n }), []), [[2, 6, 8, 4]]],
    ['STABLEHLO_PAD', outputOf(code('STABLEHLO_PAD'), settings('StablehloPadOptions', { edge_padding_low: [0n, 1n, -2n, 0n], edge_padding_high: [0n, 2n, 0n, 0n], interior_padding: [0n, 1n, 0n, 2n] }), []), [[2, 14, 6, 10]]],
    ['STABLEHLO_SLICE', outputOf(code('STABLEHLO_SLICE'), settings('StablehloSliceOptions', { start_indices: [0n, 1n, 0n, 0n], limit_indices: [2n, 6n, 8n, 3n], strides: [1n, 2n, 3n, 1n] }), []), [[2, 3, 3, 3]]],
    ['STABLEHLO_DYNAMIC_SLICE', outputOf(code('STABLEHLO_DYNAMIC_SLICE'), settings('StablehloDynamicSliceOptions', { slice_sizes: [2n, 1n, 8n, 4n] }), []), [[2, 1, 8, 4]]],
    ['STABLEHLO_CLAMP', outputOf(code('STABLEHLO_CLAMP'), null, [[0], [6]], 1, [1, 6, 8, 4], 1), [[2, 6, 8, 4]]],
    ['STABLEHLO_DOT_GENERAL', outputOf(code('STABLEHLO_DOT_GENERAL'), settings('StablehloDotGeneralOptions', { lhs_contracting_dimensions: [3n], rhs_contracting_dimensions: [0n] }), [[1, 2, 3, 4]]), [[2, 6, 8]]],
    ['MATRIX_DIAG', outputOf(code('MATRIX_DIAG'), null, []), [[2, 6, 8, 4, 4]]],
    ['UNSORTED_SEGMENT_SUM, over batch', outputOf(code('UNSORTED_SEGMENT_SUM'), null, [[0, 1], [5]]), [[5, 6, 8, 4]]],
    ['an op without a rule', outputOf(33, null, []), 'unknown'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

test('CONV_3D: depth, height and width by stride, dilation and padding', () => {
  // Weights [3, 3, 2, 4, 16]: valid, with a dilation of 2 along the height and a stride of 2 along the width.
  const model = openModel(buildModel(addition({
    operator_codes: [{ builtin_code: code('CONV_3D') }],
    buffers: [{}, { data: new Uint8Array(4 * 3 * 3 * 2 * 4 * 16) }],
    subgraphs: [subgraph({
      tensors: [tensor({ name: 'x', shape: [1, 5, 9, 8, 4], shape_signature: [-1, 5, 9, 8, 4] }), tensor({ shape: [3, 3, 2, 4, 16], buffer: 1 }), tensor({ shape: [1, 3, 5, 4, 16], shape_signature: [-1, 3, 5, 4, 16] })],
      operators: [{ inputs: [0, 1], outputs: [2], builtin_options: settings('Conv3DOptions', { padding: 1, stride_d: 1, stride_h: 1, stride_w: 2, dilation_h_factor: 2 }) }],
    })],
  })));
  const { shapes, unknown } = inferShapes(model, undefined, { x: [2, 5, 9, 8, 4] });
  expect([shapes[2], unknown.size]).toEqual([[2, 3, 5, 4, 16], 0]);
});

test('a reshape whose sizes are computed from the shape of the input', () => {
  // SHAPE, STRIDED_SLICE for its first element, PACK with −1, RESHAPE: how converters flatten.
  const model = openModel(buildModel(addition({
    operator_codes: [{ builtin_code: 77 }, { builtin_code: 45 }, { builtin_code: 83 }, { builtin_code: 22 }],
    buffers: [{}, int32(0), int32(1), int32(-1)],
    subgraphs: [subgraph({
      tensors: [
        tensor({ name: 'x', shape: [1, 3, 4], shape_signature: [-1, 3, 4] }), tensor({ type: 2, shape: [3] }), tensor({ type: 2, shape: [] }), tensor({ type: 2, shape: [2] }),
        tensor({ shape: [1, 12], shape_signature: [-1, -1] }), tensor({ type: 2, shape: [1], buffer: 1 }), tensor({ type: 2, shape: [1], buffer: 2 }), tensor({ type: 2, shape: [], buffer: 3 }),
      ],
      outputs: [4],
      operators: [
        { opcode_index: 0, inputs: [0], outputs: [1] },
        { opcode_index: 1, inputs: [1, 5, 6, 6], outputs: [2], builtin_options: settings('StridedSliceOptions', { shrink_axis_mask: 1 }) },
        { opcode_index: 2, inputs: [2, 7], outputs: [3], builtin_options: settings('PackOptions', { values_count: 2 }) },
        { opcode_index: 3, inputs: [0, 3], outputs: [4] },
      ],
    })],
  })));
  const { shapes, unknown } = inferShapes(model, '', { x: [9, 3, 4] });
  expect([shapes[4], unknown.size]).toEqual([[9, 12], 0]);
});

test.each<[name: BuiltinOperator, values: readonly number[][], expected: unknown]>([
  ['RANGE', [[2], [11], [4]], [3]],
  ['RANGE', [[5], [-1], [-2]], [3]],
  ['RANGE', [[5], [9], [-1]], [0]],
  ['SPARSE_TO_DENSE', [[0], [7, 3], [1], [0]], [7, 3]],
  ['SCATTER_ND', [[0], [1], [4, 9]], [4, 9]],
  ['RANDOM_UNIFORM', [[3, 2, 1]], [3, 2, 1]],
  ['BROADCAST_ARGS', [[1, 2], [4, 5, 6]], [3]],
])('%s of constants %j', (name, values, expected) => {
  const out = values.length;
  const model = openModel(buildModel(addition({
    operator_codes: [{ builtin_code: code(name) }],
    buffers: [{}, ...values.map((each) => int32(...each))],
    subgraphs: [subgraph({
      tensors: [...values.map((each, index) => tensor({ type: 2, shape: [each.length], buffer: index + 1 })), tensor({ shape: [1], shape_signature: [-1] })],
      inputs: [], outputs: [out], operators: [{ inputs: values.map((_, index) => index), outputs: [out] }],
    })],
  })));
  const { shapes, unknown } = inferShapes(model);
  expect([shapes[out], unknown.size]).toEqual([expected, 0]);
});

describe('shapes go through what an op calls', () => {
  const free = (shape: readonly number[], changes: Fields = {}): Fields => tensor({ shape, shape_signature: shape.with(0, -1), ...changes });
  const rectify = subgraph({ tensors: [free([1, 4]), free([1, 4])], inputs: [0], outputs: [1], operators: [{ opcode_index: 1, inputs: [0], outputs: [1] }] });
  /** Flattens, so that what comes out has another shape than what goes in. */
  const flatten = subgraph({
    tensors: [free([1, 4]), free([4]), tensor({ type: 2, shape: [1], buffer: 1 })], inputs: [0], outputs: [1], operators: [{ opcode_index: 2, inputs: [0, 2], outputs: [1] }],
  });
  /** The output's shape for three rows. */
  function calling(name: BuiltinOperator, options: Fields, called: readonly Fields[], withCondition = false): unknown {
    const inputs = withCondition ? [2, 0] : [0];
    const model = openModel(buildModel(addition({
      operator_codes: [{ builtin_code: code(name) }, { builtin_code: code('RELU') }, { builtin_code: code('RESHAPE') }],
      buffers: [{}, int32(-1)],
      subgraphs: [
        subgraph({ tensors: [free([1, 4], { name: 'x' }), free([1, 4]), tensor({ name: 'which', type: 6, shape: [1] })], inputs, outputs: [1], operators: [{ inputs, outputs: [1], ...options }] }),
        ...called,
      ],
    })));
    const { shapes, unknown } = inferShapes(model, undefined, { x: [3, 4] });
    return unknown.has(1) ? 'unknown' : shapes[1];
  }
  const first = (member: string, value: Fields): Fields => ({ builtin_options: settings(member, value) });

  test.each<[name: string, actual: unknown, expected: unknown]>([
    ['IF with branches that agree', calling('IF', first('IfOptions', { then_subgraph_index: 1, else_subgraph_index: 2 }), [rectify, rectify], true), [3, 4]],
    ['IF with branches that do not', calling('IF', first('IfOptions', { then_subgraph_index: 1, else_subgraph_index: 2 }), [rectify, flatten], true), 'unknown'],
    ['WHILE with a body that keeps the shape', calling('WHILE', first('WhileOptions', { cond_subgraph_index: 1, body_subgraph_index: 2 }), [rectify, rectify]), [3, 4]],
    ['WHILE with a body that changes it', calling('WHILE', first('WhileOptions', { cond_subgraph_index: 1, body_subgraph_index: 2 }), [rectify, flatten]), 'unknown'],
    ['CALL', calling('CALL', first('CallOptions', { subgraph: 1 }), [flatten]), [12]],
    ['STABLEHLO_COMPOSITE', calling('STABLEHLO_COMPOSITE', { builtin_options_2: settings('StableHLOCompositeOptions', { name: 'x', decomposition_subgraph_index: 1 }) }, [flatten]), [12]],
    ['STABLEHLO_CASE', calling('STABLEHLO_CASE', { builtin_options_2: settings('StablehloCaseOptions', { branch_subgraph_indices: [1, 2] }) }, [flatten, flatten], true), [12]],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test('subgraphs that call each other two by two end', () => {
    const depth = 40;
    const twice = (next: number): Fields => subgraph({
      tensors: [free([1, 4], { name: 'x' }), free([1, 4]), free([1, 4])], inputs: [0], outputs: [2],
      operators: [[0, 1], [1, 2]].map(([from, to]) => ({ inputs: [from], outputs: [to], builtin_options: settings('CallOptions', { subgraph: next }) })),
    });
    const model = openModel(buildModel(addition({
      operator_codes: [{ builtin_code: code('CALL') }, { builtin_code: code('RELU') }],
      subgraphs: [...Array.from({ length: depth }, (_, index) => twice(index + 1)), rectify],
    })));
    expect(inferShapes(model, undefined, { x: [3, 4] }).unknown.size).toBeGreaterThan(0);
  });
});

test('inputs that do not fit are refused', () => {
  const model = openModel(buildModel(addition()));
  expect(errorOf(() => inferShapes(model, 'nothing')).code).toBe('INVALID_SHAPE');
  expect(errorOf(() => inferShapes(model, undefined, { nothing: [1] })).code).toBe('INVALID_SHAPE');
  expect(errorOf(() => inferShapes(model, undefined, { a: [2, 2] })).details).toMatch(/fixed/);
});

describe('outputs of which the file says nothing', () => {
  /** Of one op, whose outputs have neither shape nor rank. */
  const inferred = (make: (graph: GraphBuilder) => { readonly op: (outputs: readonly number[]) => void; readonly count: number }): unknown => {
    const graph = new GraphBuilder();
    const { op, count } = make(graph);
    const outputs = Array.from({ length: count }, (_, index) => graph.tensor(`output ${index}`, { hasRank: false }));
    op(outputs);
    graph.edges([], outputs);
    const { shapes, unknown } = inferShapes(openModel(graph.bytes()));
    return outputs.map((index) => (unknown.has(index) ? 'unknown' : shapes[index]));
  };

  test('TFLite_Detection_PostProcess gives as many boxes as its settings allow', () => {
    const detector = (settings: Uint8Array) => inferred((graph) => ({ count: 4, op: (outputs) => { graph.custom('TFLite_Detection_PostProcess', [], outputs, settings); } }));
    expect(detector(encode({ max_detections: 10, max_classes_per_detection: 1 }))).toEqual([[1, 10, 4], [1, 10], [1, 10], [1]]);
    expect(detector(encode({ max_detections: 25, max_classes_per_detection: 3 }))).toEqual([[1, 75, 4], [1, 75], [1, 75], [1]]);
    for (const settings of [encode({ max_detections: 0, max_classes_per_detection: 1 }), encode({}), encode([10, 1]), new Uint8Array(0)]) expect(detector(settings)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });

  test('NON_MAX_SUPPRESSION gives room for as many boxes as are allowed', () => {
    const kept = (name: 'NON_MAX_SUPPRESSION_V4' | 'NON_MAX_SUPPRESSION_V5', count: number) => inferred((graph) => {
      const operands = [graph.constant([0, 0, 1, 1], 'float32', [1, 4]), graph.constant([1], 'float32'), graph.constant([7], 'int32', [])];
      return { count, op: (outputs) => { graph.op(name, operands, outputs); } };
    });
    expect(kept('NON_MAX_SUPPRESSION_V4', 2)).toEqual([[7], []]);
    expect(kept('NON_MAX_SUPPRESSION_V5', 3)).toEqual([[7], [7], []]);
  });

  test('a scalar that the file calls one is one, and what no rule tells is not', () => {
    const graph = new GraphBuilder();
    const [x, scalar, open] = [graph.tensor('x', { shape: [2] }), graph.tensor('scalar'), graph.tensor('open', { hasRank: false })];
    graph.op('VAR_HANDLE', [x], [scalar]);
    graph.op('VAR_HANDLE', [x], [open]);
    graph.edges([x], [scalar, open]);
    const { shapes, unknown } = inferShapes(openModel(graph.bytes()));
    expect([shapes[scalar], [...unknown]]).toEqual([[], [open]]);
  });

  test.skipIf(!hasFixtures)('coco_ssd_with_metadata.tflite finds ten boxes', () => {
    const model = openModel(fixtureModel('coco_ssd_with_metadata.tflite'));
    const { shapes } = inferShapes(model);
    expect(model.subgraphs[0]?.outputs.map((index) => shapes[index])).toEqual([[1, 10, 4], [1, 10], [1, 10], [1]]);
  });
});
