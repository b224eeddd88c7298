import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureModel, hasFixtures } from '../tflite/testing/models';
import type { Model } from '../tflite/format/model';
import { openModel } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { interpret, outputsOf } from './testing/interpreter';
import { modelOf, noise, opsOf, reopened, sameBytes, type OperatorOf, type TensorOf } from './testing/models';
import { uint8ToInt8 } from './uint8-to-int8';

const [height, width, channels, filters] = [4, 4, 2, 3];

interface Parts {
  readonly weights: Uint8Array;
  readonly zeroPoint: number;
  readonly bias?: Int32Array;
}

/** A legacy network: a convolution, a depthwise one, an addition of a constant, a classifier. */
function legacy({ weights, zeroPoint, bias = Int32Array.of(100, -50, 7) }: Parts, changes: { readonly last?: OperatorOf } = {}): Model {
  const uint8 = (name: string, shape: readonly number[], scale: number, zero: number, data?: Uint8Array): TensorOf => ({ name, shape, type: 'uint8', scale: [scale], zeroPoint: [zero], ...(data === undefined ? {} : { data }) });
  const int32 = (name: string, data: Int32Array, scale: number): TensorOf => ({ name, shape: [data.length], type: 'int32', data, scale: [scale] });
  const same = { padding: 0, stride_w: 1, stride_h: 1 };
  const depthwise = Uint8Array.from({ length: 9 * filters }, (_, index) => (index * 37) % 256);
  return modelOf(
    [
      uint8('in', [1, height, width, channels], 1 / 64, 128),
      uint8('w', [filters, 3, 3, channels], 0.01, zeroPoint, weights), int32('b', bias, 0.01 / 64), uint8('a', [1, height, width, filters], 0.02, 3),
      uint8('dw', [1, 3, 3, filters], 0.004, 120, depthwise), int32('db', Int32Array.of(1, 2, 3), 0.00008), uint8('d', [1, height, width, filters], 0.03, 100),
      uint8('c', [filters], 0.1, 10, Uint8Array.of(0, 10, 255)), uint8('s', [1, height, width, filters], 0.2, 50),
      { name: 'shape', shape: [2], type: 'int32', data: Int32Array.of(1, height * width * filters) }, uint8('r', [1, height * width * filters], 0.2, 50),
      uint8('p', [1, height * width * filters], 1 / 256, 0),
    ],
    [
      { name: 'CONV_2D', inputs: ['in', 'w', 'b'], outputs: ['a'], options: { member: 'Conv2DOptions', value: { ...same, fused_activation_function: 3 } } },
      { name: 'DEPTHWISE_CONV_2D', inputs: ['a', 'dw', 'db'], outputs: ['d'], options: { member: 'DepthwiseConv2DOptions', value: { ...same, depth_multiplier: 1 } } },
      { name: 'ADD', inputs: ['d', 'c'], outputs: ['s'], options: { member: 'AddOptions', value: {} } },
      { name: 'RESHAPE', inputs: ['s', 'shape'], outputs: ['r'], options: { member: 'ReshapeOptions', value: { new_shape: [1, height * width * filters] } } },
      changes.last ?? { name: 'SOFTMAX', inputs: ['r'], outputs: ['p'], options: { member: 'SoftmaxOptions', value: { beta: 1 } } },
    ],
    ['in'], ['p'],
  );
}

const weightCount = filters * 9 * channels;
const picture = noise(height * width * channels);
/** The network without its last op, whose outputs are small. */
const before = (model: Model) => interpret(model, [picture]);

function tensorNamed(model: Model, name: string) {
  const tensor = model.subgraphs[0]?.tensors.find((entry) => entry.name === name);
  if (tensor === undefined) throw new Error(`there is no tensor ${name}`);
  return tensor;
}

describe('uint8ToInt8', () => {
  it('computes bit for bit the same where every channel fits into ±127', () => {
    const zeroPoint = fc.integer({ min: 1, max: 254 });
    fc.assert(fc.property(zeroPoint, fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })), fc.array(fc.integer({ min: -4000, max: 4000 }), { minLength: filters, maxLength: filters }), (zero, stream, bias) => {
      const weights = Uint8Array.from({ length: weightCount }, () => Math.min(255, Math.max(0, zero + Math.round(127 * Number(stream.next().value)))));
      const original = legacy({ weights, zeroPoint: zero, bias: Int32Array.from(bias) });
      const { model } = uint8ToInt8.apply(original);
      const signed = reopened(model);
      // The first convolution's weights are exact, the depthwise ones have channels that are not: look before them.
      const was = before(original).get(3)?.data;
      const is = before(signed).get(tensorNamed(signed, 'a').index)?.data;
      expect([...is ?? []]).toEqual([...was ?? []]);
    }), { numRuns: 100 });
  });

  it('keeps a channel’s numbers and scale exactly, or stretches it to ±127 with its bias', () => {
    const weights = new Uint8Array(weightCount).fill(200);
    // Channel 0 has 127 at most, channel 1 exactly −128, channel 2 −200.
    weights[0] = 200 - 127;
    weights[18] = 200 - 128;
    weights[36] = 0;
    const { model, changed } = uint8ToInt8.apply(legacy({ weights, zeroPoint: 200, bias: Int32Array.of(1000, 1000, 1000) }));
    const signed = reopened(model);
    const tensor = tensorNamed(signed, 'w');
    const { quantization } = tensor;
    const data = new Int8Array(signed.buffers[tensor.buffer]?.data.slice().buffer ?? new ArrayBuffer(0));
    expect(tensor.dtype).toBe('int8');
    expect(quantization?.dimension).toBe(0);
    expect(quantization?.zeroPoint).toEqual([0, 0, 0]);
    expect(quantization?.scale).toEqual([0.01, (Math.fround(0.01) * 128) / 127, (Math.fround(0.01) * 200) / 127].map(Math.fround));
    expect([data[0], data[18], data[36], data[1]]).toEqual([-127, -127, -127, 0]);
    const bias = tensorNamed(signed, 'b');
    expect([...new Int32Array(signed.buffers[bias.buffer]?.data.slice().buffer ?? new ArrayBuffer(0))]).toEqual([1000, Math.round((1000 * 127) / 128), Math.round((1000 * 127) / 200)]);
    expect(bias.quantization?.scale).toEqual(quantization?.scale.map((scale) => Math.fround(scale / 64)));
    expect(changed[0]).toEqual({ place: 'subgraph 0, op 0, CONV_2D', text: '1 of 3 channels of its weights keep their numbers, the others are cut off at ±127 or scaled to it, whichever loses least' });
  });

  it('loses no more of weights and their sum than cutting off or stretching does', () => {
    const perChannel = weightCount / filters;
    fc.assert(fc.property(fc.uint8Array({ minLength: weightCount, maxLength: weightCount }), fc.integer({ min: 0, max: 255 }), (weights, zeroPoint) => {
      const signed = reopened(uint8ToInt8.apply(legacy({ weights, zeroPoint })).model);
      const { buffer, quantization } = tensorNamed(signed, 'w');
      const data = new Int8Array(signed.buffers[buffer]?.data.slice().buffer ?? new ArrayBuffer(0));
      for (let channel = 0; channel < filters; channel++) {
        const own = [...weights.slice(channel * perChannel, (channel + 1) * perChannel)].map((value) => value - zeroPoint);
        const loss = (values: readonly number[]): number => {
          const errors = values.map((value, index) => value - (own[index] ?? NaN));
          return errors.reduce((sum, error) => sum + error * error, 0) + errors.reduce((sum, error) => sum + error, 0) ** 2;
        };
        const step = Math.max(1, ...own.map((value) => Math.abs(value) / 127));
        const found = [...data.slice(channel * perChannel, (channel + 1) * perChannel)].map((value) => (value * (quantization?.scale[channel] ?? NaN)) / Math.fround(0.01));
        // Scales are stored in single precision.
        expect(loss(found)).toBeLessThan(loss(own.map((value) => Math.min(127, Math.max(-127, value)))) + 0.001);
        expect(loss(found)).toBeLessThan(loss(own.map((value) => Math.round(value / step) * step)) + 0.001);
      }
    }), { numRuns: 200 });
  });

  it('ends where moving a number and moving it back lose the same', () => {
    const tied = [-95, 28, -55, 13, 65, -138, -113, 21, 7, 20, 27, -55, 27, 1, 92, 100, 105, -142];
    const weights = Uint8Array.from({ length: weightCount }, (_, index) => (tied[index % tied.length] ?? 0) + 143);
    const signed = reopened(uint8ToInt8.apply(legacy({ weights, zeroPoint: 143 })).model);
    const { buffer, quantization } = tensorNamed(signed, 'w');
    const data = new Int8Array(signed.buffers[buffer]?.data.slice().buffer ?? new ArrayBuffer(0));
    const errors = tied.map((value, index) => ((data[index] ?? NaN) * (quantization?.scale[0] ?? NaN)) / Math.fround(0.01) - value);
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0))).toBeLessThan(1);
  });

  it('moves activations and other constants by 128 with their zero points', () => {
    const signed = reopened(uint8ToInt8.apply(legacy({ weights: new Uint8Array(weightCount), zeroPoint: 0 })).model);
    expect(signed.subgraphs[0]?.tensors.filter(({ dtype }) => dtype === 'uint8')).toEqual([]);
    expect(tensorNamed(signed, 'in').quantization).toMatchObject({ scale: [1 / 64], zeroPoint: [0] });
    expect(tensorNamed(signed, 'p').quantization).toMatchObject({ scale: [1 / 256], zeroPoint: [-128] });
    const constant = tensorNamed(signed, 'c');
    expect([...new Int8Array(signed.buffers[constant.buffer]?.data.slice().buffer ?? new ArrayBuffer(0))]).toEqual([-128, -118, 127]);
    expect(constant.quantization?.zeroPoint).toEqual([-118]);
  });

  it('scales along dimension 3 for depthwise weights', () => {
    const signed = reopened(uint8ToInt8.apply(legacy({ weights: new Uint8Array(weightCount), zeroPoint: 0 })).model);
    expect(tensorNamed(signed, 'dw').quantization).toMatchObject({ dimension: 3, zeroPoint: [0, 0, 0] });
    expect(tensorNamed(signed, 'dw').quantization?.scale).toHaveLength(filters);
  });

  it('loses at most what rescaled channels round', () => {
    const weights = Uint8Array.from({ length: weightCount }, (_, index) => (index * 91) % 256);
    const original = legacy({ weights, zeroPoint: 128 });
    const [was = new Float64Array()] = outputsOf(original, [picture]);
    const [is = new Float64Array()] = outputsOf(reopened(uint8ToInt8.apply(original).model), [picture]);
    expect(Math.max(...was.map((value, index) => Math.abs(value - (is[index] ?? NaN))))).toBeLessThan(4 / 256);
  });

  it('raises the versions of ops that change type, and leaves the model that it is given alone', () => {
    const original = legacy({ weights: new Uint8Array(weightCount), zeroPoint: 0 });
    const bytes = writeModel(original);
    const { model } = uint8ToInt8.apply(original);
    expect(reopened(model).subgraphs[0]?.operators.map(({ code }) => [code.name, code.version])).toEqual([['CONV_2D', 3], ['DEPTHWISE_CONV_2D', 3], ['ADD', 2], ['RESHAPE', 1], ['SOFTMAX', 2]]);
    expect(sameBytes(writeModel(original), bytes)).toBe(true);
  });

  it('stays off a model with an op that may not take signed numbers, and names the op', () => {
    const original = legacy({ weights: new Uint8Array(weightCount), zeroPoint: 0 }, { last: { name: 'LSTM', inputs: ['r'], outputs: ['p'] } });
    const { model, changed, skipped } = uint8ToInt8.apply(original);
    expect(model).toBe(original);
    expect(changed).toEqual([]);
    expect(skipped[0]?.place).toBe('subgraph 0, op 4, LSTM');
  });

  it('stays off weights that other ops compute', () => {
    const computed = modelOf(
      [
        { name: 'in', shape: [1, 2], type: 'uint8', scale: [1] }, { name: 'w', shape: [2, 2], type: 'uint8', scale: [1] }, { name: 'out', shape: [1, 2], type: 'uint8', scale: [1] },
      ],
      [{ name: 'FULLY_CONNECTED', inputs: ['in', 'w', ''], outputs: ['out'], options: { member: 'FullyConnectedOptions', value: {} } }],
      ['in', 'w'], ['out'],
    );
    expect(uint8ToInt8.apply(computed)).toMatchObject({ model: computed, changed: [], skipped: [{ place: 'subgraph 0, op 0, FULLY_CONNECTED' }] });
  });

  it('leaves a float model as it is', () => {
    const float = modelOf([{ name: 'a', shape: [1] }, { name: 'b', shape: [1] }], [{ name: 'RELU', inputs: ['a'], outputs: ['b'] }], ['a'], ['b']);
    expect(uint8ToInt8.apply(float)).toEqual({ model: float, changed: [], skipped: [] });
  });

  it.skipIf(!hasFixtures)('takes a whole MobileNet along without letting it grow', () => {
    const bytes = fixtureModel('mobilenet_v1_0.25_128_quant.tflite');
    const original = openModel(bytes);
    const written = writeModel(uint8ToInt8.apply(original).model);
    const signed = openModel(written);
    expect(opsOf(signed)).toEqual(opsOf(original));
    expect(signed.subgraphs[0]?.tensors.filter(({ dtype }) => dtype === 'uint8')).toEqual([]);
    // A scale and a zero point for each channel of each layer and its bias come in addition, 24 bytes together.
    const perChannel = signed.subgraphs[0]?.tensors.reduce((sum, { quantization }) => sum + (quantization?.scale.length ?? 0), 0) ?? 0;
    expect(written.length).toBeLessThan(bytes.length + 12 * perChannel + 4096);
  });
});
