import { describe, expect, test } from 'vitest';
import { declaredShape } from '../model';
import { readModel } from './reader';
import { builtinOperators } from '../schema/operators';
import { modelSchema } from '../schema/tables';
import { layoutOf } from '../schema/fields';
import { addition, buildModel, subgraph, tensor } from '../../testing/build';
import { fixtureModel, galleryModel, hasFixtures } from '../../testing/models';

describe('the schema', () => {
  test('numbers ops and option tables as the format does', () => {
    expect(builtinOperators).toHaveLength(210);
    expect(['CUSTOM', 'DELEGATE', 'BATCH_MATMUL', 'GELU', 'STABLEHLO_COMPOSITE', 'STABLEHLO_CASE'].map((name) => (builtinOperators as readonly string[]).indexOf(name)))
      .toEqual([32, 51, 126, 150, 206, 209]);
    const { members } = modelSchema.Operator.builtin_options;
    expect([members.length, members.indexOf('SoftmaxOptions') + 1, members.indexOf('LeakyReluOptions') + 1, members.indexOf('BatchMatMulOptions') + 1]).toEqual([126, 9, 75, 101]);
  });

  test('gives a union two slots', () => {
    expect(layoutOf(modelSchema.Operator).get('custom_options')?.slot).toBe(5);
    expect(layoutOf(modelSchema.Operator).get('debug_metadata_index')?.slot).toBe(13);
    expect(layoutOf(modelSchema.QuantizationParameters).get('quantized_dimension')?.slot).toBe(6);
  });
});

describe('face_detection_short_range', () => {
  const bytes = galleryModel('face_detection/face_detection_short_range.tflite');
  const model = readModel(bytes);
  const [main] = model.subgraphs;

  test('has the published structure', () => {
    expect(model.version).toBe(3);
    expect(model.buffers).toHaveLength(88);
    expect(main?.tensors).toHaveLength(250);
    expect(main?.operators).toHaveLength(164);
    expect(main?.inputs.map((index) => main.tensors[index])).toMatchObject([{ name: 'input', dtype: 'float32', shape: [1, 128, 128, 3] }]);
    expect(main?.outputs.map((index) => main.tensors[index])).toMatchObject([
      { name: 'regressors', shape: [1, 896, 16] },
      { name: 'classificators', shape: [1, 896, 1] },
    ]);
  });

  test('reads options by name', () => {
    const convolution = main?.operators.find(({ code }) => code.name === 'CONV_2D');
    expect(convolution?.options).toMatchObject({ table: 'Conv2DOptions', values: { padding: 'SAME', stride_w: 2, stride_h: 2, dilation_w_factor: 1 } });
  });

  test('copies no weights', () => {
    const weights = model.buffers.filter(({ data }) => data.length > 0);
    expect(weights.every(({ data, position }) => data.buffer === bytes.buffer && data.byteOffset === position)).toBe(true);
  });

  test('agrees with a walk by hand', () => {
    const file = new DataView(bytes.buffer);
    const field = (table: number, slot: number): number => table + file.getUint16(table - file.getInt32(table, true) + 4 + 2 * slot, true);
    const follow = (position: number): number => position + file.getUint32(position, true);
    const root = follow(0);
    const graph = follow(follow(field(root, 2)) + 4);
    const tensors = follow(field(graph, 0));
    expect(main?.tensors).toHaveLength(file.getUint32(tensors, true));
    const names = main?.tensors.map(({ index }) => {
      const name = follow(field(follow(tensors + 4 + 4 * index), 3));
      return new TextDecoder().decode(bytes.subarray(name + 4, name + 4 + file.getUint32(name, true)));
    });
    expect(main?.tensors.map(({ name }) => name)).toEqual(names);
  });
});

test('custom ops carry their name and settings', () => {
  const model = readModel(galleryModel('selfie_segmentation/selfie_segmentation.tflite'));
  const custom = model.subgraphs[0]?.operators.filter(({ code }) => code.custom);
  expect(custom).toHaveLength(1);
  expect(custom?.[0]?.code).toMatchObject({ name: 'Convolution2DTransposeBias', builtinCode: 32 });
  expect(custom?.[0]?.customOptions?.length).toBeGreaterThan(0);
});

test('sparse weights keep their index vectors as views', () => {
  const bytes = galleryModel('face_detection/face_detection_full_range_sparse.tflite');
  const sparse = readModel(bytes).subgraphs[0]?.tensors.flatMap(({ sparsity }) => sparsity ?? []) ?? [];
  expect(sparse).toHaveLength(46);
  const compressed = sparse.flatMap(({ dimensions }) => dimensions.filter(({ format }) => format === 'SPARSE_CSR'));
  expect(compressed.length).toBeGreaterThan(0);
  expect(compressed.every(({ segments, indices }) => segments?.bytes.buffer === bytes.buffer && (indices?.bytes.length ?? 0) > 0)).toBe(true);
});

test('27 MB are read in less than 100 ms', () => {
  const bytes = galleryModel('pose/pose_landmark_heavy.tflite');
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    expect(readModel(bytes).subgraphs[0]?.tensors).toHaveLength(1098);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});

describe('handmade files', () => {
  test('op codes come from whichever field is larger', () => {
    const model = readModel(buildModel(addition({ operator_codes: [{ deprecated_builtin_code: 127, builtin_code: 150 }, { deprecated_builtin_code: 3 }, { builtin_code: 9 }, { builtin_code: 999 }] })));
    expect(model.operatorCodes.map(({ name }) => name)).toEqual(['GELU', 'CONV_2D', 'FULLY_CONNECTED', 'BUILTIN_999']);
  });

  test('bytes that do not start at the beginning of their buffer', () => {
    const file = buildModel(addition());
    const shifted = new Uint8Array(file.length + 13);
    shifted.set(file, 13);
    const model = readModel(shifted.subarray(13));
    expect(model.buffers[1]).toMatchObject({ storage: 'inside', position: expect.any(Number) });
    expect([...model.buffers[1]?.data ?? []]).toEqual([0, 0, 64, 64, 0, 0, 128, 64]);
    expect(file.subarray(model.buffers[1]?.position ?? 0).subarray(0, 8)).toEqual(model.buffers[1]?.data);
  });

  test('data behind the FlatBuffer', () => {
    const draft = (offset: number): Uint8Array => buildModel(addition({ buffers: [{}, { offset, size: 8 }] }));
    const head = draft(2);
    const file = new Uint8Array(head.length + 8);
    file.set(draft(head.length));
    file.set([1, 2, 3, 4, 5, 6, 7, 8], head.length);
    expect(readModel(file).buffers[1]).toMatchObject({ storage: 'after', position: head.length, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
  });

  test('int64 settings stay exact', () => {
    const operators = [{ inputs: [0, 1], outputs: [2], builtin_options: { member: 'RandomOptions', value: { seed: -7, seed2: 2n ** 62n } } }];
    const model = readModel(buildModel(addition({ subgraphs: [subgraph({ operators })] })));
    expect(model.subgraphs[0]?.operators[0]?.options).toEqual({ table: 'RandomOptions', values: { seed: -7, seed2: 2n ** 62n } });
  });

  test('settings of ops that are newer than the schema', () => {
    const operators = [{ inputs: [0, 1], outputs: [2], builtin_options: { member: 200, value: {} } }];
    const model = readModel(buildModel(addition({ subgraphs: [subgraph({ operators })] })));
    expect(model.subgraphs[0]?.operators[0]?.options).toMatchObject({ table: 'unknown', values: { union: 'BuiltinOptions', member: 200 }, content: { fields: [] } });
  });

  test('the second union of settings', () => {
    const operators = [{ inputs: [0, 1], outputs: [2], builtin_options_2: { member: 'StablehloPadOptions', value: { edge_padding_low: [1, -2], interior_padding: [] } } }];
    const model = readModel(buildModel(addition({ subgraphs: [subgraph({ operators })] })));
    expect(model.subgraphs[0]?.operators[0]?.options).toEqual({
      table: 'StablehloPadOptions',
      values: { edge_padding_low: [1, -2], edge_padding_high: null, interior_padding: [] },
    });
  });

  test('an empty shape signature means none', () => {
    const model = readModel(buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ shape_signature: [] }), tensor({ shape_signature: [-1, 2] }), tensor()] })] })));
    expect(model.subgraphs[0]?.tensors.map(declaredShape)).toEqual([[1, 2], [-1, 2], [1, 2]]);
  });
});

describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
  test('blockwise quantization refers to tensors', () => {
    const model = readModel(fixtureModel('blockwise_quantized.tflite'));
    expect(model.subgraphs[0]?.tensors[2]?.quantization?.details).toEqual({ kind: 'blockwise', scales: 0, zeroPoints: 1, blockSize: 32 });
    expect(model.operatorCodes.map(({ name }) => name)).toEqual(['ADD', 'DISPATCH_OP']);
  });

  test('several signatures', () => {
    const model = readModel(fixtureModel('multi_signature_model.tflite'));
    expect(model.signatures.map(({ key, subgraph: index }) => [key, index])).toEqual([['add', 0], ['mul', 1], ['sub', 2]]);
  });

  test('int8 weights per channel', () => {
    const model = readModel(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite'));
    const perChannel = model.subgraphs[0]?.tensors.filter(({ quantization }) => (quantization?.scale.length ?? 0) > 1) ?? [];
    expect(perChannel.length).toBeGreaterThan(90);
    expect(perChannel.every(({ shape, quantization }) => shape[quantization?.dimension ?? 0] === quantization?.zeroPoint.length)).toBe(true);
  });
});
