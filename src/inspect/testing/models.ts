import { type Fields, buildModel } from '../../tflite/testing/build';
import { galleryModel } from '../../tflite/testing/models';
import { builtinOperators, customOperatorCode } from '../../tflite/format/schema/operators';
import { builtinOptions2 } from '../../tflite/format/schema/stablehlo';
import { openModel } from '../../tflite/format/verify/verify';
import { InspectedModel } from '../describe/shared/inspected';

export interface MadeTensor {
  readonly name?: string;
  readonly shape: readonly number[];
  /** The schema's number; 0 is float32, 2 int32, 9 int8, 17 int4. */
  readonly type?: number;
  readonly data?: Uint8Array;
  readonly quantization?: Fields;
}

/** A model of one op: constants carry data, the first tensor without is the input, the last tensor the output. */
export function oneOp(name: string, tensors: readonly MadeTensor[], options: { readonly options?: Fields; readonly customOptions?: Uint8Array; readonly version?: number } = {}): InspectedModel {
  const code = (builtinOperators as readonly string[]).indexOf(name);
  const output = tensors.length - 1;
  const buffers: Fields[] = [{}];
  const records = tensors.map(({ name: tensorName, shape, type = 0, data, quantization }, index) => {
    if (data !== undefined) buffers.push({ data });
    return { name: tensorName ?? `t${index}`, shape, type, buffer: data === undefined ? 0 : buffers.length - 1, ...(quantization === undefined ? {} : { quantization }) };
  });
  const bytes = buildModel({
    version: 3,
    operator_codes: [code === -1
      ? { deprecated_builtin_code: customOperatorCode, custom_code: name, version: options.version ?? 1 }
      : { deprecated_builtin_code: Math.min(127, code), builtin_code: code, version: options.version ?? 1 }],
    buffers,
    subgraphs: [{
      tensors: records,
      inputs: tensors.flatMap(({ data }, index) => (data === undefined && index !== output ? [index] : [])),
      outputs: [output],
      operators: [{
        opcode_index: 0,
        inputs: Array.from({ length: output }, (_, index) => index),
        outputs: [output],
        ...(options.options === undefined ? {} : { [Object.hasOwn(builtinOptions2, String(options.options['member'])) ? 'builtin_options_2' : 'builtin_options']: options.options }),
        ...(options.customOptions === undefined ? {} : { custom_options: options.customOptions }),
      }],
    }],
  });
  return new InspectedModel(openModel(bytes));
}

export const int32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
export const float32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

export function inspectGallery(path: string): InspectedModel {
  return new InspectedModel(openModel(galleryModel(path)));
}
