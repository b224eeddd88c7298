import { elementCount, type ValueDType } from '../../../tensor/dtype';
import { affineQuantization, realValues } from '../../../tensor/values';
import { imageShape, type ImageShape } from '../../frames/shared/image-tensor';
import { rescalePlacement } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, OutputTensor, Placement, Preprocessing } from '../../shared/types';
import { unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

type Picture = DecodedAs<'picture'>;

interface ImageOutput {
  readonly tensor: OutputTensor;
  readonly shape: ImageShape;
  readonly layout: Preprocessing['layout'];
}

function imageOutput(outputs: readonly OutputTensor[]): ImageOutput | null {
  for (const layout of ['nhwc', 'nchw'] as const) {
    for (const tensor of outputs) {
      const shape = imageShape(tensor.shape, layout);
      if (shape !== null && shape.channels !== 4 && (layout === 'nhwc' || tensor.shape.length === 4)) return { tensor, shape, layout };
    }
  }
  return null;
}

const storedRanges: Partial<Record<ValueDType, readonly [lowest: number, highest: number]>> = { uint8: [0, 255], int8: [-128, 127] };

/** Models that end in 8 bits store pixels: black and white are the ends of what the type can hold. */
function rangeOfType({ dtype, quantization }: OutputTensor): Picture['range'] | null {
  const stored = storedRanges[dtype];
  if (stored === undefined) return null;
  const parameters = affineQuantization(dtype, quantization);
  const [scale = 1, ...more] = parameters?.scale ?? [];
  const zeroPoint = parameters?.zeroPoint[0] ?? 0;
  if (more.length > 0 || !(scale > 0) || !Number.isFinite(scale)) return null;
  const lowest = (stored[0] - zeroPoint) * scale;
  const highest = (stored[1] - zeroPoint) * scale;
  // Absurd parameters leave no two numbers to tell apart.
  return lowest < highest && Number.isFinite(highest - lowest) ? { lowest, highest, from: 'type' } : null;
}

/** How far values may step over a customary range and still be taken for it, as a share of its length. */
const overshoot = 0.05;

/** The customary ranges of pictures, narrowest first; a single channel beyond −1 to 1 is a depth or the like, of any range. */
function rangeOfValues(values: ArrayLike<number>, channels: number): Picture['range'] {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) continue;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const customary = [[0, 1], [-1, 1], ...(channels === 3 ? [[0, 255] as const] : [])] as const;
  for (const [black, white] of customary) {
    const allowed = (white - black) * overshoot;
    if (lowest >= black - allowed && highest <= white + allowed) return { lowest: black, highest: white, from: 'values' };
  }
  if (lowest < highest) return { lowest, highest, from: 'values' };
  if (!Number.isFinite(lowest)) return { lowest: 0, highest: 1, from: 'values' };
  // To a large number a one adds nothing.
  return { lowest, highest: lowest + Math.max(1, Math.abs(lowest) / 1e6), from: 'values' };
}

/**
 * Image-to-image models: one output [1, h, w, 3] or [1, h, w, 1], or with channels first. Which values are black and
 * white is told by `decoder.range`, else by an 8-bit type, else by what the tensor holds: 0 to 1, −1 to 1 or, for
 * colours, 0 to 255 when all values fit (to 5 %), else from its smallest to its largest value. What is not a number
 * becomes black. A picture larger than the input by a whole factor, as super resolution gives it, says so.
 *
 * @throws LitescopeError UNSUPPORTED_DECODER when no output is a picture
 */
export function decodeImage(decoder: Extract<Decoder, { kind: 'image' }>, outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'picture'> {
  const output = imageOutput(outputs);
  if (output === null) throw unsupportedDecoder(text.expected.picture, outputs);
  const { tensor, shape: { width, height, channels }, layout } = output;
  const size = width * height;
  const values = realValues(tensor).subarray(0, elementCount([size, channels]));
  const stated = decoder.range;
  const range = stated !== undefined && stated.highest > stated.lowest ? { ...stated, from: 'model' as const } : rangeOfType(tensor) ?? rangeOfValues(values, channels);
  const span = range.highest - range.lowest;
  const pixels = new Uint8ClampedArray(size * 4);
  const [pixelStep, channelStep] = layout === 'nhwc' ? [channels, 1] : [1, size];
  const [second, third] = channels === 1 ? [0, 0] : [channelStep, channelStep * 2];
  for (let place = 0, position = 0; position < pixels.length; place += pixelStep, position += 4) {
    pixels[position] = (((values[place] as number) - range.lowest) / span) * 255;
    pixels[position + 1] = (((values[place + second] as number) - range.lowest) / span) * 255;
    pixels[position + 2] = (((values[place + third] as number) - range.lowest) / span) * 255;
    pixels[position + 3] = 255;
  }
  const enlarged = width / placement.targetWidth;
  const isWhole = Number.isInteger(enlarged) && enlarged > 1 && height === placement.targetHeight * enlarged;
  return { kind: 'picture', pixels, width, height, placement: rescalePlacement(placement, width, height), range, ...(isWhole ? { enlarged } : {}) };
}
