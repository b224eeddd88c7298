/** Runs a model of one op through the runner that sessions use, and counts what is left behind. */
import * as tf from '@tensorflow/tfjs-core';
import { builtinOperators } from '../../../../../tflite/format/schema/operators';
import { buildModel, type Fields } from '../../../../../tflite/testing/build';
import { openModel } from '../../../../../tflite/format/verify/verify';
import { dtypes, elementCount, type ValueDType } from '../../../../../tensor/dtype';
import { encodeReals } from '../../../../../tensor/encode';
import type { Quantization } from '../../../../../tensor/quantization';
import { bytesPerElement, realValues, viewOf } from '../../../../../tensor/values';
import { GraphRunner } from '../graph-runner';
import { prepareGraph } from '../prepare';
import { fromBytes } from '../tensors';

/** Real numbers with a shape; what they are stored as is the operand's matter. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export interface Operand extends Numbers {
  readonly dtype?: ValueDType;
  readonly quantization?: Quantization;
  /** Lies in the file and is no input of the model. */
  readonly constant?: true;
  readonly variable?: true;
  /** How a constant's stored values lie in its shape, where not all are stored. */
  readonly sparsity?: Fields;
}

export interface OneOp {
  /** A built-in op's name, or that of a custom one. */
  readonly op: string;
  readonly options?: { readonly member: string; readonly value: Fields };
  readonly customOptions?: Uint8Array;
  /** null for an operand that is left out. */
  readonly inputs: readonly (Operand | null)[];
  readonly outputs: readonly { readonly dtype?: ValueDType; readonly quantization?: Quantization }[];
}

export interface Case extends Omit<OneOp, 'outputs'> {
  /** What is special about it. */
  readonly what?: string;
  /** One of float32 when left out. */
  readonly outputs?: OneOp['outputs'];
  /** From what the operands stand for to what the outputs have to be. */
  readonly expected: (...inputs: Numbers[]) => Numbers | readonly Numbers[];
  /** Greatest error as a part of the greatest value; 0 for ops that only move elements. */
  readonly error?: number;
}

/** Same numbers in every run of the tests, between −1 and 1. */
export function numbers(shape: readonly number[], seed = 1, scale = 1): Numbers {
  let state = (seed * 2654435761) >>> 0;
  const values = Array.from({ length: elementCount(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(((state / 2 ** 32) * 2 - 1) * scale);
  });
  return { shape, values };
}

export const integers = (values: readonly number[], shape: readonly number[] = [values.length]): Operand => ({ shape, values, dtype: 'int32', constant: true });

export function stored({ values, shape, dtype = 'float32', quantization }: Operand): Uint8Array {
  const bytes = new Uint8Array(values.length * bytesPerElement(dtype));
  encodeReals(viewOf(dtype, bytes.buffer), dtype, quantization, shape, (index) => values[index] ?? 0);
  return bytes;
}

/** The numbers that an operand stands for once it is stored: quantization and half precision take something away. */
export function asStored(operand: Operand): Numbers {
  const { dtype = 'float32', shape, quantization } = operand;
  return { shape, values: [...realValues({ dtype, shape, quantization, data: stored(operand).slice().buffer })] };
}

function quantizationFields(quantization: Quantization | undefined): Fields {
  return quantization === undefined ? {} : { quantization: { scale: quantization.scale, zero_point: quantization.zeroPoint, quantized_dimension: quantization.dimension } };
}

/** The file of a model with this one op; its inputs are the operands that are neither constant nor variable, in their order. */
export function fileOf({ op, options, customOptions, inputs, outputs }: OneOp, version = 1): Uint8Array {
  const builtin = (builtinOperators as readonly string[]).indexOf(op);
  const given = inputs.flatMap((input, position) => (input === null ? [] : [{ input, position }]));
  const constants = given.filter(({ input }) => input.constant === true);
  const tensors: Fields[] = given.map(({ input, position }) => ({
    name: `input ${position}`, shape: input.shape, type: dtypes.indexOf(input.dtype ?? 'float32'), has_rank: true, is_variable: input.variable ?? false,
    ...(input.sparsity === undefined ? {} : { sparsity: input.sparsity }),
    buffer: constants.findIndex((each) => each.position === position) + 1, ...quantizationFields(input.quantization),
  }));
  const results: Fields[] = outputs.map(({ dtype = 'float32', quantization }, position) => ({ name: `output ${position}`, shape: [], type: dtypes.indexOf(dtype), has_rank: false, ...quantizationFields(quantization) }));
  const indexOf = (position: number): number => given.findIndex((each) => each.position === position);
  return buildModel({
    version: 3,
    operator_codes: [builtin === -1 ? { deprecated_builtin_code: 32, builtin_code: 32, custom_code: op, version } : { deprecated_builtin_code: Math.min(builtin, 127), builtin_code: builtin, version }],
    buffers: [{}, ...constants.map(({ input }) => ({ data: stored(input) }))],
    subgraphs: [{
      tensors: [...tensors, ...results],
      inputs: given.filter(({ input }) => input.constant !== true && input.variable !== true).map(({ position }) => indexOf(position)),
      outputs: results.map((_, position) => tensors.length + position),
      operators: [{
        opcode_index: 0, inputs: inputs.map((input, position) => (input === null ? -1 : indexOf(position))), outputs: results.map((_, position) => tensors.length + position),
        ...(options === undefined ? {} : { builtin_options: options }), ...(customOptions === undefined ? {} : { custom_options: customOptions }),
      }],
    }],
  });
}

/** Real numbers of an output's bytes. */
export function outputOf({ dtype = 'float32', quantization }: OneOp['outputs'][number], shape: readonly number[], bytes: Uint8Array<ArrayBuffer>): Numbers {
  return { shape, values: [...realValues({ dtype, shape, quantization, data: bytes.buffer })] };
}

/** What has to come of a case, as its outputs can store it. */
export function expectedOf({ inputs, outputs = [{}], expected }: Case): Numbers[] {
  const nothing: Numbers = { shape: [], values: [] };
  const wanted = [expected(...inputs.map((input) => (input === null || input.variable === true || input.sparsity !== undefined ? nothing : asStored(input))))].flat() as Numbers[];
  return wanted.map((each, position) => {
    const { dtype = 'float32', quantization } = outputs[position] ?? {};
    return quantization === undefined ? each : asStored({ ...each, dtype, quantization });
  });
}

/** @returns the outputs as real numbers, read back from the bytes that a runtime would hand out */
export function runOne(one: OneOp): Numbers[] {
  const { op, inputs, outputs } = one;
  const given = inputs.filter((input) => input !== null);
  const model = openModel(fileOf(one));
  const [subgraph] = model.subgraphs;
  if (subgraph === undefined) throw new Error('there is no subgraph');
  const before = tf.memory().numTensors;
  const runner = new GraphRunner(prepareGraph(model, 0));
  const ready = tf.memory().numTensors;
  const fed = new Map(subgraph.inputs.map((index): [number, tf.Tensor] => {
    const tensor = subgraph.tensors[index];
    const input = given[index];
    if (tensor === undefined || input === undefined) throw new Error(`there is no input ${index}`);
    return [index, fromBytes(tensor, 0, input.dtype ?? 'float32', input.shape, stored(input))];
  }));
  const run = runner.run(fed);
  if (tf.memory().numTensors !== ready) throw new Error(`${op} leaves ${tf.memory().numTensors - ready} tensors after a run`);
  runner.dispose();
  if (tf.memory().numTensors !== before) throw new Error(`${op} leaves ${tf.memory().numTensors - before} tensors after dispose`);
  return run.outputs.map(({ shape, bytes }, position) => outputOf(outputs[position] ?? {}, shape, bytes));
}
