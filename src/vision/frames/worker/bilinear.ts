import type { LaneGroup, LaneReader, Lanes, PlaneAxes } from './lanes';
import { bilinearTaps, inPairs, spanOf, type AxisPlacement, type Span } from './taps';

/** Target i lies between the source samples `first[i]` and the next, where there is one, nearer to the latter the greater `share[i]`. */
interface BilinearAxis extends Span {
  readonly first: Int32Array;
  readonly share: Float64Array;
  /** Samples from one tap to the other: 0 when the axis has a single one. */
  readonly gap: 0 | 1;
}

function bilinearAxis(placement: AxisPlacement, block: 1 | 2): BilinearAxis {
  const { sourceSize, targetSize } = placement;
  const size = Math.ceil(sourceSize / block);
  const span = spanOf(placement);
  const first = new Int32Array(targetSize);
  const share = new Float64Array(targetSize);
  for (let index = span.start; index < span.end; index++) {
    const pixels = bilinearTaps(placement, index);
    const taps = block === 2 ? inPairs(pixels) : pixels;
    // Both taps are always read, so that at the end of the axis the last sample is the second one.
    const atEnd = taps.first === size - 1 && size > 1;
    first[index] = atEnd ? taps.first - 1 : taps.first;
    share[index] = atEnd ? 1 : (taps.weights[1] ?? 0);
  }
  return { ...span, first, share, gap: size > 1 ? 1 : 0 };
}

/** A row of samples that lie `step` bytes apart, between two rows of the source that begin at `upper` and `lower`. */
function readLane(data: Uint8Array, upper: number, lower: number, down: number, step: number, columns: BilinearAxis, into: Float64Array): void {
  const { end, first, share } = columns;
  const gap = columns.gap * step;
  for (let column = columns.start; column < end; column++) {
    const across = share[column] as number;
    const place = (first[column] as number) * step;
    const above = upper + place;
    const below = lower + place;
    const aboveLeft = data[above] as number;
    const belowLeft = data[below] as number;
    const aboveValue = aboveLeft + ((data[above + gap] as number) - aboveLeft) * across;
    const belowValue = belowLeft + ((data[below + gap] as number) - belowLeft) * across;
    into[column] = aboveValue + (belowValue - aboveValue) * down;
  }
}

/** Three lanes of a plane of pixels at once, which costs far less than one after the other; `second` and `third` are bytes after the first lane. */
function readThreeLanes(data: Uint8Array, upper: number, lower: number, down: number, step: number, second: number, third: number, columns: BilinearAxis, into0: Float64Array, into1: Float64Array, into2: Float64Array): void {
  const { end, first, share } = columns;
  const gap = columns.gap * step;
  for (let column = columns.start; column < end; column++) {
    const across = share[column] as number;
    const place = (first[column] as number) * step;
    const above = upper + place;
    const below = lower + place;
    const aboveRight = above + gap;
    const belowRight = below + gap;
    const above0 = (data[above] as number) + ((data[aboveRight] as number) - (data[above] as number)) * across;
    const above1 = (data[above + second] as number) + ((data[aboveRight + second] as number) - (data[above + second] as number)) * across;
    const above2 = (data[above + third] as number) + ((data[aboveRight + third] as number) - (data[above + third] as number)) * across;
    const below0 = (data[below] as number) + ((data[belowRight] as number) - (data[below] as number)) * across;
    const below1 = (data[below + second] as number) + ((data[belowRight + second] as number) - (data[below + second] as number)) * across;
    const below2 = (data[below + third] as number) + ((data[belowRight + third] as number) - (data[below + third] as number)) * across;
    into0[column] = above0 + (below0 - above0) * down;
    into1[column] = above1 + (below1 - above1) * down;
    into2[column] = above2 + (below2 - above2) * down;
  }
}

/** Takes the four neighbours of each target pixel. */
export function createBilinearReader({ bytes, lanes }: LaneGroup, { step, block, across, down }: PlaneAxes): LaneReader {
  const columns = bilinearAxis(across, block);
  const rows = bilinearAxis(down, block);
  const [first = 0, second = 0, third = 0] = bytes;
  const [lane0 = 0, lane1 = 0, lane2 = 0] = lanes;
  let data = new Uint8Array(0) as Uint8Array;
  let origin = 0;
  let stride = 0;
  return {
    begin(newData, plane) {
      data = newData;
      origin = plane.offset + first;
      stride = plane.stride;
    },
    read(row: number, into: Lanes) {
      const upper = origin + (rows.first[row] as number) * stride;
      const lower = upper + rows.gap * stride;
      const share = rows.share[row] as number;
      const [into0, into1, into2] = [into[lane0], into[lane1], into[lane2]];
      if (into0 === undefined || into1 === undefined || into2 === undefined) return;
      if (lanes.length === 1) readLane(data, upper, lower, share, step, columns, into0);
      else readThreeLanes(data, upper, lower, share, step, second - first, third - first, columns, into0, into1, into2);
    },
  };
}
