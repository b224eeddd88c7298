import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { buildModel, type Fields } from '../tflite/testing/build';
import { fixtureModel, fixtureModels, galleryModel, galleryModels } from '../tflite/testing/models';
import { arbitraryNetwork } from '../tflite/testing/networks';
import { elementCount } from '../tensor/dtype';
import { openModel } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { fuseActivations } from './fuse-activations';
import { globalPooling } from './global-pooling';
import { passes } from './passes';
import { outputsOf } from './testing/interpreter';
import { modelOf, noise, opsOf, reopened, sameBytes, type OperatorOf, type TensorOf } from './testing/models';
import { transposeConvolution } from './transpose-convolution';
import { floatHardSwish } from './float-hard-swish';

const relu = 1;
const chain = (shape: readonly number[], ...names: readonly string[]): TensorOf[] => names.map((name) => ({ name, shape }));

describe('fuseActivations', () => {
  const conv = (fused: number, output: string): OperatorOf => ({
    name: 'CONV_2D', inputs: ['in', 'w', ''], outputs: [output], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, fused_activation_function: fused } },
  });
  const tensors: TensorOf[] = [...chain([1, 2, 2, 2], 'in', 'mid', 'out', 'other'), { name: 'w', shape: [2, 1, 1, 2], data: noise(4) }];

  it.each(['RELU', 'RELU6', 'RELU_N1_TO_1'])('lets the op before a %s clamp its output', (name) => {
    const original = modelOf(tensors, [conv(0, 'mid'), { name, inputs: ['mid'], outputs: ['out'] }], ['in'], ['out']);
    const { model, changed, skipped } = fuseActivations.apply(original);
    const fused = reopened(model);
    expect(opsOf(fused)).toEqual(['CONV_2D']);
    expect(fused.subgraphs[0]?.operators[0]?.options?.values).toMatchObject({ fused_activation_function: name });
    expect(fused.subgraphs[0]?.tensors.map((tensor) => tensor.name)).toEqual(['in', 'out', 'w']);
    expect([changed.length, skipped.length]).toEqual([1, 0]);
    const picture = noise(8, 3).map((value) => value * 9);
    expect(outputsOf(fused, [picture])).toEqual(outputsOf(original, [picture]));
  });

  const kept: readonly [string, OperatorOf[], string[], RegExp][] = [
    ['that clamps an output of the model', [conv(0, 'mid'), { name: 'RELU', inputs: ['mid'], outputs: ['out'] }], ['out', 'mid'], /output of the model/],
    ['whose input another op reads', [conv(0, 'mid'), { name: 'RELU', inputs: ['mid'], outputs: ['out'] }, { name: 'TANH', inputs: ['mid'], outputs: ['other'] }], ['out', 'other'], /another op/],
    ['behind an op that clamps already', [conv(relu, 'mid'), { name: 'RELU6', inputs: ['mid'], outputs: ['out'] }], ['out'], /RELU already/],
    ['at an input', [{ name: 'RELU', inputs: ['in'], outputs: ['out'] }], ['out'], /input of the model/],
    ['behind an op that cannot clamp', [{ name: 'TANH', inputs: ['in'], outputs: ['mid'] }, { name: 'RELU', inputs: ['mid'], outputs: ['out'] }], ['out'], /TANH before it cannot/],
    ['behind a CONCATENATION, whose setting runtimes do not read', [
      { name: 'CONCATENATION', inputs: ['in'], outputs: ['mid'], options: { member: 'ConcatenationOptions', value: { axis: 3 } } }, { name: 'RELU', inputs: ['mid'], outputs: ['out'] },
    ], ['out'], /cannot clamp/],
    ['behind an op without settings', [{ name: 'ADD', inputs: ['in', 'in'], outputs: ['mid'] }, { name: 'RELU', inputs: ['mid'], outputs: ['out'] }], ['out'], /no settings/],
  ];
  it.each(kept)('leaves an activation %s', (_, operators, outputs, reason) => {
    const original = modelOf(tensors, operators, ['in'], outputs);
    const { model, changed, skipped } = fuseActivations.apply(original);
    expect(model).toBe(original);
    expect(changed).toEqual([]);
    expect(skipped.map(({ text }) => text)).toEqual([expect.stringMatching(reason)]);
  });

  it('keeps a quantized op’s own output scale', () => {
    const int8 = (name: string, scale: number): TensorOf => ({ name, shape: [1, 2], type: 'int8', scale: [scale], zeroPoint: [-3] });
    const original = modelOf(
      [int8('a', 0.1), int8('sum', 0.2), int8('out', 0.05)],
      [{ name: 'ADD', version: 2, inputs: ['a', 'a'], outputs: ['sum'], options: { member: 'AddOptions', value: {} } }, { name: 'RELU', version: 2, inputs: ['sum'], outputs: ['out'] }],
      ['a'], ['out'],
    );
    const fused = reopened(fuseActivations.apply(original).model);
    expect(opsOf(fused)).toEqual(['ADD']);
    expect(fused.subgraphs[0]?.tensors.at(-1)?.quantization?.scale).toEqual([Math.fround(0.05)]);
  });
});

describe('globalPooling', () => {
  const pooling = (value: Fields, output: readonly number[] = [1, 1, 1, 2]) => modelOf(
    [{ name: 'in', shape: [1, 3, 4, 2] }, { name: 'out', shape: output }],
    [{ name: 'AVERAGE_POOL_2D', inputs: ['in'], outputs: ['out'], options: { member: 'Pool2DOptions', value: { padding: 1, stride_w: 1, stride_h: 1, filter_width: 4, filter_height: 3, ...value } } }],
    ['in'], ['out'],
  );

  it.each([{}, { padding: 0, stride_w: 4, stride_h: 3 }])('takes the mean of the whole picture: %o', (value) => {
    const original = pooling(value);
    const rewritten = reopened(globalPooling.apply(original).model);
    expect(opsOf(rewritten)).toEqual(['MEAN']);
    expect(rewritten.subgraphs[0]?.operators[0]?.options?.values).toEqual({ keep_dims: true });
    const picture = noise(24);
    const [was, is] = [original, rewritten].map((model) => outputsOf(model, [picture])[0] ?? new Float64Array());
    expect(is?.length).toBe(2);
    for (const [index, value_] of was?.entries() ?? []) expect(is?.[index]).toBeCloseTo(value_, 12);
  });

  it.each<[string, Fields, number[]]>([
    ['a smaller window', { filter_width: 2, filter_height: 3, stride_w: 2 }, [1, 1, 2, 2]],
    ['a window with borders, put down several times', { padding: 0 }, [1, 3, 4, 2]],
  ])('leaves %s', (_, value, output) => {
    expect(globalPooling.apply(pooling(value, output)).changed).toEqual([]);
  });

  it('leaves what clamps, and says why', () => {
    expect(globalPooling.apply(pooling({ fused_activation_function: relu }))).toMatchObject({ changed: [], skipped: [{ text: 'MEAN cannot apply its RELU' }] });
  });
});

describe('transposeConvolution', () => {
  const settings = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
  const network = (customOptions: Uint8Array, output: readonly number[], inputs = ['in', 'w', 'b']) => modelOf(
    [{ name: 'in', shape: [1, 2, 3, 2] }, { name: 'w', shape: [3, 2, 2, 2], data: noise(24) }, { name: 'b', shape: [3], data: noise(3, 2) }, { name: 'out', shape: output }],
    [{ name: 'Convolution2DTransposeBias', inputs, outputs: ['out'], customOptions }],
    ['in'], ['out'],
  );

  it.each<[string, Uint8Array, number[], object]>([
    ['SAME', settings(1, 3, 2), [1, 4, 9, 3], { padding: 'SAME', stride_w: 3, stride_h: 2 }],
    ['VALID', settings(2, 1, 2), [1, 4, 4, 3], { padding: 'VALID', stride_w: 1, stride_h: 2 }],
  ])('becomes the built-in op with padding %s and both strides', (_, customOptions, output, values) => {
    const original = network(customOptions, output);
    const rewritten = reopened(transposeConvolution.apply(original).model);
    const [operator] = rewritten.subgraphs[0]?.operators ?? [];
    expect(operator?.code).toMatchObject({ name: 'TRANSPOSE_CONV', custom: false, builtinCode: 67, version: 3 });
    expect(operator?.options?.values).toMatchObject(values);
    // Custom options that are empty, not absent, make a built-in op invalid.
    expect(operator?.customOptions).toBeNull();
    expect(outputsOf(rewritten, [noise(12)])).toEqual(outputsOf(original, [noise(12)]));
  });

  it.each<[string, Uint8Array, number[], string[], RegExp]>([
    ['settings that are cut off', settings(1, 2), [1, 4, 6, 3], ['in', 'w', 'b'], /shorter/],
    ['an unknown padding', settings(0, 2, 2), [1, 4, 6, 3], ['in', 'w', 'b'], /padding 0/],
    ['a stride of 0', settings(1, 0, 2), [1, 4, 6, 3], ['in', 'w', 'b'], /strides 0 and 2/],
    ['no bias', settings(1, 2, 2), [1, 4, 6, 3], ['in', 'w'], /lacks/],
    ['a free output', settings(1, 2, 2), [-1, 4, 6, 3], ['in', 'w', 'b'], /not fixed/],
  ])('leaves an op with %s and says why', (_, customOptions, output, inputs, reason) => {
    const { changed, skipped } = transposeConvolution.apply(network(customOptions, output, inputs));
    expect(changed).toEqual([]);
    expect(skipped[0]?.text).toMatch(reason);
  });
});

describe('floatHardSwish', () => {
  it('computes in float between two conversions', () => {
    const int8 = (name: string, scale: number, zero: number): TensorOf => ({ name, shape: [1, 8], type: 'int8', scale: [scale], zeroPoint: [zero] });
    const original = modelOf([int8('a', 0.05, 3), int8('b', 0.03, -90)], [{ name: 'HARD_SWISH', inputs: ['a'], outputs: ['b'] }], ['a'], ['b']);
    const rewritten = reopened(floatHardSwish.apply(original).model);
    expect(opsOf(rewritten)).toEqual(['DEQUANTIZE', 'HARD_SWISH', 'QUANTIZE']);
    expect(rewritten.subgraphs[0]?.operators.map(({ code }) => code.version)).toEqual([2, 1, 1]);
    const given = noise(8).map((value) => value * 6);
    expect(outputsOf(rewritten, [given])).toEqual(outputsOf(original, [given]));
  });

  it('leaves float alone', () => {
    const original = modelOf(chain([2], 'a', 'b'), [{ name: 'HARD_SWISH', inputs: ['a'], outputs: ['b'] }], ['a'], ['b']);
    expect(floatHardSwish.apply(original)).toEqual({ model: original, changed: [], skipped: [] });
  });
});

describe('every pass', () => {
  it.each(passes.filter(({ precision }) => precision === 'exact').map((pass) => [pass.id, pass] as const))('%s lets generated networks compute the same, and finds nothing to do the second time', (_, pass) => {
    fc.assert(fc.property(arbitraryNetwork, (record) => {
      const original = openModel(buildModel(record));
      const once = pass.apply(original);
      const model = reopened(once.model);
      const [input = -1] = original.subgraphs[0]?.inputs ?? [];
      const picture = noise(elementCount(original.subgraphs[0]?.tensors[input]?.shape ?? []));
      const [was = new Float64Array()] = outputsOf(original, [picture]);
      const [is = new Float64Array()] = outputsOf(model, [picture]);
      const scale = Math.max(1, ...was.map(Math.abs));
      expect(Math.max(...was.map((value, index) => Math.abs(value - (is[index] ?? NaN))))).toBeLessThan(1e-9 * scale);
      expect(pass.apply(model).changed).toEqual([]);
    }), { numRuns: 40 });
  }, 30_000);

  test.each([...galleryModels.filter((path) => !path.includes('heavy')).map((path) => [path, () => galleryModel(path)] as const), ...fixtureModels.map((path) => [`shared ${path}`, () => fixtureModel(path)] as const)])(
    '%s passes the verifier after all of them, with its edges and nothing left over', (_, read) => {
      const bytes = read();
      const original = openModel(bytes);
      const copy = bytes.slice();
      let model = original;
      for (const pass of passes) model = pass.apply(model).model;
      // No pass may write into what it was given.
      expect(sameBytes(copy, bytes)).toBe(true);
      const rewritten = reopened(model);
      const edges = ({ subgraphs: [graph] }: typeof model) => [graph?.inputs ?? [], graph?.outputs ?? []].map((list) => list.map((index) => [graph?.tensors[index]?.name, graph?.tensors[index]?.shape]));
      expect(edges(rewritten)).toEqual(edges(original));
      expect(sameBytes(writeModel(rewritten), writeModel(model))).toBe(true);
      const used = new Set([...rewritten.subgraphs.flatMap(({ tensors }) => tensors.map(({ buffer }) => buffer)), ...rewritten.metadata.map(({ buffer }) => buffer), ...rewritten.legacyMetadata]);
      if (model !== original) expect(rewritten.buffers.filter(({ index, data }) => data.length > 0 && !used.has(index))).toEqual([]);
    }, 60_000);
});
