/** Every element type goes in and comes out, on models of one op that the test makes. */
import { writeFileSync } from 'node:fs';
import { buildModel } from '../src/tflite/testing/build';
import { dtypes, type DType } from '../src/tensor/dtype';
import { builtinOperators } from '../src/tflite/format/schema/operators';
import { runModelOk } from './support/engine';
import { apiTest as test, expect } from './support/fixtures';

interface OneOp {
  readonly op: string;
  readonly version?: number;
  readonly inputs: readonly DType[];
  readonly output: DType;
  readonly scale?: number;
  readonly zeroPoint?: number;
  readonly options?: { readonly member: string; readonly value: Readonly<Record<string, unknown>> };
}

function oneOp({ op, version = 1, inputs, output, scale, zeroPoint = 0, options }: OneOp): Uint8Array {
  const code = builtinOperators.indexOf(op as (typeof builtinOperators)[number]);
  const tensor = (name: string, dtype: DType) => ({
    name, shape: [1, 4], type: dtypes.indexOf(dtype), buffer: 0,
    ...(scale === undefined ? {} : { quantization: { scale: [scale], zero_point: [BigInt(zeroPoint)] } }),
  });
  return buildModel({
    version: 3,
    operator_codes: [{ deprecated_builtin_code: Math.min(code, 127), builtin_code: code, version }],
    buffers: [{}],
    subgraphs: [{
      tensors: [...inputs.map((dtype, index) => tensor(`input_${index}`, dtype)), tensor('output', output)],
      inputs: inputs.map((_, index) => index),
      outputs: [inputs.length],
      operators: [{ opcode_index: 0, inputs: inputs.map((_, index) => index), outputs: [inputs.length], ...(options === undefined ? {} : { builtin_options: options }) }],
    }],
  });
}

const addOptions = { member: 'AddOptions', value: {} };

/** Half precision bits of 1.5, −2, 0.25 and 1024. */
const halves = [0x3e00, 0xc000, 0x3400, 0x6400];

const cases: readonly (OneOp & { readonly name: string; readonly values: readonly (readonly number[])[]; readonly expected: readonly number[] })[] = [
  { name: 'float32', op: 'ADD', inputs: ['float32', 'float32'], output: 'float32', options: addOptions, values: [[1.5, -2, 3, 0], [0.25, 2, 1e6, -0.5]], expected: [1.75, 0, 1000003, -0.5] },
  { name: 'int32', op: 'ADD', inputs: ['int32', 'int32'], output: 'int32', options: addOptions, values: [[1, -2, 2_000_000_000, 0], [4, 2, 1, -7]], expected: [5, 0, 2_000_000_001, -7] },
  { name: 'int64', op: 'ADD', version: 4, inputs: ['int64', 'int64'], output: 'int64', options: addOptions, values: [[1, -2, 9_007_199_254_740_000, 0], [4, 2, 991, -7]], expected: [5, 0, 9_007_199_254_740_991, -7] },
  { name: 'int8', op: 'ADD', version: 2, inputs: ['int8', 'int8'], output: 'int8', scale: 0.5, zeroPoint: -1, options: addOptions, values: [[-1, 3, -128, 127], [5, -5, 0, 127]], expected: [5, -1, -127, 127] },
  { name: 'uint8', op: 'ADD', inputs: ['uint8', 'uint8'], output: 'uint8', scale: 0.5, zeroPoint: 128, options: addOptions, values: [[128, 130, 0, 255], [138, 120, 129, 255]], expected: [138, 122, 1, 255] },
  { name: 'int16', op: 'ADD', version: 2, inputs: ['int16', 'int16'], output: 'int16', scale: 0.25, options: { member: 'AddOptions', value: { pot_scale_int16: false } }, values: [[100, -3000, 0, 7], [11, 3000, -5, 32000]], expected: [111, 0, -5, 32007] },
  { name: 'bool', op: 'LOGICAL_AND', inputs: ['bool', 'bool'], output: 'bool', options: { member: 'LogicalAndOptions', value: {} }, values: [[1, 1, 0, 0], [1, 0, 1, 0]], expected: [1, 0, 0, 0] },
  { name: 'float16 to float32', op: 'DEQUANTIZE', version: 3, inputs: ['float16'], output: 'float32', options: { member: 'DequantizeOptions', value: {} }, values: [halves], expected: [1.5, -2, 0.25, 1024] },
  { name: 'float16', op: 'RESHAPE', inputs: ['float16'], output: 'float16', options: { member: 'ReshapeOptions', value: { new_shape: [1, 4] } }, values: [halves], expected: halves },
];

for (const { name, values, expected, ...definition } of cases) {
  test(`${name} elements pass through a runtime exactly`, async ({ page }, testInfo) => {
    const file = testInfo.outputPath('one-op.tflite');
    writeFileSync(file, oneOp(definition));
    for (const runtime of ['tfjs-tflite', 'litert'] as const) {
      const result = await runModelOk(page, {
        model: { file }, configuration: { runtime, threads: 1 }, fallback: false,
        inputs: Object.fromEntries(values.map((list, index) => [`input_${index}`, { values: list }])),
      });
      expect(result.outputs, runtime).toEqual([{ name: 'output', dtype: definition.output, shape: [1, 4], values: expected }]);
    }
  });
}
