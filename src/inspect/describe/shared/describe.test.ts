import { describe, expect, test } from 'vitest';
import { fixtureModel, hasFixtures } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { ConstantReader } from '../../values/worker/constant-reader';
import { describeOp, describeTensor, listOps, searchable } from './describe';
import { InspectedModel } from './inspected';
import { describeQuantization } from './quantization';
import { float32, inspectGallery, oneOp } from '../../testing/models';

const face = inspectGallery('face_detection/face_detection_short_range.tflite');
const selfie = inspectGallery('selfie_segmentation/selfie_segmentation.tflite');

test('an op with its operands and costs', () => {
  const { inputs, outputs, cost, ...op } = describeOp(face, 0, 2);
  expect(op).toMatchObject({ subgraph: 0, op: 2, name: 'CONV_2D', custom: false, version: 1, customOptions: null, intermediates: [], calls: [] });
  expect(inputs.map(({ role, tensor }) => [role, tensor?.name, tensor?.dtype, tensor?.shape, tensor?.bytes, tensor?.constant, tensor?.origin?.name])).toEqual([
    ['input', 'input', 'float32', [1, 128, 128, 3], 128 * 128 * 3 * 4, false, undefined],
    ['weights', 'conv2d/Kernel_dequantize', 'float32', [24, 5, 5, 3], 7200, false, 'conv2d/Kernel'],
    ['bias', 'conv2d/Bias_dequantize', 'float32', [24], 96, false, 'conv2d/Bias'],
  ]);
  expect(outputs).toMatchObject([{ role: 'output', tensor: { name: 'conv2d', shape: [1, 64, 64, 24] } }]);
  // Every one of 64 × 64 × 24 outputs takes 5 × 5 × 3 multiply-accumulates.
  expect(cost).toMatchObject({ macs: 64 * 64 * 24 * 75, weightBytes: (24 * 75 + 24) * 2, bytesWritten: 64 * 64 * 24 * 4 });
});

test('a tensor with its producer, consumers and edges', () => {
  expect(describeTensor(face, 0, 0)).toMatchObject({ name: 'input', edges: ['input'], producer: null, constant: false, variable: false, elements: 49152 });
  expect(describeTensor(face, 0, 3)).toMatchObject({ producer: { op: 2, name: 'CONV_2D', role: 'output' }, consumers: [{ op: 3, name: 'RELU', role: 'input' }], edges: [] });
  expect(describeTensor(face, 0, 1)).toMatchObject({
    name: 'conv2d/Kernel', constant: true, bytes: 3600, values: { available: true, dtype: 'float16' }, producer: null, consumers: [{ op: 1, name: 'DEQUANTIZE', role: 'input' }],
  });
  expect(describeTensor(face, 0, 224).values).toEqual({ available: false, reason: 'It is computed when the model runs.' });
  const [output = -1] = face.subgraph(0).outputs;
  expect(describeTensor(face, 0, output).edges).toEqual(['output']);
  expect(describeTensor(inspectGallery('face_detection/face_detection_full_range_sparse.tflite'), 0, 14).sparsity).toBe('1 of 4 levels compressed');
});

test('what is not there is a typed error', () => {
  for (const ask of [() => describeOp(face, 0, 999), () => describeOp(face, 1, 0), () => describeTensor(face, 0, -1)]) {
    expect(ask).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  }
});

test('the list of ops: every one, with text to search in', () => {
  const rows = listOps(face);
  expect(rows).toHaveLength(164);
  expect(rows[2]).toMatchObject({ op: 2, name: 'CONV_2D', macs: 7_372_800, once: false, output: { name: 'conv2d', dtype: 'float32', shape: [1, 64, 64, 24] } });
  expect(rows[0]).toMatchObject({ name: 'DEQUANTIZE', once: true });
  const hits = (search: string): number => rows.filter(({ text }) => searchable(search).split(' ').every((word) => text.includes(word))).length;
  expect(hits('CONV_2D 5×5')).toBe(rows.filter(({ name, text }) => /^(DEPTHWISE_)?CONV_2D$/.test(name) && text.includes('5x5')).length);
  expect(hits('1x64x64x24')).toBeGreaterThan(0);
  expect(hits('no such op')).toBe(0);
  expect(listOps(selfie)[244]).toMatchObject({ name: 'Convolution2DTransposeBias', custom: true });
});

describe('quantization as a formula', () => {
  const quantized = (quantization: Record<string, unknown>, type = 9, shape = [2, 3]) => {
    const model = oneOp('ADD', [{ shape, type, quantization }, { shape, type }]);
    return describeQuantization(model.subgraph(0), model.tensor(0, 0));
  };

  test('per tensor, with and without a zero point', () => {
    expect(quantized({ scale: [0.0235], zero_point: [128] }, 3)?.formula).toBe('0.0235 × (q − 128)');
    expect(quantized({ scale: [0.5], zero_point: [-1] })?.formula).toBe('0.5 × (q + 1)');
    expect(quantized({ scale: [2.5e-5], zero_point: [0] })).toMatchObject({ kind: 'tensor', formula: '2.5e−5 × q', note: '' });
  });

  test('per channel', () => {
    expect(quantized({ scale: [0.5, 0.25], zero_point: [0, 0], quantized_dimension: 0 })).toMatchObject({ kind: 'channel', formula: 'scale[c] × q', note: '2 scales along dimension 0, 0.25 to 0.5' });
    expect(quantized({ scale: [1, 2, 3], zero_point: [4, 5, 4], quantized_dimension: 1 })?.formula).toBe('scale[c] × (q − zero point[c])');
  });

  test('a float with a calibration’s remains, and a range alone, are not quantized', () => {
    expect(quantized({ scale: [1], zero_point: [0] }, 0)).toBeNull();
    expect(quantized({ min: [0], max: [1] })).toBeNull();
  });

  test('blocks take their scales from another tensor', () => {
    const details = { member: 'BlockwiseQuantization', value: { scales: 2, zero_points: -1, block_size: 2 } };
    const model = oneOp('ADD', [
      { shape: [4], type: 9 },
      { shape: [4], type: 17, data: Uint8Array.of(0x21, 0x43), quantization: { details } },
      { name: 'scales', shape: [2], data: float32(0.5, 10) },
      { shape: [4], type: 9 },
    ]);
    expect(describeQuantization(model.subgraph(0), model.tensor(0, 1))).toMatchObject({ kind: 'block', formula: 'scale[block] × q', note: 'blocks of 2 elements, scales in scales' });
    expect(new ConstantReader(model).page({ subgraph: 0, tensor: 1 }, 0, 4)).toMatchObject({ stored: ['1', '2', '3', '4'], real: [0.5, 1, 30, 40] });
  });
});

describe.skipIf(!hasFixtures)('fixtures', () => {
  test('an LSTM’s inputs by their roles, some of them left out', () => {
    const { inputs } = describeOp(new InspectedModel(openModel(fixtureModel('keras_lstm_mnist_ptq.tflite'))), 0, 1);
    expect(inputs).toHaveLength(24);
    expect(inputs[8]).toMatchObject({ role: 'recurrent-to-output weights', tensor: { shape: [20, 20], dtype: 'int8' } });
    expect(inputs[9]).toEqual({ role: 'cell-to-input weights', tensor: null });
    expect(inputs[19]).toMatchObject({ role: 'cell state', tensor: { dtype: 'int16' } });
  });
});
