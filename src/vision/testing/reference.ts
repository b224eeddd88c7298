/**
 * Preprocessing once more, in the plainest way and in float64: a whole picture of R, G, B, A first, then every target pixel by
 * the definition of its mode. Shares no code with what it checks.
 */
import { getFloat16 } from '@petamoriken/float16';
import { elementCount, type ValueDType } from '../../tensor/dtype';
import type { Quantization } from '../../tensor/quantization';
import { bytesPerElement, viewOf } from '../../tensor/values';
import type { PixelSource } from '../frames/worker/pixels';
import type { Preprocessing } from '../shared/types';
import type { ImageTarget } from '../frames/worker/write-row';

export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** Luma and colour differences solved for R, G and B, one after the other, as ITU-R BT.601 and BT.709 define them. */
function rgbOfYuv(y: number, u: number, v: number, matrix: 'bt601' | 'bt709', range: 'limited' | 'full'): Colour {
  const [kr, kg, kb] = matrix === 'bt601' ? [0.299, 0.587, 0.114] : [0.2126, 0.7152, 0.0722];
  const luma = range === 'limited' ? (y - 16) / 219 : y / 255;
  const blueDifference = (u - 128) / (range === 'limited' ? 224 : 255);
  const redDifference = (v - 128) / (range === 'limited' ? 224 : 255);
  const red = luma + redDifference * 2 * (1 - kr);
  const blue = luma + blueDifference * 2 * (1 - kb);
  const green = (luma - kr * red - kb * blue) / kg;
  return [255 * red, 255 * green, 255 * blue, 255];
}

/** One pixel of the source; YUV with the chroma of its block of 2 × 2, not clamped. */
export function sourcePixel(source: PixelSource, x: number, y: number): Colour {
  const byte = (plane: number, row: number, place: number): number => {
    const { offset, stride } = source.planes[plane] ?? { offset: NaN, stride: NaN };
    const value = source.data[offset + row * stride + place];
    if (value === undefined) throw new Error('outside the picture');
    return value;
  };
  const cx = Math.floor(x / 2);
  const cy = Math.floor(y / 2);
  switch (source.format) {
    case 'I420': return rgbOfYuv(byte(0, y, x), byte(1, cy, cx), byte(2, cy, cx), source.colour.matrix, source.colour.range);
    case 'NV12': return rgbOfYuv(byte(0, y, x), byte(1, cy, 2 * cx), byte(1, cy, 2 * cx + 1), source.colour.matrix, source.colour.range);
    case 'RGBA': return [byte(0, y, 4 * x), byte(0, y, 4 * x + 1), byte(0, y, 4 * x + 2), byte(0, y, 4 * x + 3)];
    case 'RGBX': return [byte(0, y, 4 * x), byte(0, y, 4 * x + 1), byte(0, y, 4 * x + 2), 255];
    case 'BGRA': return [byte(0, y, 4 * x + 2), byte(0, y, 4 * x + 1), byte(0, y, 4 * x), byte(0, y, 4 * x + 3)];
    case 'BGRX': return [byte(0, y, 4 * x + 2), byte(0, y, 4 * x + 1), byte(0, y, 4 * x), 255];
  }
}

/** Every target pixel, row by row: fitted and resampled, then clamped to 0 to 255. */
export function referencePicture(source: PixelSource, { fit, resize }: Pick<Preprocessing, 'fit' | 'resize'>, width: number, height: number): readonly Colour[] {
  const pixels = Array.from({ length: source.width * source.height }, (_, index) => sourcePixel(source, index % source.width, Math.floor(index / source.width)));
  const ratioX = width / source.width;
  const ratioY = height / source.height;
  const uniform = fit === 'crop' ? Math.max(ratioX, ratioY) : Math.min(ratioX, ratioY);
  const [scaleX, scaleY] = fit === 'stretch' ? [ratioX, ratioY] : [uniform, uniform];
  const offsetX = width / 2 - (source.width * scaleX) / 2;
  const offsetY = height / 2 - (source.height * scaleY) / 2;
  const area = resize === 'area' || (resize === 'auto' && Math.min(scaleX, scaleY) < 0.5);
  const weights = (size: number, scale: number, offset: number, index: number): readonly (readonly [place: number, weight: number])[] => {
    if (area && scale < 1) {
      const from = Math.max((index - offset) / scale, 0);
      const to = Math.min((index + 1 - offset) / scale, size);
      return Array.from({ length: size }, (_, place) => [place, Math.max(0, Math.min(place + 1, to) - Math.max(place, from)) / (to - from)] as const).filter(([, weight]) => weight > 0);
    }
    const position = (index + 0.5 - offset) / scale - 0.5;
    const floor = Math.floor(position);
    return [[Math.min(Math.max(floor, 0), size - 1), floor + 1 - position], [Math.min(Math.max(floor + 1, 0), size - 1), position - floor]];
  };
  const slack = 1e-9;
  return Array.from({ length: width * height }, (_, index): Colour => {
    const column = index % width;
    const row = Math.floor(index / width);
    const centreX = (column + 0.5 - offsetX) / scaleX;
    const centreY = (row + 0.5 - offsetY) / scaleY;
    if (centreX < -slack || centreY < -slack || centreX > source.width + slack || centreY > source.height + slack) return [0, 0, 0, 0];
    const sum: [number, number, number, number] = [0, 0, 0, 0];
    for (const [y, weightY] of weights(source.height, scaleY, offsetY, row)) {
      for (const [x, weightX] of weights(source.width, scaleX, offsetX, column)) {
        const pixel = pixels[y * source.width + x] ?? [NaN, NaN, NaN, NaN];
        for (const lane of [0, 1, 2, 3] as const) sum[lane] += pixel[lane] * weightX * weightY;
      }
    }
    const clamp = (value: number): number => Math.min(255, Math.max(0, value));
    return [clamp(sum[0]), clamp(sum[1]), clamp(sum[2]), clamp(sum[3])];
  });
}

function channelOf(colour: Colour, order: Preprocessing['channels'], channel: number): number {
  const [red, green, blue, alpha] = colour;
  if (channel === 3) return alpha;
  if (order === 'gray') return 0.299 * red + 0.587 * green + 0.114 * blue;
  return (order === 'rgb' ? [red, green, blue] : [blue, green, red])[channel] ?? NaN;
}

export function targetOf(dtype: ValueDType, shape: readonly number[], quantization?: Quantization): ImageTarget {
  const buffer = new ArrayBuffer(elementCount(shape) * bytesPerElement(dtype));
  return { dtype, shape, quantization, view: viewOf(dtype, buffer) };
}

export function storedValues({ dtype, view }: ImageTarget): number[] {
  if (dtype !== 'float16') return Array.from<number | bigint, number>(view, Number);
  const bits = new DataView(view.buffer, view.byteOffset);
  return Array.from({ length: view.length }, (_, index) => getFloat16(bits, index * 2, true));
}

const ranges: Partial<Record<ValueDType, readonly [number, number]>> = { uint8: [0, 255], int8: [-128, 127], int16: [-32768, 32767] };

/** Whether a stored value is the right one for a pixel's channel; a text that says what it should be if it is not. */
function mistake(value: number, pixel: number, channel: number, { dtype, quantization }: ImageTarget, values: Preprocessing['values']): string | null {
  const at = (list: readonly number[]): number => list[list.length === 1 ? 0 : channel] ?? NaN;
  const real = values.kind === 'pixels' ? pixel : (pixel - at(values.mean)) / at(values.std);
  const range = ranges[dtype];
  if (range === undefined) {
    const step = values.kind === 'pixels' ? 1 : 1 / Math.abs(at(values.std));
    // A half keeps 11 bits, and half of the last one is what rounding may cost; far inside the 1/255 that is asked for.
    const rounding = dtype === 'float16' ? Math.abs(real) * 2 ** -11 + 2 ** -25 : 0;
    return Math.abs(value - real) <= rounding + 255e-6 * step ? null : String(real);
  }
  const shift = values.kind === 'pixels' ? (dtype === 'int8' ? -128 : 0) : (quantization?.zeroPoint[0] ?? 0);
  const scaled = values.kind === 'pixels' ? real : real / (quantization?.scale[0] ?? 1);
  // Halves go away from zero. Where the exact result lies on a half, the noise of either computation decides: both neighbours are right.
  const tie = Math.abs((Math.abs(scaled) % 1) - 0.5) < 1e-7;
  const rounded = tie ? [Math.floor(scaled), Math.ceil(scaled)] : [Math.sign(scaled) * Math.round(Math.abs(scaled))];
  const allowed = rounded.map((whole) => Math.min(Math.max(whole + shift, range[0]), range[1]));
  return allowed.includes(value) ? null : allowed.join(' or ');
}

/**
 * All elements of a filled tensor that are not what they should be, in words.
 * @param picture as `referencePicture` gives it in the tensor's size
 */
export function mistakes(target: ImageTarget, picture: readonly Colour[], { channels: order, layout, values }: Preprocessing): string[] {
  const stored = storedValues(target);
  const [batch, first, second, third] = (target.shape.length === 4 ? target.shape : [1, ...target.shape]) as [number, number, number, number];
  const [height, width, channels] = layout === 'nhwc' ? [first, second, third] : [second, third, first];
  const wrong: string[] = [];
  for (let place = 0; place < batch; place++) {
    picture.forEach((colour, pixel) => {
      for (let channel = 0; channel < channels; channel++) {
        const inside = layout === 'nhwc' ? pixel * channels + channel : channel * width * height + pixel;
        const value = stored[place * width * height * channels + inside] ?? NaN;
        const expected = mistake(value, channelOf(colour, order, channel), channel, target, values);
        if (expected !== null) wrong.push(`picture ${place}, row ${Math.floor(pixel / width)}, column ${pixel % width}, channel ${channel}: ${value}, not ${expected}`);
      }
    });
  }
  return wrong;
}
