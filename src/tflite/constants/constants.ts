import { LitescopeError } from '../../errors';
import { tflite as text } from '../../messages/tflite';
import { type DType, bitWidth, elementCount, isValueDType, type ValueDType } from '../../tensor/dtype';
import { scalesFit } from '../../tensor/quantization';
import { realValues, viewOf, type ValueTensor } from '../../tensor/values';
import { type Model, type SubGraph, type Tensor, isConstant } from '../format/model';
import { dataProblem, sparsityProblem } from '../format/verify/verify-tensor';
import { densify } from './densify';
import { Texts } from './texts';

/** Whether a tensor's values can be read from the file, and if not why. */
export type ValuesAvailable =
  | { readonly available: true; /** What the values are handed out as: packed and rare types become a wider one. */ readonly dtype: ValueDType | 'string' }
  | { readonly available: false; readonly reason: string };

/** Elements that a sparse tensor may unfold to; its file does not have to hold them. */
const maximumDenseElements = 2 ** 28;

/** The types that values are handed out as: 4 and 2 bits are unpacked to 8, bfloat16 and float8 widened to float32. */
const unpackedTypes: { readonly [D in DType]?: ValueDType } = { int4: 'int8', uint4: 'uint8', int2: 'int8', bfloat16: 'float32', float8_e4m3fn: 'float32', float8_e5m2: 'float32' };

/** Whether a tensor's values can be read from the file, and as what. */
export function availableValues(model: Model, tensor: Tensor): ValuesAvailable {
  if (!isConstant(model, tensor)) return { available: false, reason: text.isComputed };
  if (tensor.externalBuffer > 0) return { available: false, reason: text.inAnotherFile };
  if (tensor.dtype === 'string') return { available: true, dtype: 'string' };
  const problem = tensor.sparsity === null ? dataProblem(model, tensor) : sparsityProblem(tensor);
  if (problem !== null) return { available: false, reason: text.contradiction(problem) };
  const dtype = isValueDType(tensor.dtype) ? tensor.dtype : unpackedTypes[tensor.dtype];
  if (dtype === undefined) return { available: false, reason: text.notShown(tensor.dtype) };
  return { available: true, dtype };
}

/**
 * A constant's values as a dense tensor with a buffer of its own: packed elements unpacked, sparse ones spread. Quantized
 * values stay as stored; `realConstant` dequantises. Scales that belong to no dimension are left out.
 *
 * @throws LitescopeError UNSUPPORTED_DTYPE for a tensor whose values cannot be read, CORRUPTED and OUT_OF_MEMORY for sparse ones
 */
export function constantTensor(model: Model, tensor: Tensor): ValueTensor {
  const values = availableValues(model, tensor);
  if (!values.available) throw new LitescopeError('UNSUPPORTED_DTYPE', values.reason);
  const { dtype } = values;
  if (dtype === 'string') throw new LitescopeError('UNSUPPORTED_DTYPE', text.stringsAreNoNumbers);
  const stored = unpack(tensor.dtype, model.buffers[tensor.buffer]?.data ?? new Uint8Array(0), tensor.sparsity === null ? elementCount(tensor.shape) : undefined);
  const quantization = tensor.quantization !== null && scalesFit(tensor.quantization, tensor.shape) ? tensor.quantization : undefined;
  const common = { dtype, shape: tensor.shape, ...(quantization === undefined ? {} : { quantization }) };
  if (tensor.sparsity === null) return { ...common, data: stored };
  const elements = elementCount(tensor.shape);
  if (elements > maximumDenseElements) throw new LitescopeError('OUT_OF_MEMORY', text.unfoldedElements(elements));
  const dense = new ArrayBuffer(elements * ((bitWidth(dtype) ?? 8) / 8));
  const numbers = viewOf(dtype, dense);
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) throw new LitescopeError('UNSUPPORTED_DTYPE', text.sparseNotShown(tensor.dtype));
  densify(tensor, tensor.sparsity, viewOf(dtype, stored) as typeof numbers, numbers);
  return { ...common, data: dense };
}

/**
 * A constant's real values: dequantised by tensor, by channel or by block.
 *
 * @param values the constant as `constantTensor` gives it
 */
export function realConstant(model: Model, subgraph: SubGraph, tensor: Tensor, values: ValueTensor): Float32Array | Float64Array {
  const real = realValues(values);
  const details = tensor.quantization?.details;
  if (details?.kind !== 'blockwise') return real;
  const scales = constantNumbers(model, subgraph.tensors[details.scales]);
  const zeroPoints = details.zeroPoints < 0 ? null : constantNumbers(model, subgraph.tensors[details.zeroPoints]);
  // Blocks lie along the last dimension, so that they are runs of consecutive elements.
  if (scales.length * details.blockSize !== real.length) throw new LitescopeError('INVALID_QUANTIZATION', text.scalesDoNotFit(scales.length, details.blockSize, real.length));
  return real.map((value, index) => {
    const block = Math.floor(index / details.blockSize);
    return (scales[block] ?? NaN) * (value - (zeroPoints?.[zeroPoints.length === 1 ? 0 : block] ?? 0));
  });
}

function constantNumbers(model: Model, tensor: Tensor | undefined): Float32Array | Float64Array {
  if (tensor === undefined) throw new LitescopeError('INVALID_QUANTIZATION', text.scalesMissing);
  return realValues({ ...constantTensor(model, tensor), quantization: undefined });
}

/** @throws LitescopeError UNSUPPORTED_DTYPE for a tensor that is no constant of strings, CORRUPTED for a damaged one */
export function constantTexts(model: Model, tensor: Tensor): Texts {
  const values = availableValues(model, tensor);
  if (!values.available) throw new LitescopeError('UNSUPPORTED_DTYPE', values.reason);
  if (values.dtype !== 'string') throw new LitescopeError('UNSUPPORTED_DTYPE', text.noStrings(tensor.dtype));
  return new Texts(model.buffers[tensor.buffer]?.data ?? new Uint8Array(0));
}

/** The stored elements in a buffer of their own. */
function unpack(dtype: DType, data: Uint8Array, elements: number | undefined): ArrayBuffer {
  if (dtype === 'bfloat16') {
    const count = elements ?? Math.floor(data.length / 2);
    const bits = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return Uint32Array.from({ length: count }, (_, index) => bits.getUint16(index * 2, true) << 16).buffer;
  }
  if (dtype === 'float8_e4m3fn' || dtype === 'float8_e5m2') return Float32Array.from(data.subarray(0, elements), (bits) => float8(bits, dtype)).buffer;
  const width = bitWidth(dtype) ?? 8;
  if (width >= 8) {
    const bytes = elements === undefined ? data.length : elements * (width / 8);
    return data.slice(0, bytes).buffer as ArrayBuffer;
  }
  const perByte = 8 / width;
  const count = elements ?? data.length * perByte;
  const unpacked = new Uint8Array(count);
  const signed = !dtype.startsWith('u');
  const shift = 32 - width;
  for (let index = 0; index < count; index += 1) {
    // The first element takes the lowest bits.
    const bits = (data[Math.floor(index / perByte)] ?? 0) >> ((index % perByte) * width);
    unpacked[index] = signed ? (bits << shift) >> shift : (bits << shift) >>> shift;
  }
  return unpacked.buffer;
}

/** OCP's 8-bit floats: e5m2 is the upper half of an IEEE half, e4m3fn has no infinities and one NaN a sign. */
function float8(bits: number, dtype: 'float8_e4m3fn' | 'float8_e5m2'): number {
  const [fractionBits, bias] = dtype === 'float8_e5m2' ? [2, 15] : [3, 7];
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = (bits & ((1 << fractionBits) - 1)) / (1 << fractionBits);
  const sign = bits > 0x7f ? -1 : 1;
  if (dtype === 'float8_e4m3fn' && (bits & 0x7f) === 0x7f) return NaN;
  if (dtype === 'float8_e5m2' && exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}
