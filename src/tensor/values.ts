import { LitescopeError } from '../errors';
import { tensor as text } from '../messages/tensor';
import { bitWidth, elementCount, type ValueDType } from './dtype';
import { fromFloat16Bits } from './float16';
import { scaleDimension, type Quantization } from './quantization';

/** The typed array that shows the elements of each type as they are stored. */
export interface ViewByDType<Buffer extends ArrayBufferLike = ArrayBufferLike> {
  readonly float32: Float32Array<Buffer>;
  /** Bits, not values: not every browser has half precision typed arrays. */
  readonly float16: Uint16Array<Buffer>;
  readonly float64: Float64Array<Buffer>;
  readonly int8: Int8Array<Buffer>;
  readonly uint8: Uint8Array<Buffer>;
  readonly int16: Int16Array<Buffer>;
  readonly uint16: Uint16Array<Buffer>;
  readonly int32: Int32Array<Buffer>;
  readonly uint32: Uint32Array<Buffer>;
  readonly int64: BigInt64Array<Buffer>;
  readonly uint64: BigUint64Array<Buffer>;
  readonly bool: Uint8Array<Buffer>;
}
export type TensorView = ViewByDType[ValueDType];

/** A tensor with its elements: little-endian, densely packed, last dimension fastest. */
export interface ValueTensor {
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
  readonly data: ArrayBuffer;
}

type ViewConstructors = {
  readonly [D in ValueDType]: new <Buffer extends ArrayBufferLike>(buffer: Buffer, byteOffset?: number, length?: number) => ViewByDType<Buffer>[D];
};

const constructors: ViewConstructors = {
  float32: Float32Array, float16: Uint16Array, float64: Float64Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array,
  uint16: Uint16Array, int32: Int32Array, uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array, bool: Uint8Array,
};

/**
 * The elements in `buffer` as they are stored, without a copy: float16 as bits, bool as bytes 0 and 1.
 *
 * @param byteOffset where the tensor starts; a multiple of its element size
 * @param length elements; to the end of the buffer when left out
 * @throws RangeError when offset or length do not fit the buffer or the element size
 */
export function viewOf<D extends ValueDType, Buffer extends ArrayBufferLike>(dtype: D, buffer: Buffer, byteOffset = 0, length?: number): ViewByDType<Buffer>[D] {
  return new constructors[dtype](buffer, byteOffset, length);
}

/** Bytes of one element. */
export function bytesPerElement(dtype: ValueDType): number {
  return (bitWidth(dtype) ?? 0) / 8;
}

/**
 * Quantization as it applies to stored elements: nothing for floats and bools, whose values are what they are, even
 * where a converter has left the parameters of its calibration behind.
 */
export function affineQuantization(dtype: ValueDType, quantization: Quantization | undefined): Quantization | undefined {
  const applies = dtype !== 'float32' && dtype !== 'float16' && dtype !== 'float64' && dtype !== 'bool';
  return applies && quantization !== undefined && quantization.scale.length > 0 ? quantization : undefined;
}

/** Scale and zero point that hold for a run of elements `[start, start + length)`. */
export interface QuantizedRun {
  readonly start: number;
  readonly length: number;
  readonly scale: number;
  readonly zeroPoint: number;
}

/**
 * The runs of consecutive elements that share a scale, in order; one run for a tensor with a single scale.
 *
 * @throws LitescopeError INVALID_QUANTIZATION when the number of scales is not the size of their dimension
 */
export function* quantizedRuns(shape: readonly number[], quantization: Quantization): Generator<QuantizedRun> {
  const elements = elementCount(shape);
  if (quantization.scale.length === 1) {
    yield { start: 0, length: elements, ...channelParameters(quantization, 0) };
    return;
  }
  const { channels, inner } = channelLayout(shape, quantization);
  if (inner === 0 || channels === 0) return;
  for (let start = 0, channel = 0; start < elements; start += inner, channel = (channel + 1) % channels) {
    yield { start, length: inner, ...channelParameters(quantization, channel) };
  }
}

/**
 * All values of a tensor as real numbers: dequantised per tensor or per channel, bool as 0 and 1. Elements of at most
 * 16 bits and float32 give a Float32Array, wider ones a Float64Array (64-bit integers lose what exceeds 53 bits).
 *
 * @throws LitescopeError INVALID_INPUT when the data are not as long as the shape says, INVALID_QUANTIZATION
 */
export function realValues(tensor: ValueTensor): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  const elements = checkedElementCount(tensor);
  const { dtype } = tensor;
  const narrow = dtype === 'float32' || bytesPerElement(dtype) <= 2;
  const values = narrow ? new Float32Array(elements) : new Float64Array(elements);
  if (dtype === 'float16') {
    const bits = viewOf(dtype, tensor.data);
    for (let index = 0; index < elements; index++) values[index] = fromFloat16Bits(bits[index] ?? 0);
    return values;
  }
  if (dtype === 'int64' || dtype === 'uint64') {
    const view = viewOf(dtype, tensor.data);
    for (let index = 0; index < elements; index++) values[index] = Number(view[index] ?? 0n);
  } else {
    values.set(viewOf(dtype, tensor.data));
  }
  if (dtype === 'bool') {
    for (let index = 0; index < elements; index++) values[index] = values[index] === 0 ? 0 : 1;
  }
  const quantization = affineQuantization(dtype, tensor.quantization);
  if (quantization !== undefined) {
    for (const { start, length, scale, zeroPoint } of quantizedRuns(tensor.shape, quantization)) {
      for (let index = start; index < start + length; index++) values[index] = scale * ((values[index] ?? 0) - zeroPoint);
    }
  }
  return values;
}

/**
 * The real number at one flat index, as {@link realValues} gives it; NaN beyond the end. For tables that show a few rows of a long tensor.
 *
 * @throws LitescopeError INVALID_INPUT, INVALID_QUANTIZATION as realValues does
 */
export function realValueAt(tensor: ValueTensor, index: number): number {
  const { dtype, data, shape } = tensor;
  if (!Number.isInteger(index) || index < 0 || index >= checkedElementCount(tensor)) return NaN;
  if (dtype === 'float16') return fromFloat16Bits(viewOf(dtype, data)[index] ?? 0);
  const stored = Number(viewOf(dtype, data)[index] ?? NaN);
  if (dtype === 'bool') return stored === 0 ? 0 : 1;
  const quantization = affineQuantization(dtype, tensor.quantization);
  if (quantization === undefined) return stored;
  const { channels, inner } = channelLayout(shape, quantization);
  const { scale, zeroPoint } = channelParameters(quantization, Math.floor(index / inner) % channels);
  const real = scale * (stored - zeroPoint);
  return bytesPerElement(dtype) <= 2 ? Math.fround(real) : real;
}

function checkedElementCount({ dtype, shape, data }: ValueTensor): number {
  const elements = elementCount(shape);
  if (data.byteLength !== elements * bytesPerElement(dtype)) {
    throw new LitescopeError('INVALID_INPUT', text.wrongLength(`${dtype}[${shape.join(', ')}]`, elements * bytesPerElement(dtype), data.byteLength));
  }
  return elements;
}

/** How elements fall to channels: `channel = floor(index ÷ inner) mod channels`. */
function channelLayout(shape: readonly number[], quantization: Quantization): { readonly channels: number; readonly inner: number } {
  const { scale } = quantization;
  const dimension = scaleDimension(quantization, shape);
  if (scale.length === 1) return { channels: 1, inner: Math.max(1, elementCount(shape)) };
  const channels = shape[dimension];
  if (channels !== scale.length) {
    throw new LitescopeError('INVALID_QUANTIZATION', text.wrongScales(scale.length, dimension, `[${shape.join(', ')}]`));
  }
  return { channels, inner: elementCount(shape.slice(dimension + 1)) };
}

/** A single zero point holds for all channels, and none at all means 0. */
function channelParameters({ scale, zeroPoint }: Quantization, channel: number): { readonly scale: number; readonly zeroPoint: number } {
  return { scale: scale[channel] ?? NaN, zeroPoint: zeroPoint[zeroPoint.length === 1 ? 0 : channel] ?? 0 };
}
