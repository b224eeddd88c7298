import type { Placement, Preprocessing } from './types';

/** A picture as canvases and camera frames give it: rows of R, G, B, A, without padding at their ends. */
export interface PixelSource {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** Values of a target row: `lanes` of each pixel (3: R, G, B; 4: with alpha), 0 to 255, fractions kept, 0 outside the picture. */
export type RowReader = (row: number, into: Float64Array) => void;

/** Targets `[start, end)` have their centre inside the picture; the others are padding. */
interface Span {
  readonly start: number;
  readonly end: number;
}

interface BilinearAxis extends Span {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Weight of `high`. */
  readonly fraction: Float64Array;
}

/** Target i is the sum of `count[i]` neighbouring source pixels from `first[i]` on, weights from `weightStart[i]` on. */
interface WeightedAxis extends Span {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weightStart: Int32Array;
  readonly weights: Float64Array;
}

function spanOf(sourceSize: number, targetSize: number, scale: number, offset: number): Span {
  const inside = (index: number): boolean => {
    const position = (index + 0.5 - offset) / scale;
    return position >= 0 && position <= sourceSize;
  };
  let start = 0;
  while (start < targetSize && !inside(start)) start++;
  let end = targetSize;
  while (end > start && !inside(end - 1)) end--;
  return { start, end };
}

function bilinearAxis(sourceSize: number, targetSize: number, scale: number, offset: number): BilinearAxis {
  const span = spanOf(sourceSize, targetSize, scale, offset);
  const low = new Int32Array(targetSize);
  const high = new Int32Array(targetSize);
  const fraction = new Float64Array(targetSize);
  for (let index = span.start; index < span.end; index++) {
    const position = Math.min(Math.max((index + 0.5 - offset) / scale - 0.5, 0), sourceSize - 1);
    const floor = Math.floor(position);
    low[index] = floor;
    high[index] = Math.min(floor + 1, sourceSize - 1);
    fraction[index] = position - floor;
  }
  return { ...span, low, high, fraction };
}

/** Averages what each target pixel covers. Where the axis does not shrink, that would be blocks, so it stays bilinear. */
function weightedAxis(sourceSize: number, targetSize: number, scale: number, offset: number): WeightedAxis {
  const span = spanOf(sourceSize, targetSize, scale, offset);
  const bilinear = scale < 1 ? null : bilinearAxis(sourceSize, targetSize, scale, offset);
  const first = new Int32Array(targetSize);
  const count = new Int32Array(targetSize);
  const weightStart = new Int32Array(targetSize);
  const weights: number[] = [];
  for (let index = span.start; index < span.end; index++) {
    weightStart[index] = weights.length;
    if (bilinear !== null) {
      const share = bilinear.fraction[index] as number;
      first[index] = bilinear.low[index] as number;
      count[index] = share === 0 ? 1 : 2;
      weights.push(1 - share);
      if (share !== 0) weights.push(share);
      continue;
    }
    const from = Math.max((index - offset) / scale, 0);
    const to = Math.min((index + 1 - offset) / scale, sourceSize);
    const firstPixel = Math.min(Math.floor(from), sourceSize - 1);
    const lastPixel = Math.max(Math.min(Math.ceil(to), sourceSize) - 1, firstPixel);
    first[index] = firstPixel;
    count[index] = lastPixel - firstPixel + 1;
    for (let pixel = firstPixel; pixel <= lastPixel; pixel++) {
      weights.push((Math.min(pixel + 1, to) - Math.max(pixel, from)) / (to - from));
    }
  }
  return { ...span, first, count, weightStart, weights: Float64Array.from(weights) };
}

function between(data: PixelSource['data'], upperLeft: number, upperRight: number, lowerLeft: number, lowerRight: number, across: number, down: number): number {
  const above = (data[upperLeft] as number) + ((data[upperRight] as number) - (data[upperLeft] as number)) * across;
  const below = (data[lowerLeft] as number) + ((data[lowerRight] as number) - (data[lowerLeft] as number)) * across;
  return above + (below - above) * down;
}

function bilinearReader(source: PixelSource, placement: Placement, lanes: 3 | 4): RowReader {
  const { data, width } = source;
  const columns = bilinearAxis(width, placement.targetWidth, placement.scaleX, placement.offsetX);
  const rows = bilinearAxis(source.height, placement.targetHeight, placement.scaleY, placement.offsetY);
  const { start, end, low, high, fraction } = columns;
  return (row, into) => {
    into.fill(0);
    if (row < rows.start || row >= rows.end) return;
    const upper = (rows.low[row] as number) * width * 4;
    const lower = (rows.high[row] as number) * width * 4;
    const down = rows.fraction[row] as number;
    for (let column = start, position = start * lanes; column < end; column++, position += lanes) {
      const left = (low[column] as number) * 4;
      const right = (high[column] as number) * 4;
      const across = fraction[column] as number;
      const upperLeft = upper + left;
      const upperRight = upper + right;
      const lowerLeft = lower + left;
      const lowerRight = lower + right;
      into[position] = between(data, upperLeft, upperRight, lowerLeft, lowerRight, across, down);
      into[position + 1] = between(data, upperLeft + 1, upperRight + 1, lowerLeft + 1, lowerRight + 1, across, down);
      into[position + 2] = between(data, upperLeft + 2, upperRight + 2, lowerLeft + 2, lowerRight + 2, across, down);
      if (lanes === 4) into[position + 3] = between(data, upperLeft + 3, upperRight + 3, lowerLeft + 3, lowerRight + 3, across, down);
    }
  };
}

function areaReader(source: PixelSource, placement: Placement, lanes: 3 | 4): RowReader {
  const { data, width } = source;
  const columns = weightedAxis(width, placement.targetWidth, placement.scaleX, placement.offsetX);
  const rows = weightedAxis(source.height, placement.targetHeight, placement.scaleY, placement.offsetY);
  const { start, end, first, count, weightStart, weights } = columns;
  return (row, into) => {
    into.fill(0);
    if (row < rows.start || row >= rows.end) return;
    const firstRow = rows.first[row] as number;
    const rowCount = rows.count[row] as number;
    const rowWeights = rows.weightStart[row] as number;
    for (let column = start, position = start * lanes; column < end; column++, position += lanes) {
      const left = (first[column] as number) * 4;
      const right = left + (count[column] as number) * 4;
      const columnWeights = weightStart[column] as number;
      // Sums stay in local variables: storing them for each pixel is what made this slow.
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let tap = 0; tap < rowCount; tap++) {
        const rowStart = (firstRow + tap) * width * 4;
        const down = rows.weights[rowWeights + tap] as number;
        for (let place = rowStart + left, weight = columnWeights; place < rowStart + right; place += 4, weight++) {
          const share = down * (weights[weight] as number);
          red += share * (data[place] as number);
          green += share * (data[place + 1] as number);
          blue += share * (data[place + 2] as number);
          if (lanes === 4) alpha += share * (data[place + 3] as number);
        }
      }
      into[position] = red;
      into[position + 1] = green;
      into[position + 2] = blue;
      if (lanes === 4) into[position + 3] = alpha;
    }
  };
}

/**
 * Reads a picture row by row at the resolution of the target. Pixel centres lie at half coordinates. Bilinear takes the
 * four neighbours; area averages all that a target pixel covers, which is what keeps fine patterns from flickering when
 * a picture shrinks a lot: `auto` takes it when an axis shrinks by more than 2.
 */
export function createRowReader(source: PixelSource, placement: Placement, resize: Preprocessing['resize'], lanes: 3 | 4): RowReader {
  const shrinksALot = Math.min(placement.scaleX, placement.scaleY) < 0.5;
  const area = resize === 'area' || (resize === 'auto' && shrinksALot);
  return area ? areaReader(source, placement, lanes) : bilinearReader(source, placement, lanes);
}
