import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementCount } from '../tensor/dtype';
import { galleryModel } from '../tflite/testing/models';
import { buildModel } from '../tflite/testing/build';
import { arbitraryNetwork } from '../tflite/testing/networks';
import type { Model } from '../tflite/format/model';
import { openModel } from '../tflite/format/verify/verify';
import { interpret, outputsOf } from '../rewrite/testing/interpreter';
import { modelOf, noise, opsOf, reopened, type OperatorOf, type TensorOf } from '../rewrite/testing/models';
import { type CalibratedTensor, TensorCalibration } from './calibration';
import { equaliseChannels } from './equalisation';
import { errorMetrics } from './metrics';
import { exposeTensors, observableTensors, prepareForQuantization } from './prepare';
import { quantizeModel } from './quantize';
import { type Recipe, recipes, withFloatLayers } from './recipe';

function pictureFor(model: Model, seed: number): Float32Array {
  const [input = -1] = model.subgraphs[0]?.inputs ?? [];
  return noise(elementCount(model.subgraphs[0]?.tensors[input]?.shape ?? []), seed);
}

/** What running the model on some pictures shows of every tensor. */
function calibrate(model: Model, seeds: readonly number[] = [1, 2, 3]): ReadonlyMap<number, CalibratedTensor> {
  const tensors = observableTensors(model);
  const calibrations = new Map(tensors.map((index) => [index, new TensorCalibration(model.subgraphs[0]?.tensors[index]?.shape.at(-1) ?? 1)]));
  for (const seed of seeds) {
    const values = interpret(model, [pictureFor(model, seed)]);
    for (const [index, calibration] of calibrations) calibration.add(values.get(index)?.data ?? new Float64Array());
  }
  return new Map([...calibrations].map(([index, calibration]) => [index, calibration.result()]));
}

function sqnr(reference: Model, model: Model, seed = 7): number {
  const [wanted = new Float64Array()] = outputsOf(reference, [pictureFor(reference, seed)]);
  const [got = new Float64Array()] = outputsOf(model, [pictureFor(reference, seed)]);
  return errorMetrics(wanted, got).sqnr_db;
}

const generated = (record: object): Model => prepareForQuantization(openModel(buildModel(record as Parameters<typeof buildModel>[0]))).model;
const minMax: Recipe = { ...recipes.int8, range: { kind: 'min-max' }, equalise: false, correctBias: false, floatTail: 0 };

describe('quantizeModel', () => {
  it('makes integers of generated networks that mean nearly the same and pass the verifier', () => {
    fc.assert(fc.property(arbitraryNetwork, (record) => {
      const model = generated(record);
      const { model: quantized, operators } = quantizeModel(model, minMax, calibrate(model, [1, 2, 7]));
      const checked = reopened(quantized);
      expect(operators.filter(({ scheme }) => scheme !== 'static')).toEqual([]);
      // Only edges are floats.
      const graph = checked.subgraphs[0];
      const floats = graph?.tensors.filter(({ dtype }) => dtype === 'float32').map(({ index }) => index) ?? [];
      expect(new Set(floats)).toEqual(new Set([...graph?.inputs ?? [], ...graph?.outputs ?? []]));
      expect(opsOf(checked).filter((name) => name === 'QUANTIZE').length).toBeLessThan(opsOf(checked).length);
      expect(sqnr(model, checked)).toBeGreaterThan(12);
    }), { numRuns: 30, seed: 4 });
  }, 60_000);

  const inputs = ['float32', 'uint8', 'int8'] as const;
  it.each(inputs)('gives edges of type %s the same meaning', (edge) => {
    const [record] = fc.sample(arbitraryNetwork, { seed: 11, numRuns: 1 });
    const model = generated(record as object);
    const calibrated = calibrate(model);
    const float = quantizeModel(model, minMax, calibrated).model;
    const { model: quantized, skipped } = quantizeModel(model, { ...minMax, inputs: edge, outputs: edge }, calibrated);
    const checked = reopened(quantized);
    const graph = checked.subgraphs[0];
    expect([...graph?.inputs ?? [], ...graph?.outputs ?? []].map((index) => graph?.tensors[index]?.dtype)).toEqual([edge, edge]);
    expect(skipped).toEqual([]);
    expect(outputsOf(checked, [pictureFor(model, 5)])).toEqual(outputsOf(float, [pictureFor(model, 5)]));
  });

  const int32 = (name: string, data: Int32Array): TensorOf => ({ name, shape: [data.length], type: 'int32', data });
  const conv = (input: string, weights: string, bias: string, output: string, fused = 0): OperatorOf => ({
    name: 'CONV_2D', inputs: [input, weights, bias], outputs: [output], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, fused_activation_function: fused } },
  });
  const tensorNamed = (model: Model, name: string) => model.subgraphs[0]?.tensors.find((tensor) => tensor.name === name);

  it('lets what only moves numbers share a scale, and gives fixed outputs the scale of the specification', () => {
    const model = modelOf(
      [
        { name: 'in', shape: [1, 2, 2, 2] }, { name: 'pool', shape: [1, 1, 1, 2] }, int32('shape', Int32Array.of(1, 2)), { name: 'flat', shape: [1, 2] }, { name: 'p', shape: [1, 2] }, { name: 'q', shape: [1, 2] },
        { name: 'joined', shape: [1, 4] },
      ],
      [
        { name: 'MAX_POOL_2D', inputs: ['in'], outputs: ['pool'], options: { member: 'Pool2DOptions', value: { padding: 1, stride_w: 1, stride_h: 1, filter_width: 2, filter_height: 2 } } },
        { name: 'RESHAPE', inputs: ['pool', 'shape'], outputs: ['flat'], options: { member: 'ReshapeOptions', value: { new_shape: [1, 2] } } },
        { name: 'SOFTMAX', inputs: ['flat'], outputs: ['p'], options: { member: 'SoftmaxOptions', value: { beta: 1 } } },
        { name: 'TANH', inputs: ['flat'], outputs: ['q'] },
        { name: 'CONCATENATION', inputs: ['p', 'q'], outputs: ['joined'], options: { member: 'ConcatenationOptions', value: { axis: 1 } } },
      ],
      ['in'], ['joined'],
    );
    const checked = reopened(quantizeModel(model, minMax, calibrate(model)).model);
    const scaleOf = (name: string) => tensorNamed(checked, name)?.quantization?.scale[0];
    expect(scaleOf('pool')).toBe(scaleOf('in/int8'));
    expect(scaleOf('flat')).toBe(scaleOf('in/int8'));
    // SOFTMAX came first, so that its scale holds for the whole group; TANH writes with its own and is converted.
    expect(tensorNamed(checked, 'p')?.quantization).toMatchObject({ scale: [1 / 256], zeroPoint: [-128] });
    expect(tensorNamed(checked, 'q/own/int8')?.quantization).toMatchObject({ scale: [1 / 128], zeroPoint: [0] });
    expect(opsOf(checked)).toEqual(['QUANTIZE', 'MAX_POOL_2D', 'RESHAPE', 'SOFTMAX', 'TANH', 'QUANTIZE', 'CONCATENATION', 'DEQUANTIZE']);
  });

  it('writes weights, biases and versions as the specification asks for', () => {
    const model = modelOf(
      [
        { name: 'in', shape: [1, 2, 2, 2] }, { name: 'w', shape: [3, 1, 1, 2], data: noise(6) }, { name: 'b', shape: [3], data: noise(3) }, { name: 'a', shape: [1, 2, 2, 3] },
        { name: 'dw', shape: [1, 1, 1, 3], data: noise(3, 4) }, { name: 'out', shape: [1, 2, 2, 3] },
      ],
      [conv('in', 'w', 'b', 'a', 1), { name: 'DEPTHWISE_CONV_2D', inputs: ['a', 'dw', ''], outputs: ['out'], options: { member: 'DepthwiseConv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, depth_multiplier: 1 } } }],
      ['in'], ['out'],
    );
    const checked = reopened(quantizeModel(model, { ...minMax, correctBias: false }, calibrate(model)).model);
    const [w, b, dw, input] = ['w', 'b', 'dw', 'in/int8'].map((name) => tensorNamed(checked, name));
    expect(w).toMatchObject({ dtype: 'int8', quantization: { dimension: 0, zeroPoint: [0, 0, 0] } });
    expect(dw).toMatchObject({ dtype: 'int8', quantization: { dimension: 3, zeroPoint: [0, 0, 0] } });
    expect(b).toMatchObject({ dtype: 'int32', quantization: { zeroPoint: [0, 0, 0], scale: w?.quantization?.scale.map((scale) => Math.fround(scale * (input?.quantization?.scale[0] ?? NaN))) } });
    expect(checked.subgraphs[0]?.operators.map(({ code }) => [code.name, code.version])).toEqual([['QUANTIZE', 1], ['CONV_2D', 3], ['DEPTHWISE_CONV_2D', 3], ['DEQUANTIZE', 2]]);
    // A clamped output has its zero at the least integer.
    expect(tensorNamed(checked, 'a')?.quantization?.zeroPoint).toEqual([-128]);
    expect(checked.subgraphs[0]?.operators[2]?.inputs[2]).toBe(-1);
  });

  it('takes 16 bits with zero points of 0 and biases of 64 bits', () => {
    const model = modelOf([{ name: 'in', shape: [1, 2, 2, 2] }, { name: 'w', shape: [3, 1, 1, 2], data: noise(6) }, { name: 'b', shape: [3], data: noise(3) }, { name: 'sum', shape: [1, 2, 2, 3] }, { name: 'out', shape: [1, 2, 2, 3] }], [
      conv('in', 'w', 'b', 'sum'), { name: 'ADD', inputs: ['sum', 'sum'], outputs: ['out'], options: { member: 'AddOptions', value: {} } },
    ], ['in'], ['out']);
    const checked = reopened(quantizeModel(model, { ...recipes.int16, equalise: false }, calibrate(model)).model);
    expect(tensorNamed(checked, 'b')?.dtype).toBe('int64');
    expect(checked.subgraphs[0]?.tensors.filter(({ dtype }) => dtype === 'int16').map(({ quantization }) => quantization?.zeroPoint)).toEqual([[0], [0], [0]]);
    expect(checked.subgraphs[0]?.operators.map(({ code, options }) => [code.name, code.version, options !== null && 'pot_scale_int16' in options.values ? options.values.pot_scale_int16 : null])).toEqual([
      ['QUANTIZE', 2, null], ['CONV_2D', 4, null], ['ADD', 4, false], ['DEQUANTIZE', 3, null],
    ]);
    expect(sqnr(model, checked)).toBeGreaterThan(40);
  });

  it('keeps what has no integer kernel, what a recipe names, and what stands in a slow kernel, with conversions around it', () => {
    const model = modelOf([{ name: 'in', shape: [1, 4] }, { name: 'a', shape: [1, 4] }, { name: 'b', shape: [1, 4] }, { name: 'c', shape: [1, 4] }, { name: 'out', shape: [1, 4] }], [
      { name: 'RELU', inputs: ['in'], outputs: ['a'] }, { name: 'HARD_SWISH', inputs: ['a'], outputs: ['b'] }, { name: 'TANH', inputs: ['b'], outputs: ['c'] }, { name: 'LOGISTIC', inputs: ['c'], outputs: ['out'] },
    ], ['in'], ['out']);
    const { model: quantized, operators } = quantizeModel(model, withFloatLayers(minMax, ['c']), calibrate(model));
    expect(opsOf(reopened(quantized))).toEqual(['QUANTIZE', 'RELU', 'DEQUANTIZE', 'HARD_SWISH', 'TANH', 'QUANTIZE', 'LOGISTIC', 'DEQUANTIZE']);
    expect(operators.map(({ scheme, reason }) => [scheme, reason === null])).toEqual([['static', true], ['float', false], ['float', true], ['static', true]]);
  });

  it.each(['float16', 'weights-int8', 'dynamic-int8'] as const)('%s makes a smaller file that means nearly the same without calibration', (name) => {
    const [record] = fc.sample(arbitraryNetwork, { seed: 5, numRuns: 1 });
    const model = generated(record as object);
    const checked = reopened(quantizeModel(model, recipes[name], new Map()).model);
    const constants = checked.subgraphs[0]?.tensors.filter(({ buffer, dtype }) => (checked.buffers[buffer]?.data.length ?? 0) > 0 && (dtype === 'float16' || dtype === 'int8')) ?? [];
    expect(constants.length).toBeGreaterThan(0);
    expect(sqnr(model, checked)).toBeGreaterThan(name === 'float16' ? 55 : 25);
  });
});

describe('equaliseChannels', () => {
  it('changes nothing that generated networks compute', () => {
    fc.assert(fc.property(arbitraryNetwork, (record) => {
      const model = generated(record);
      const { model: equalised } = equaliseChannels(model, calibrate(model));
      const [was = new Float64Array(), is = new Float64Array()] = [model, reopened(equalised)].map((each) => outputsOf(each, [pictureFor(model, 5)])[0]);
      expect(Math.max(...was.map((value, index) => Math.abs(value - (is[index] ?? NaN))))).toBeLessThan(1e-9 * Math.max(1, ...was.map(Math.abs)));
    }), { numRuns: 30, seed: 9 });
  }, 60_000);

  it('gives channels of very different sizes one size, so that one scale suits all', () => {
    const uneven = noise(4).map((value, index) => value * 10 ** -index);
    const depthwise = { name: 'DEPTHWISE_CONV_2D', inputs: ['a', 'dw', 'db'], outputs: ['d'], options: { member: 'DepthwiseConv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, depth_multiplier: 1 } } };
    const model = modelOf(
      [
        { name: 'in', shape: [1, 4, 4, 1] }, { name: 'w', shape: [4, 1, 1, 1], data: uneven }, { name: 'b', shape: [4], data: new Float32Array(4) }, { name: 'a', shape: [1, 4, 4, 4] },
        { name: 'dw', shape: [1, 3, 3, 4], data: noise(36).map((value, index) => value * 10 ** (index % 4)) }, { name: 'db', shape: [4], data: noise(4) }, { name: 'd', shape: [1, 4, 4, 4] },
        { name: 'pw', shape: [2, 1, 1, 4], data: noise(8) }, { name: 'pb', shape: [2], data: noise(2) }, { name: 'out', shape: [1, 4, 4, 2] },
      ],
      [{ name: 'CONV_2D', inputs: ['in', 'w', 'b'], outputs: ['a'], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, fused_activation_function: 1 } } }, depthwise, { name: 'CONV_2D', inputs: ['d', 'pw', 'pb'], outputs: ['out'], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1 } } }],
      ['in'], ['out'],
    );
    const before = quantizeModel(model, minMax, calibrate(model)).model;
    const { model: equalised, channels } = equaliseChannels(model, calibrate(model));
    expect(channels).toBeGreaterThan(2);
    const after = quantizeModel(equalised, minMax, calibrate(equalised)).model;
    expect(sqnr(model, reopened(after))).toBeGreaterThan(sqnr(model, reopened(before)) + 10);
  });
});

describe('equaliseChannels before a clamp at 6', () => {
  const clamped = (name: string, fused: number): { readonly model: Model; readonly calibrated: ReadonlyMap<number, CalibratedTensor> } => {
    // A picture between −1 and 1 times these weights: the last channel reaches 6, the others 3, 0.75 and 0.1875.
    const model = modelOf(
      [
        { name: 'in', shape: [1, 4, 4, 1] }, { name: 'w', shape: [4, 1, 1, 1], data: Float32Array.of(3, 0.75, 0.1875, 24) }, { name: 'b', shape: [4], data: new Float32Array(4) }, { name: 'a', shape: [1, 4, 4, 4] },
        { name: 'c', shape: [1, 4, 4, 4] }, { name: 'dw', shape: [1, 3, 3, 4], data: noise(36).map((value, index) => value * 4 ** (index % 4)) }, { name: 'db', shape: [4], data: noise(4) }, { name: 'd', shape: [1, 4, 4, 4] },
        { name: 'pw', shape: [2, 1, 1, 4], data: noise(8) }, { name: 'pb', shape: [2], data: noise(2) }, { name: 'out', shape: [1, 4, 4, 2] },
      ],
      [
        { name: 'CONV_2D', inputs: ['in', 'w', 'b'], outputs: ['a'], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, fused_activation_function: fused } } },
        name === '' ? { name: 'MAX_POOL_2D', inputs: ['a'], outputs: ['c'], options: { member: 'Pool2DOptions', value: { padding: 1, stride_w: 1, stride_h: 1, filter_width: 1, filter_height: 1 } } } : { name, inputs: ['a'], outputs: ['c'] },
        { name: 'DEPTHWISE_CONV_2D', inputs: ['c', 'dw', 'db'], outputs: ['d'], options: { member: 'DepthwiseConv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, depth_multiplier: 1 } } },
        { name: 'CONV_2D', inputs: ['d', 'pw', 'pb'], outputs: ['out'], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1 } } },
      ],
      ['in'], ['out'],
    );
    return { model, calibrated: calibrate(model) };
  };
  const valuesOf = (model: Model, name: string): number[] => {
    const found = model.subgraphs[0]?.tensors.find((each) => each.name === name);
    return [...new Float32Array(model.buffers[found?.buffer ?? 0]?.data.slice().buffer ?? new ArrayBuffer(0))];
  };

  it.each([['fused', '', 3], ['as an op', 'RELU6', 0]] as const)('lets channels that never reach it grow up to it, %s', (_, name, fused) => {
    const { model, calibrated } = clamped(name, fused);
    const { model: equalised } = equaliseChannels(model, calibrated);
    // The greatest value of the pictures is 0.9999, so that 2 × 3, 8 × 0.75 and 32 × 0.1875 stay below 6.
    expect(valuesOf(equalised, 'w')).toEqual([6, 6, 6, 24]);
    for (const seed of [1, 2, 3]) {
      const [was = new Float64Array(), is = new Float64Array()] = [model, reopened(equalised)].map((each) => outputsOf(each, [pictureFor(model, seed)])[0]);
      expect(Math.max(...was.map((value, index) => Math.abs(value - (is[index] ?? NaN))))).toBeLessThan(1e-9);
    }
  });
});

describe('prepareForQuantization', () => {
  it('leaves a gallery model without half precision, custom ops and activations of their own', () => {
    const { model } = prepareForQuantization(openModel(galleryModel('selfie_segmentation/selfie_segmentation.tflite')));
    const checked = reopened(model);
    expect(opsOf(checked).filter((name) => name === 'DEQUANTIZE' || name === 'Convolution2DTransposeBias' || name === 'AVERAGE_POOL_2D')).toEqual([]);
    expect(opsOf(checked)).toContain('TRANSPOSE_CONV');
    const tensors = observableTensors(checked);
    const exposed = reopened(exposeTensors(checked, tensors));
    expect(exposed.subgraphs[0]?.outputs).toEqual(tensors);
    expect(exposed.signatures).toEqual([]);
  });
});
