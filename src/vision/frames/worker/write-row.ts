import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { ValueDType } from '../../../tensor/dtype';
import type { TensorView } from '../../../tensor/values';
import { channelTransform, type ChannelTransform, type ElementForm, realTransform } from './channel-transform';
import { halfBits } from '../../../tensor/half';
import type { ImageShape } from '../shared/image-tensor';
import type { Lanes } from './lanes';
import type { Preprocessing } from '../../shared/types';

/** An input tensor with a view of the runtime's memory, taken afresh for this frame. */
export interface ImageTarget extends ElementForm {
  readonly shape: readonly number[];
  /** As `viewOf` in tensor/values gives it: as many elements as the shape holds, float16 as bits. */
  readonly view: TensorView;
}

/** Stores rows of pixels into the first picture of a batch. */
export interface RowWriter {
  /**
   * Takes the memory of the next picture.
   * @throws LitescopeError INVALID_INPUT when it does not hold as many elements as the shape, or of another type
   */
  begin(view: TensorView): void;
  write(row: number, lanes: Lanes): void;
}

const integerRanges: Partial<Record<ValueDType, readonly [lowest: number, highest: number]>> = {
  uint8: [0, 255], int8: [-128, 127], uint16: [0, 65535], int16: [-32768, 32767], uint32: [0, 4294967295], int32: [-2147483648, 2147483647],
};

// Luma of ITU-R BT.601, the grey of JPEG, OpenCV and most training pipelines.
// Green has what is left, 0.587.
const lumaRed = 0.299;
const lumaBlue = 0.114;

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

function elementWriter(dtype: ValueDType, view: TensorView): ElementWriter {
  if (view instanceof Float32Array || view instanceof Float64Array) {
    return (start, step, values, transform) => writeFloats(view, start, step, values, transform);
  }
  if (dtype === 'float16' && view instanceof Uint16Array) {
    return (start, step, values, transform) => writeHalves(view, start, step, values, transform);
  }
  const range = integerRanges[dtype];
  if (range === undefined || view instanceof BigInt64Array || view instanceof BigUint64Array) {
    throw new LitescopeError('INVALID_INPUT', text.notWrittenInto(dtype));
  }
  return (start, step, values, transform) => writeIntegers(view, start, step, values, transform, ...range);
}

function fillGray([red, green, blue]: Lanes, into: Float64Array): void {
  if (red === undefined || green === undefined || blue === undefined) return;
  for (let column = 0; column < into.length; column++) {
    const middle = green[column] as number;
    // Weights sum to 1; written as differences so that a grey pixel keeps its exact value.
    into[column] = middle + lumaRed * ((red[column] as number) - middle) + lumaBlue * ((blue[column] as number) - middle);
  }
}

/**
 * Prepares the way from pixel values to stored elements for pictures of `shape`.
 *
 * @throws LitescopeError INVALID_INPUT when normalisation or channels do not fit, INVALID_QUANTIZATION
 */
export function createRowWriter(tensor: ElementForm, { batch, height, width, channels }: ImageShape, options: Preprocessing): RowWriter {
  if (channels === 1 && options.channels !== 'gray') {
    throw new LitescopeError('INVALID_INPUT', text.oneChannel(options.channels));
  }
  const { extra } = options;
  const isExtra = (channel: number): boolean => channel >= 3 && extra !== undefined;
  const transforms = Array.from({ length: channels }, (_, channel) => (isExtra(channel) ? realTransform(tensor) : channelTransform(tensor, options.values, channels, channel)));
  const interleaved = options.layout === 'nhwc';
  const elements = batch * height * width * channels;
  const gray = new Float64Array(width);
  const constant = new Float64Array(width).fill(extra ?? 0);
  let write: ElementWriter | null = null;
  return {
    begin(view) {
      if (view.length !== elements) {
        throw new LitescopeError('INVALID_INPUT', text.memoryOfTensor(elements, view.length));
      }
      write = elementWriter(tensor.dtype, view);
    },
    write(row, lanes) {
      if (options.channels === 'gray') fillGray(lanes, gray);
      transforms.forEach((transform, channel) => {
        const colour = channel < 3;
        const pixels = options.channels === 'gray' && colour ? gray : lanes[options.channels === 'bgr' && colour ? 2 - channel : channel];
        const values = isExtra(channel) ? constant : pixels;
        const start = interleaved ? row * width * channels + channel : (channel * height + row) * width;
        if (values !== undefined) write?.(start, interleaved ? channels : 1, values, transform);
      });
    },
  };
}
