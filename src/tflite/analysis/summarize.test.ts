import { describe, expect, test } from 'vitest';
import { summarize } from './summarize';
import { addition, buildModel, subgraph, tensor } from '../testing/build';
import { fixtureModel, galleryModel, hasFixtures } from '../testing/models';
import { openModel } from '../format/verify/verify';

// Counted by a reader of its own, in another language.
test('face_detection_short_range', () => {
  const summary = summarize(openModel(galleryModel('face_detection/face_detection_short_range.tflite')));
  expect(summary).toMatchObject({
    description: 'keras2tflite_facedetector-front.tflite.generated',
    schemaVersion: 3,
    subgraphs: 1,
    tensors: 250,
    opCount: 164,
    metadata: null,
    weights: [{ dtype: 'float16', tensors: 74, elements: 101_390, bytes: 202_780 }, { dtype: 'int32', tensors: 11, elements: 88, bytes: 352 }],
  });
  expect(Object.fromEntries(summary.ops.map(({ name, count }) => [name, count]))).toEqual({
    DEQUANTIZE: 74, CONV_2D: 21, RELU: 17, DEPTHWISE_CONV_2D: 16, ADD: 16, PAD: 11, RESHAPE: 4, MAX_POOL_2D: 3, CONCATENATION: 2,
  });
  expect(summary.ops[0]).toEqual({ name: 'DEQUANTIZE', custom: false, count: 74, version: 2, firstPlace: expect.stringMatching(/^subgraph 0, op \d+$/) });
  expect(summary.signatures).toEqual([{
    key: '',
    subgraph: 0,
    inputs: [{ name: 'input', tensorName: 'input', tensorIndex: expect.any(Number), dtype: 'float32', shape: [1, 128, 128, 3] }],
    outputs: [
      { name: 'regressors', tensorName: 'regressors', tensorIndex: expect.any(Number), dtype: 'float32', shape: [1, 896, 16] },
      { name: 'classificators', tensorName: 'classificators', tensorIndex: expect.any(Number), dtype: 'float32', shape: [1, 896, 1] },
    ],
  }]);
});

test('selfie_segmentation has one custom op', () => {
  const summary = summarize(openModel(galleryModel('selfie_segmentation/selfie_segmentation.tflite')));
  expect(summary.ops.filter(({ custom }) => custom)).toEqual([
    { name: 'Convolution2DTransposeBias', custom: true, count: 1, version: 1, firstPlace: expect.stringMatching(/^subgraph 0, op \d+$/) },
  ]);
  expect(summary.opCount).toBe(246);
});

test('sparse weights count their dense elements and their stored bytes', () => {
  const summary = summarize(openModel(galleryModel('face_detection/face_detection_full_range_sparse.tflite')));
  expect(summary.weights).toEqual([{ dtype: 'float16', tensors: 182, elements: 508_308, bytes: 368_984 }, { dtype: 'int32', tensors: 6, elements: 20, bytes: 80 }]);
});

test('survives structured clone', () => {
  const summary = summarize(openModel(galleryModel('pose/pose_landmark_lite.tflite')));
  expect(structuredClone(summary)).toEqual(summary);
});

test('op codes that are listed twice are one op, buffers that are shared one weight', () => {
  const operators = [{ opcode_index: 0, inputs: [0, 1], outputs: [2] }, { opcode_index: 1, inputs: [2, 3], outputs: [4] }];
  const tensors = [tensor(), tensor({ buffer: 1 }), tensor(), tensor({ buffer: 1 }), tensor()];
  const summary = summarize(openModel(buildModel(addition({
    operator_codes: [{ builtin_code: 0 }, { deprecated_builtin_code: 0 }],
    subgraphs: [subgraph({ tensors, operators, outputs: [4] })],
  }))));
  expect(summary.ops).toEqual([{ name: 'ADD', custom: false, count: 2, version: 1, firstPlace: 'subgraph 0, op 0' }]);
  expect(summary.weights).toEqual([{ dtype: 'float32', tensors: 1, elements: 2, bytes: 8 }]);
});

test('a detector’s outputs are those of its op, whatever their order in the model', () => {
  const detector = (custom_code: string): Uint8Array => buildModel(addition({
    operator_codes: [{ deprecated_builtin_code: 32, builtin_code: 32, custom_code }],
    subgraphs: [subgraph({ tensors: Array.from({ length: 7 }, () => tensor()), inputs: [0, 1, 2], outputs: [6, 5, 4, 3], operators: [{ opcode_index: 0, inputs: [0, 1, 2], outputs: [4, 6, 3, 5] }] })],
  }));
  expect(summarize(openModel(detector('TFLite_Detection_PostProcess'))).detectorOutputs).toEqual({ subgraph: 0, tensors: [4, 6, 3, 5] });
  expect(summarize(openModel(detector('Another'))).detectorOutputs).toBeUndefined();
});

describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
  test('quantized edges', () => {
    const [signature] = summarize(openModel(fixtureModel('mobilenet_v1_0.25_128_quant.tflite'))).signatures;
    expect(signature?.inputs[0]).toMatchObject({ dtype: 'uint8', shape: [1, 128, 128, 3], quantization: { scale: [0.0078125], zeroPoint: [128], dimension: 0 } });
    expect(signature?.outputs[0]).toMatchObject({ name: 'MobilenetV1/Predictions/Reshape_1', quantization: { scale: [0.00390625], zeroPoint: [0] } });
  });

  test('signatures name tensors anew and show free dimensions', () => {
    const summary = summarize(openModel(fixtureModel('conv_fc_mnist.tflite')));
    expect(summary.signatures).toMatchObject([{
      key: 'serving_default',
      inputs: [{ name: 'conv2d_input', tensorName: 'serving_default_conv2d_input:0', shape: [-1, 28, 28, 1] }],
      outputs: [{ name: 'dense_1', shape: [-1, 10] }],
    }]);
    expect(summarize(openModel(fixtureModel('multi_signature_model.tflite'))).signatures.map(({ key }) => key)).toEqual(['add', 'mul', 'sub']);
  });
});
