import { LitescopeError } from '../errors';
import { elementCount, type ValueDType } from '../tensor/dtype';
import type { Quantization } from '../tensor/quantization';
import { affineQuantization, type TensorView } from '../tensor/values';
import { halfBits } from './half';
import type { ImageShape } from './image-tensor';
import type { Preprocessing } from './types';

/** An input tensor with a view of the runtime's memory, taken afresh for this frame. */
export interface ImageTarget {
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
  /** As `viewOf` in tensor/values gives it: as many elements as the shape holds, float16 as bits. */
  readonly view: TensorView;
}

/** Stores one row of pixel values (see RowReader) into the first picture of the batch. */
export type RowWriter = (row: number, pixels: Float64Array) => void;

/** Stored value = (pixel − mean) × gain, rounded for integers, + zeroPoint. */
interface ChannelTransform {
  readonly mean: number;
  readonly gain: number;
  readonly zeroPoint: number;
}

const integerRanges: Partial<Record<ValueDType, readonly [lowest: number, highest: number]>> = {
  uint8: [0, 255], int8: [-128, 127], uint16: [0, 65535], int16: [-32768, 32767], uint32: [0, 4294967295], int32: [-2147483648, 2147483647],
};

// Luma of ITU-R BT.601, the grey of JPEG, OpenCV and most training pipelines.
// Green has what is left, 0.587.
const lumaRed = 0.299;
const lumaBlue = 0.114;

function channelTransform(target: ImageTarget, values: Preprocessing['values'], channels: number, channel: number): ChannelTransform {
  if (values.kind === 'pixels') return { mean: 0, gain: 1, zeroPoint: target.dtype === 'int8' ? -128 : 0 };
  const { mean: means, std: deviations } = values;
  for (const list of [means, deviations]) {
    if (list.length !== 1 && list.length !== channels) {
      throw new LitescopeError('INVALID_INPUT', `The normalisation has ${list.length} values for ${channels} channels; give one, or one for each channel.`);
    }
  }
  const mean = means[means.length === 1 ? 0 : channel] ?? 0;
  const deviation = deviations[deviations.length === 1 ? 0 : channel] ?? 1;
  const quantization = affineQuantization(target.dtype, target.quantization);
  const scale = quantization?.scale[0] ?? 1;
  if (!Number.isFinite(scale) || scale === 0) throw new LitescopeError('INVALID_QUANTIZATION', `The input's scale is ${scale}.`);
  return { mean, gain: 1 / (deviation * scale), zeroPoint: quantization?.zeroPoint[0] ?? 0 };
}

/** Takes the values of one channel out of a row of pixels, before any scaling. */
function pickChannel(order: Preprocessing['channels'], channel: number, lanes: 3 | 4, pixels: Float64Array, into: Float64Array): void {
  if (order === 'gray' && channel < 3) {
    for (let column = 0, position = 0; column < into.length; column++, position += lanes) {
      const green = pixels[position + 1] as number;
      // Weights sum to 1; written as differences so that a grey pixel keeps its exact value.
      into[column] = green + lumaRed * ((pixels[position] as number) - green) + lumaBlue * ((pixels[position + 2] as number) - green);
    }
    return;
  }
  const lane = order === 'bgr' && channel < 3 ? 2 - channel : channel;
  for (let column = 0, position = lane; column < into.length; column++, position += lanes) into[column] = pixels[position] as number;
}

function writeFloats(view: Float32Array | Float64Array, start: number, step: number, values: Float64Array, { mean, gain }: ChannelTransform): void {
  for (let column = 0, position = start; column < values.length; column++, position += step) {
    view[position] = ((values[column] as number) - mean) * gain;
  }
}

function writeHalves(view: Uint16Array, start: number, step: number, values: Float64Array, { mean, gain }: ChannelTransform): void {
  for (let column = 0, position = start; column < values.length; column++, position += step) {
    view[position] = halfBits(((values[column] as number) - mean) * gain);
  }
}

type IntegerView = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

function writeIntegers(view: IntegerView, start: number, step: number, values: Float64Array, { mean, gain, zeroPoint }: ChannelTransform, lowest: number, highest: number): void {
  for (let column = 0, position = start; column < values.length; column++, position += step) {
    const real = ((values[column] as number) - mean) * gain;
    // TFLite rounds halves away from zero before it adds the zero point; Math.round would send them up.
    const stored = (real < 0 ? -Math.floor(0.5 - real) : Math.floor(real + 0.5)) + zeroPoint;
    view[position] = stored < lowest ? lowest : stored > highest ? highest : stored;
  }
}

type ElementWriter = (start: number, step: number, values: Float64Array, transform: ChannelTransform) => void;

function elementWriter({ dtype, shape, view }: ImageTarget): ElementWriter {
  if (view.length !== elementCount(shape)) {
    throw new LitescopeError('INVALID_INPUT', `[${shape.join(', ')}] holds ${elementCount(shape)} values, the memory given for it ${view.length}.`);
  }
  if (view instanceof Float32Array || view instanceof Float64Array) {
    return (start, step, values, transform) => writeFloats(view, start, step, values, transform);
  }
  if (dtype === 'float16' && view instanceof Uint16Array) {
    return (start, step, values, transform) => writeHalves(view, start, step, values, transform);
  }
  const range = integerRanges[dtype];
  if (range === undefined || view instanceof BigInt64Array || view instanceof BigUint64Array) {
    throw new LitescopeError('INVALID_INPUT', `A picture cannot be written into a tensor of ${dtype}.`);
  }
  return (start, step, values, transform) => writeIntegers(view, start, step, values, transform, ...range);
}

/**
 * Prepares the way from pixel values to stored elements for one picture of `shape`.
 *
 * @param lanes values that each pixel of a row has: 3, or 4 with alpha
 * @throws LitescopeError INVALID_INPUT when type, normalisation or channels do not fit, INVALID_QUANTIZATION
 */
export function createRowWriter(target: ImageTarget, shape: ImageShape, options: Preprocessing, lanes: 3 | 4): RowWriter {
  const { height, width, channels } = shape;
  if (channels === 1 && options.channels !== 'gray') {
    throw new LitescopeError('INVALID_INPUT', `The tensor has one channel; choose gray instead of ${options.channels}.`);
  }
  const write = elementWriter(target);
  const transforms = Array.from({ length: channels }, (_, channel) => channelTransform(target, options.values, channels, channel));
  const interleaved = options.layout === 'nhwc';
  const values = new Float64Array(width);
  return (row, pixels) => {
    for (const [channel, transform] of transforms.entries()) {
      pickChannel(options.channels, channel, lanes, pixels, values);
      const start = interleaved ? row * width * channels + channel : (channel * height + row) * width;
      write(start, interleaved ? channels : 1, values, transform);
    }
  };
}
