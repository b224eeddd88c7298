/**
 * How a model's tensors live in TensorFlow.js, which knows float32, int32 and bool: floats and quantized values as
 * float32 (quantized ones dequantised, always on the grid of their scale), integers as int32, bools as bool.
 */
import * as tf from '@tensorflow/tfjs-core';
import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { constantTensor, realConstant } from '../../../../tflite/constants/constants';
import { scalesFit } from '../../../../tensor/quantization';
import { encodeReals } from '../../../../tensor/encode';
import { elementCount, isValueDType, type DType, type ValueDType } from '../../../../tensor/dtype';
import { bytesPerElement, realValues, viewOf, type ValueTensor } from '../../../../tensor/values';
import { tensorPlace, type Model, type SubGraph, type Tensor } from '../../../../tflite/format/model';
import { quantizationOf } from './quantization';

export type HeldType = 'float32' | 'int32' | 'bool';

const heldTypes: { readonly [D in DType]?: HeldType } = {
  float32: 'float32', float16: 'float32', bfloat16: 'float32', int8: 'int32', uint8: 'int32', int16: 'int32', uint16: 'int32', int32: 'int32', int64: 'int32',
  int4: 'int32', uint4: 'int32', int2: 'int32', bool: 'bool',
};

/** @throws LitescopeError UNSUPPORTED_DTYPE for types of which TensorFlow.js would lose values: float64, uint32, strings… */
export function heldType(tensor: Tensor, subgraph: number): HeldType {
  const held = quantizationOf(tensor) === undefined ? heldTypes[tensor.dtype] : 'float32';
  if (held !== undefined) return held;
  throw new LitescopeError('UNSUPPORTED_DTYPE', text.kernels.typeNotHeld(tensor.name, tensor.dtype), { place: tensorPlace(subgraph, tensor.index) });
}

/** A constant as its ops use it, dense and dequantised. The caller disposes of it. */
export function constant(model: Model, subgraph: SubGraph, tensor: Tensor): tf.Tensor {
  const held = heldType(tensor, subgraph.index);
  const stored = constantTensor(model, tensor);
  const quantization = quantizationOf(tensor);
  // `constantTensor` leaves out scales that belong to no dimension; to compute with what is stored would be to compute something else.
  if (quantization !== undefined && !scalesFit(quantization, tensor.shape)) {
    throw new LitescopeError('INVALID_QUANTIZATION', text.kernels.scaleCount(quantization.scale.length, quantization.dimension, tensor.shape.join(', ')), { place: tensorPlace(subgraph.index, tensor.index) });
  }
  if (held === 'float32') return tf.tensor(Float32Array.from(realConstant(model, subgraph, tensor, stored)), [...tensor.shape], 'float32');
  return held === 'bool' ? tf.tensor(boolValues(stored), [...tensor.shape], 'bool') : tf.tensor(int32Values(stored, tensorPlace(subgraph.index, tensor.index)), [...tensor.shape], 'int32');
}

/** Elements as stored, of the tensor's shape at hand, as TensorFlow.js holds them. The caller disposes of it. */
export function fromBytes(tensor: Tensor, subgraph: number, dtype: ValueDType, shape: readonly number[], bytes: Uint8Array): tf.Tensor {
  const held = heldType(tensor, subgraph);
  const value: ValueTensor = { dtype, shape, quantization: quantizationOf(tensor), data: bytes.slice().buffer };
  if (held === 'float32') return tf.tensor(Float32Array.from(realValues(value)), [...shape], 'float32');
  return held === 'bool' ? tf.tensor(boolValues(value), [...shape], 'bool') : tf.tensor(int32Values(value, tensorPlace(subgraph, tensor.index)), [...shape], 'int32');
}

/** A tensor's elements as the model stores them, in a buffer of their own. */
export function toBytes(value: tf.Tensor, tensor: Tensor): Uint8Array<ArrayBuffer> {
  if (!isValueDType(tensor.dtype)) throw new LitescopeError('UNSUPPORTED_DTYPE', text.kernels.typeNotRead(tensor.dtype));
  const data = value.dataSync<'float32' | 'int32' | 'bool'>();
  const bytes = new Uint8Array(elementCount(value.shape) * bytesPerElement(tensor.dtype));
  if (tensor.dtype === 'float32') new Float32Array(bytes.buffer).set(data);
  else encodeReals(viewOf(tensor.dtype, bytes.buffer), tensor.dtype, quantizationOf(tensor), value.shape, (index) => data[index] ?? 0);
  return bytes;
}

function boolValues({ data }: ValueTensor): Uint8Array {
  return new Uint8Array(data).map((byte) => (byte === 0 ? 0 : 1));
}

function int32Values(value: ValueTensor, place: string): Int32Array {
  const real = realValues({ ...value, quantization: undefined });
  const numbers = Int32Array.from(real);
  const lost = numbers.findIndex((number, index) => number !== real[index]);
  if (lost === -1) return numbers;
  throw new LitescopeError('UNSUPPORTED_DTYPE', text.kernels.beyond32Bits(lost, real[lost] ?? NaN), { place });
}
