import { describe, expect, test } from 'vitest';
import { realValueAt } from '../../tensor/values';
import { modelCosts } from './costs';
import { inferSubgraph } from './infer-shapes';
import { summarize } from './summarize';
import { type Fields, addition, buildModel, subgraph, tensor } from '../testing/build';
import { fixtureModel, galleryModel, galleryModels, hasFixtures } from '../testing/models';
import { walk } from '../testing/walk';
import { openModel } from '../format/verify/verify';

const costsOf = (bytes: Uint8Array) => modelCosts(openModel(bytes));
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Counts every multiplication of a convolution with a loop over output positions, filter positions and channels. */
function countByLoop(output: readonly number[], window: readonly number[]): number {
  let count = 0;
  for (let position = 0; position < product(output); position += 1) {
    for (let y = 0; y < (window[0] ?? 1); y += 1) for (let x = 0; x < (window[1] ?? 1); x += 1) count += window[2] ?? 1;
  }
  return count;
}

describe('gallery models, against a second reader and loops in this test', () => {
  test.each([
    'face_detection/face_detection_short_range.tflite', 'selfie_segmentation/selfie_segmentation.tflite', 'hands/hand_landmark_lite.tflite', 'pose/pose_landmark_lite.tflite',
  ])('%s', (path) => {
    const bytes = galleryModel(path);
    const { tensors, operators } = walk(bytes);
    const shape = (index: number | undefined): readonly number[] => tensors[index ?? -1]?.shape ?? [];
    let macs = 0;
    for (const { code, inputs: [input, filter, last], outputs: [output] } of operators) {
      if (code === 3) macs += countByLoop(shape(output), shape(filter).slice(1));
      if (code === 4) macs += countByLoop(shape(output), shape(filter).slice(1, 3));
      if (code === 9) macs += product(shape(filter)) * product(shape(input)) / (shape(filter)[1] ?? 1);
      // MediaPipe's transposed convolution: the filter's first size is the number of output channels.
      if (code === 32) macs += product(shape(input)) * product(shape(filter)) / (shape(filter)[3] ?? 1);
      if (code === 67) macs += product(shape(last)) * product(shape(filter)) / (shape(filter)[3] ?? 1);
    }
    // Type 0 is float32, type 1 float16. No two tensors of these files share a buffer.
    const parameters = tensors.filter(({ type, dataBytes, quantized }) => dataBytes > 0 && (type <= 1 || quantized)).reduce((sum, each) => sum + product(each.shape), 0);
    expect(macs).toBeGreaterThan(10_000_000);
    expect(costsOf(bytes)).toMatchObject({ parameters, total: { macs, unknownOps: 0 } });
  }, 60_000);

  test('face_detection_short_range in full', () => {
    const costs = costsOf(galleryModel('face_detection/face_detection_short_range.tflite'));
    expect(costs).toMatchObject({ parameters: 101_390, total: { macs: 30_760_960 } });
    // The first convolution by hand: 64 × 64 × 24 outputs, 5 × 5 × 3 weights each, a bias each; float32 in, weights, out.
    const first = costs.perOp.find(({ name }) => name === 'CONV_2D');
    const outputs = 64 * 64 * 24;
    expect(first).toMatchObject({
      macs: outputs * 75,
      flops: 2 * outputs * 75 + outputs,
      weightBytes: (24 * 75 + 24) * 2,
      bytesRead: (128 * 128 * 3 + 24 * 75 + 24) * 4,
      bytesWritten: outputs * 4,
      known: true,
      once: false,
    });
    expect(first?.intensity).toBeCloseTo(first === undefined ? NaN : first.flops / (first.bytesRead + first.bytesWritten), 12);
    expect(costs.perOp.filter(({ once }) => once).every(({ name }) => name === 'DEQUANTIZE')).toBe(true);
    expect(costs.perOp.filter(({ once }) => once)).toHaveLength(74);
    expect(costs.byKind[0]).toMatchObject({ name: 'CONV_2D', count: 21 });
    expect(costs.byKind.reduce((sum, { macsShare }) => sum + macsShare, 0)).toBeCloseTo(1, 12);
  });

  test('every op of every gallery model is known', () => {
    expect(galleryModels.map((path) => costsOf(galleryModel(path)).total.unknownOps)).toEqual(galleryModels.map(() => 0));
  });
});

/** MobileNet v1 (Howard et al. 2017, table 1): a full convolution, 13 separable ones (stride, channels), a classifier. */
function mobileNetV1(size: number, multiplier: number, classes: number): { macs: number; parameters: number } {
  const layers: readonly (readonly [stride: number, channels: number])[] = [
    [1, 64], [2, 128], [1, 128], [2, 256], [1, 256], [2, 512], [1, 512], [1, 512], [1, 512], [1, 512], [1, 512], [2, 1024], [1, 1024],
  ];
  let side = size / 2;
  let channels = 32 * multiplier;
  let macs = side ** 2 * channels * 27;
  let parameters = channels * 27 + channels;
  for (const [stride, wide] of layers) {
    side /= stride;
    const out = wide * multiplier;
    macs += side ** 2 * channels * 9 + side ** 2 * channels * out;
    parameters += channels * 9 + channels + channels * out + out;
    channels = out;
  }
  return { macs: macs + channels * classes, parameters: parameters + channels * classes + classes };
}

/** MobileNet v2 (Sandler et al. 2018, table 2): rows of expansion, channels, repeats, stride. Batch normalisation is folded into biases. */
function mobileNetV2(size: number, classes: number): { macs: number; parameters: number } {
  const rows: readonly (readonly [number, number, number, number])[] = [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]];
  let side = size / 2;
  let channels = 32;
  let macs = side ** 2 * 32 * 27;
  let parameters = 32 * 27 + 32;
  for (const [expansion, out, repeats, firstStride] of rows) {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const wide = channels * expansion;
      if (expansion > 1) {
        macs += side ** 2 * channels * wide;
        parameters += channels * wide + wide;
      }
      side /= repeat === 0 ? firstStride : 1;
      macs += side ** 2 * wide * 9 + side ** 2 * wide * out;
      parameters += wide * 9 + wide + wide * out + out;
      channels = out;
    }
  }
  macs += side ** 2 * channels * 1280 + 1280 * classes;
  return { macs, parameters: parameters + channels * 1280 + 1280 + 1280 * classes + classes };
}

describe.skipIf(!hasFixtures)('fixture models, from their published architectures (skipped without the shared folder)', () => {
  test('MobileNet v2 1.0 224', () => {
    const expected = mobileNetV2(224, 1001);
    // The paper states 300 million multiply-adds and 3.4 million parameters for 1,000 classes.
    expect(expected.macs / 1e6).toBeCloseTo(300, -1);
    const costs = costsOf(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite'));
    expect(costs.total.macs).toBe(expected.macs);
    // The converter scales the pooled mean to the network's range with constants of one element each, if at all.
    expect(Math.abs(costs.parameters - expected.parameters)).toBeLessThanOrEqual(8);
  });

  test('MobileNet v1 0.25 128', () => {
    const expected = mobileNetV1(128, 0.25, 1001);
    // The paper's authors publish 14 million multiply-adds and 0.47 million parameters with the checkpoint.
    expect([Math.round(expected.macs / 1e6), Math.round(expected.parameters / 1e4)]).toEqual([14, 47]);
    expect(costsOf(fixtureModel('mobilenet_v1_0.25_128_quant.tflite'))).toMatchObject({ parameters: expected.parameters, total: { macs: expected.macs } });
  });

  test('the micro speech example: 8 filters of 10 × 8 with stride 2 over 49 × 40, then 4,000 × 4', () => {
    expect(costsOf(fixtureModel('micro_speech_quantized.tflite'))).toMatchObject({
      parameters: 8 * 80 + 8 + 4000 * 4 + 4,
      total: { macs: 25 * 20 * 8 * 80 + 4000 * 4 },
    });
  });

  test('an LSTM of 20 units over 28 steps of 28 values, then 560 × 10', () => {
    expect(costsOf(fixtureModel('keras_lstm_mnist_ptq.tflite')).total.macs).toBe(28 * (4 * 20 * 28 + 4 * 20 * 20) + 560 * 10);
  });

  test('batches multiply the work and not the weights', () => {
    const model = openModel(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite'));
    const [graph] = model.subgraphs;
    if (graph === undefined) throw new Error('the model has a subgraph');
    const five = modelCosts(model, inferSubgraph(model, graph, new Map([[graph.inputs[0] ?? -1, [5, 224, 224, 3]]])));
    const one = modelCosts(model);
    // The file flattens to [1, 1001], whatever the batch: that op, the softmax behind it and its conversion cannot be told.
    expect(five.total.unknownOps).toBe(3);
    expect(five.total.macs).toBe(5 * one.total.macs);
    expect(five.peakActivationBytes).toBe(5 * one.peakActivationBytes);
    expect(five.parameters).toBe(one.parameters);
  });
});

test('weights decoded by hand', () => {
  const bytes = galleryModel('face_detection/face_detection_short_range.tflite');
  const file = new DataView(bytes.buffer, bytes.byteOffset);
  const model = openModel(bytes);
  const halves = walk(bytes).tensors.flatMap((each, index) => (each.type === 1 ? [{ ...each, index }] : []));
  for (const { index, dataAt, dataBytes, shape } of halves.slice(0, 20)) {
    const data = model.buffers[model.subgraphs[0]?.tensors[index]?.buffer ?? 0]?.data.slice().buffer ?? new ArrayBuffer(0);
    for (const element of [0, 1, dataBytes / 2 - 1]) {
      const bits = file.getUint16(dataAt + 2 * element, true);
      const [sign, exponent, fraction] = [bits >> 15, (bits >> 10) & 31, bits & 1023];
      // IEEE 754: 1 sign bit, 5 of exponent with bias 15, 10 of fraction; exponent 0 has no leading 1.
      const value = (sign === 1 ? -1 : 1) * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
      expect(realValueAt({ dtype: 'float16', shape, data }, element)).toBe(value);
    }
  }
  expect(halves).toHaveLength(74);
});

describe('peak memory', () => {
  const wide = (changes: Fields): Fields => tensor({ shape: [1, 10], ...changes });
  const graph = (operators: readonly (readonly [inputs: number[], outputs: number[]])[], outputs: number[], count: number): Uint8Array => buildModel(addition({
    operator_codes: [{ builtin_code: 101 }, { builtin_code: 0 }],
    buffers: [{}, { data: new Uint8Array(40) }],
    subgraphs: [subgraph({
      tensors: Array.from({ length: count }, (_, index) => wide(index === count - 1 ? { buffer: 1 } : {})),
      outputs,
      operators: operators.map(([inputs, made]) => ({ opcode_index: inputs.length - 1, inputs, outputs: made })),
    })],
  }));

  test('a chain needs its input, what an op reads and what it writes', () => {
    expect(costsOf(graph([[[0], [1]], [[1], [2]], [[2], [3]]], [3], 5)).peakActivationBytes).toBe(3 * 40);
  });

  test('a tensor that is read late stays', () => {
    expect(costsOf(graph([[[0], [1]], [[1], [2]], [[2], [3]], [[3, 1], [4]]], [4], 6)).peakActivationBytes).toBe(4 * 40);
  });

  test('what comes from constants alone is no activation', () => {
    // ABS of the constant, then two additions with it: the input, what is read, what is written.
    const costs = costsOf(graph([[[4], [1]], [[0, 1], [2]], [[2, 1], [3]]], [3], 5));
    expect(costs.peakActivationBytes).toBe(3 * 40);
    expect(costs.perOp.map(({ once }) => once)).toEqual([true, false, false]);
    expect(costs.total.flops).toBe(20);
  });
});

test('ops of unknown arithmetic say so', () => {
  const model = openModel(buildModel(addition({ operator_codes: [{ builtin_code: 32, custom_code: 'Mystery' }] })));
  expect(modelCosts(model).perOp[0]).toMatchObject({ name: 'Mystery', known: false, macs: 0, flops: 0, bytesRead: 16, bytesWritten: 8 });
  expect(modelCosts(model).total.unknownOps).toBe(1);
});

test('the summary carries the costs', () => {
  const summary = summarize(openModel(galleryModel('face_detection/face_detection_short_range.tflite')));
  expect(summary).toMatchObject({ parameters: 101_390, macs: 30_760_960, peakActivationBytes: 1_572_864 });
  expect(summary.largestTensors?.[0]).toMatchObject({ bytes: 4 * product(summary.largestTensors?.[0]?.shape ?? []), constant: false });
  expect(summary.costsByKind?.[0]?.name).toBe('CONV_2D');
  expect(structuredClone(summary)).toEqual(summary);
});
