import type { ChannelForm, GreyRange } from '../shared/channel-types';

/** One channel as `new ImageData(data, width, height)` takes it. */
export interface ChannelPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Sides of a drawn channel at most, in pixels: more is never seen in a panel. */
const longestSide = 1024;

/**
 * The pictures in a tensor: `[N, H, W, C]` and `[H, W, C]` hold one for each channel; `[1, R, C]`, `[R, C]` and pictures of a
 * single row or column are one matrix. Null for what has no two dimensions to be drawn along.
 */
export function channelForm(shape: readonly number[]): ChannelForm | null {
  if (shape.some((size) => size < 1)) return null;
  const matrix = (batches: number, height: number, width: number): ChannelForm | null => (height > 1 && width > 1 ? { kind: 'matrix', batches, height, width, channels: 1 } : null);
  const [first = 1, second = 1, third = 1, fourth = 1] = shape;
  switch (shape.length) {
    case 2: return matrix(1, first, second);
    case 3: return first === 1 ? matrix(1, second, third) : pictures(1, first, second, third);
    case 4: return pictures(first, second, third, fourth);
    default: return null;
  }
  function pictures(batches: number, height: number, width: number, channels: number): ChannelForm | null {
    return height > 1 && width > 1 ? { kind: 'picture', batches, height, width, channels } : matrix(batches, height * width, channels);
  }
}

/** Every how many rows and columns one is drawn, so that a picture is no larger than can be seen. */
export function samplingSteps({ height, width }: Pick<ChannelForm, 'height' | 'width'>): { readonly rows: number; readonly columns: number } {
  return { rows: Math.ceil(height / longestSide), columns: Math.ceil(width / longestSide) };
}

/** Places of one channel's elements, row by row. */
function* elementsOf({ height, width, channels }: ChannelForm, batch: number, channel: number, steps = { rows: 1, columns: 1 }): Generator<number> {
  for (let y = 0; y < height; y += steps.rows) {
    for (let x = 0; x < width; x += steps.columns) yield ((batch * height + y) * width + x) * channels + channel;
  }
}

/** Least and greatest finite value of a channel; null where it has none. */
export function channelRange(values: ArrayLike<number>, form: ChannelForm, batch: number, channel: number): GreyRange | null {
  let [black, white] = [Infinity, -Infinity];
  for (const index of elementsOf(form, batch, channel)) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) continue;
    if (value < black) black = value;
    if (value > white) white = value;
  }
  return white < black ? null : { black, white };
}

/**
 * Draws one channel in grey: `black` and below is 0, `white` and above 255, between them in proportion, and the middle where
 * both are one value. What is not finite is drawn red, so that it cannot be taken for a value.
 */
export function channelPicture(values: ArrayLike<number>, form: ChannelForm, batch: number, channel: number, { black, white }: GreyRange): ChannelPicture {
  const steps = samplingSteps(form);
  const [width, height] = [Math.ceil(form.width / steps.columns), Math.ceil(form.height / steps.rows)];
  const data = new Uint8ClampedArray(width * height * 4);
  // In halves, because the distance of two large values can overflow where they do not.
  const half = white / 2 - black / 2;
  let at = 0;
  for (const index of elementsOf(form, batch, channel, steps)) {
    const value = values[index] ?? NaN;
    const finite = Number.isFinite(value);
    const grey = half === 0 ? 128 : ((value / 2 - black / 2) / half) * 255;
    data[at] = finite ? grey : 220;
    data[at + 1] = finite ? grey : 0;
    data[at + 2] = finite ? grey : 0;
    data[at + 3] = 255;
    at += 4;
  }
  return { width, height, data };
}
