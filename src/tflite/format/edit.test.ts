import { describe, expect, test } from 'vitest';
import { addBuffer, addOperatorCode, addTensor, changeSubgraph, changeTensor, removeTensors, replaceBuffer, setOperators } from './edit';
import { addition, buildModel } from '../testing/build';
import { openModel } from './verify/verify';
import { writeModel } from './write/writer';

const original = openModel(buildModel(addition()));

test('an op inserted behind another, with weights and an op code of its own', () => {
  const factors = addBuffer(original, new Uint8Array(new Float32Array([2, 5]).buffer));
  const multiply = addOperatorCode(factors.whole, { name: 'MUL', custom: false, builtinCode: 18, version: 1 });
  const model = changeSubgraph(multiply.whole, 0, (subgraph) => {
    const weights = addTensor(subgraph, { name: 'factors', shape: [1, 2], buffer: factors.index });
    const product = addTensor(weights.whole, { name: 'product', shape: [1, 2] });
    const operators = [...subgraph.operators, {
      opcodeIndex: multiply.index, inputs: [2, weights.index], outputs: [product.index], options: { table: 'MulOptions' as const, values: { fused_activation_function: 'RELU' as const } },
    }];
    return { ...setOperators(multiply.whole, product.whole, operators), outputs: [product.index] };
  });
  const written = openModel(writeModel(model));
  expect(written.subgraphs[0]?.operators.map(({ index, code, inputs, outputs, options }) => [index, code.name, inputs, outputs, options?.values])).toEqual([
    [0, 'ADD', [0, 1], [2], { fused_activation_function: 'RELU', pot_scale_int16: true }],
    [1, 'MUL', [2, 3], [4], { fused_activation_function: 'RELU' }],
  ]);
  expect(written.subgraphs[0]?.outputs).toEqual([4]);
  expect([...new Float32Array(written.buffers[2]?.data.slice().buffer ?? new ArrayBuffer(0))]).toEqual([2, 5]);
  // The model that was edited is as it was.
  expect([original.buffers.length, original.operatorCodes.length, original.subgraphs[0]?.tensors.length]).toEqual([2, 1, 3]);
});

test('weights of another type', () => {
  const halves = replaceBuffer(original, 1, new Uint8Array(new Uint16Array([0x4200, 0x4400]).buffer));
  const written = openModel(writeModel(changeSubgraph(halves, 0, (subgraph) => changeTensor(subgraph, 1, { dtype: 'float16' }))));
  expect(written.subgraphs[0]?.tensors[1]).toMatchObject({ name: 'b', dtype: 'float16', shape: [1, 2] });
  expect([...written.buffers[1]?.data ?? []]).toEqual([0, 0x42, 0, 0x44]);
});

test('op codes are listed once', () => {
  const code = original.operatorCodes[0];
  if (code === undefined) throw new Error('the model has an op');
  expect(addOperatorCode(original, { ...code })).toEqual({ whole: original, index: 0 });
  expect(addOperatorCode(original, { ...code, version: 2 }).index).toBe(1);
  expect(() => setOperators(original, original.subgraphs[0] ?? (() => { throw new Error(); })(), [{ opcodeIndex: 3, inputs: [], outputs: [] }])).toThrow(RangeError);
});

test('a list of buffers that is left out gets its empty first one', () => {
  expect(addBuffer({ ...original, buffers: [] }, new Uint8Array(4))).toMatchObject({ index: 1, whole: { buffers: [{ data: new Uint8Array(0) }, { index: 1 }] } });
});

describe('tensors that go', () => {
  const named = { ...original, signatures: [{ key: 'main', subgraph: 0, inputs: [{ name: 'x', tensor: 0 }], outputs: [{ name: 'y', tensor: 2 }] }] };

  test('what refers to the others follows them', () => {
    const scaled = changeSubgraph(named, 0, (subgraph) => {
      const scales = addTensor({ ...subgraph, operators: [] }, { name: 'scales', shape: [2] });
      return addTensor(scales.whole, {
        name: 'blocks', shape: [2, 32], quantization: { scale: [], zeroPoint: [], dimension: 0, min: [], max: [], details: { kind: 'blockwise', scales: scales.index, zeroPoints: -1, blockSize: 32 } },
      }).whole;
    });
    const model = removeTensors(scaled, 0, new Set([1]));
    expect(model.subgraphs[0]).toMatchObject({ inputs: [0], outputs: [1], tensors: [{ index: 0, name: 'a' }, { index: 1, name: 'out' }, { index: 2, name: 'scales' }, { index: 3, name: 'blocks', quantization: { details: { scales: 2, zeroPoints: -1 } } }] });
    expect(model.signatures[0]).toMatchObject({ inputs: [{ tensor: 0 }], outputs: [{ tensor: 1 }] });
  });

  test('one that an op, an edge or a signature needs must stay', () => {
    for (const index of [0, 1, 2]) expect(() => removeTensors(named, 0, new Set([index]))).toThrow(RangeError);
  });
});
