import { describe, expect, it } from 'vitest';
import type { Model } from '../tflite/format/model';
import { type EdgeType, edgeTypes } from './edge-types';
import { outputsOf } from './testing/interpreter';
import { modelOf, noise, opsOf, reopened, type TensorOf } from './testing/models';

const int8 = (name: string, scale: number, zero: number): TensorOf => ({ name, shape: [1, 8], type: 'int8', scale: [scale], zeroPoint: [zero] });
const uint8 = (name: string, scale: number, zero: number): TensorOf => ({ ...int8(name, scale, zero), type: 'uint8' });
const signature = { signature_defs: [{ signature_key: 'serve', subgraph_index: 0, inputs: [{ name: 'x', tensor_index: 0 }], outputs: [{ name: 'y', tensor_index: 1 }] }] };
const tanh = (input: TensorOf, output: TensorOf): Model => modelOf([input, output], [{ name: 'TANH', inputs: ['a'], outputs: ['b'] }], ['a'], ['b'], signature);

function edgesOf(model: Model): { name: string | undefined; dtype: string | undefined; quantization: unknown }[] {
  const [graph] = model.subgraphs;
  return [...graph?.inputs ?? [], ...graph?.outputs ?? []].map((index) => {
    const tensor = graph?.tensors[index];
    return { name: tensor?.name, dtype: tensor?.dtype, quantization: tensor?.quantization === null ? null : [tensor?.quantization?.scale, tensor?.quantization?.zeroPoint] };
  });
}

const given = noise(8).map((value) => value * 3);

describe('edgeTypes', () => {
  it('gives a quantized model float edges', () => {
    const original = tanh(int8('a', 0.05, 3), int8('b', 1 / 128, 0));
    const { model, changed } = edgeTypes({ inputs: 'float32', outputs: 'float32' }).apply(original);
    const float = reopened(model);
    expect(opsOf(float)).toEqual(['QUANTIZE', 'TANH', 'DEQUANTIZE']);
    expect(edgesOf(float)).toEqual([{ name: 'a', dtype: 'float32', quantization: null }, { name: 'b', dtype: 'float32', quantization: null }]);
    expect(changed).toHaveLength(2);
    expect(outputsOf(float, [given])).toEqual(outputsOf(original, [given]));
    // The signature follows.
    expect(float.signatures[0]).toMatchObject({ inputs: [{ name: 'x', tensor: float.subgraphs[0]?.inputs[0] }], outputs: [{ name: 'y', tensor: float.subgraphs[0]?.outputs[0] }] });
  });

  it.each<[EdgeType, EdgeType]>([['uint8', 'uint8'], ['uint8', 'int8'], ['int8', 'uint8'], ['int8', 'int8']])('takes conversions away and gives %s and %s without a loss', (inputs, outputs) => {
    const original = tanh(int8('a', 0.05, 3), int8('b', 1 / 128, 0));
    const float = reopened(edgeTypes({ inputs: 'float32', outputs: 'float32' }).apply(original).model);
    const model = reopened(edgeTypes({ inputs, outputs }).apply(float).model);
    expect(opsOf(model)).toEqual([...(inputs === 'uint8' ? ['QUANTIZE'] : []), 'TANH', ...(outputs === 'uint8' ? ['QUANTIZE'] : [])]);
    expect(edgesOf(model)).toEqual([
      { name: 'a', dtype: inputs, quantization: [[Math.fround(0.05)], [inputs === 'uint8' ? 131 : 3]] },
      { name: 'b', dtype: outputs, quantization: [[1 / 128], [outputs === 'uint8' ? 128 : 0]] },
    ]);
    expect(outputsOf(model, [given])).toEqual(outputsOf(original, [given]));
  });

  it('moves between unsigned and signed numbers', () => {
    const original = tanh(uint8('a', 0.05, 131), uint8('b', 1 / 128, 128));
    const model = reopened(edgeTypes({ inputs: 'int8', outputs: 'int8' }).apply(original).model);
    expect(edgesOf(model).map(({ dtype, quantization }) => [dtype, quantization])).toEqual([['int8', [[Math.fround(0.05)], [3]]], ['int8', [[1 / 128], [0]]]]);
    expect(outputsOf(model, [given])).toEqual(outputsOf(original, [given]));
  });

  it('cannot guess a range for floats that the model computes with', () => {
    const original = tanh({ name: 'a', shape: [1, 8] }, { name: 'b', shape: [1, 8] });
    const { model, changed, skipped } = edgeTypes({ inputs: 'int8', outputs: 'uint8' }).apply(original);
    expect(model).toBe(original);
    expect(changed).toEqual([]);
    expect(skipped.map(({ text }) => text)).toEqual([expect.stringContaining('quantize the model to give it int8'), expect.stringContaining('quantize the model to get uint8')]);
  });

  it('changes nothing where the types are right already, and nothing that was not asked for', () => {
    const original = tanh(int8('a', 0.05, 3), int8('b', 1 / 128, 0));
    expect(edgeTypes({ inputs: 'int8' }).apply(original)).toEqual({ model: original, changed: [], skipped: [] });
  });
});
