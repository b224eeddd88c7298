import { type Fields, buildModel, tensor } from '../../tflite/testing/build';
import { type BuiltinOperator, builtinOperators } from '../../tflite/format/schema/operators';
import type { Model } from '../../tflite/format/model';
import { openModel } from '../../tflite/format/verify/verify';
import { writeModel } from '../../tflite/format/write/writer';

/** TensorType numbers of the format. */
export const types = { float32: 0, float16: 1, int32: 2, uint8: 3, int8: 9 } as const;

/** `[name, shape, type, quantization, data]` */
export interface TensorOf {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type?: keyof typeof types;
  readonly scale?: readonly number[];
  readonly zeroPoint?: readonly number[];
  readonly data?: ArrayBufferView;
}

export interface OperatorOf {
  readonly name: BuiltinOperator | (string & {});
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly options?: Fields;
  readonly customOptions?: Uint8Array;
  readonly version?: number;
}

/** A model of named tensors; `''` among an op's inputs is one that is left out. */
export function modelOf(tensors: readonly TensorOf[], operators: readonly OperatorOf[], inputs: readonly string[], outputs: readonly string[], more: Fields = {}): Model {
  const buffers: Fields[] = [{}];
  const indexOf = (name: string): number => (name === '' ? -1 : tensors.findIndex((entry) => entry.name === name));
  return openModel(buildModel({
    version: 3,
    description: 'for a test',
    operator_codes: operators.map(({ name, version = 1 }) => {
      const code = (builtinOperators as readonly string[]).indexOf(name);
      return code === -1 ? { deprecated_builtin_code: 32, builtin_code: 32, custom_code: name, version } : { deprecated_builtin_code: Math.min(code, 127), builtin_code: code, version };
    }),
    subgraphs: [{
      name: 'main',
      tensors: tensors.map(({ name, shape, type = 'float32', scale, zeroPoint, data }) => tensor({
        name, shape, type: types[type],
        ...(data === undefined ? {} : { buffer: buffers.push({ data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }) - 1 }),
        ...(scale === undefined ? {} : { quantization: { scale, zero_point: zeroPoint ?? scale.map(() => 0) } }),
      })),
      inputs: inputs.map(indexOf),
      outputs: outputs.map(indexOf),
      operators: operators.map(({ inputs: read, outputs: written, options, customOptions }, index) => ({
        opcode_index: index, inputs: read.map(indexOf), outputs: written.map(indexOf),
        ...(options === undefined ? {} : { builtin_options: options }),
        ...(customOptions === undefined ? {} : { custom_options: customOptions }),
      })),
    }],
    buffers,
    ...more,
  }));
}

/** The model as it is read from the file that it would be, checked. */
export function reopened(model: Model): Model {
  return openModel(writeModel(model));
}

/** The ops' names, in order of execution. */
export function opsOf(model: Model): string[] {
  return model.subgraphs[0]?.operators.map(({ code }) => code.name) ?? [];
}

/** Numbers between −1 and 1 that look like chance and are the same each time. */
export function noise(count: number, seed = 1): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin((index + 1) * 12.9898 + seed * 78.233));
}

/** Whether two files are equal; a test's own comparison of megabytes takes seconds. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
