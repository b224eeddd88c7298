import type { LaneGroup, LaneReader, Lanes, PlaneAxes } from './lanes';
import { areaTaps, inPairs, spanOf, type AxisPlacement, type Span } from './taps';

/** Target i is the weighted sum of the source samples `first[i]` to `last[i]`; all between these two have the same weight. */
interface AreaAxis extends Span {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly firstWeight: Float64Array;
  readonly innerWeight: Float64Array;
  /** 0 where `last` is `first`. */
  readonly lastWeight: Float64Array;
}

function areaAxis(placement: AxisPlacement, block: 1 | 2): AreaAxis {
  const { targetSize } = placement;
  const span = spanOf(placement);
  const [first, last] = [new Int32Array(targetSize), new Int32Array(targetSize)];
  const [firstWeight, innerWeight, lastWeight] = [new Float64Array(targetSize), new Float64Array(targetSize), new Float64Array(targetSize)];
  for (let index = span.start; index < span.end; index++) {
    const pixels = areaTaps(placement, index);
    const taps = block === 2 ? inPairs(pixels) : pixels;
    const end = taps.weights.length - 1;
    first[index] = taps.first;
    last[index] = taps.first + end;
    firstWeight[index] = taps.weights[0] ?? 0;
    // Only the outermost samples can be covered in part.
    innerWeight[index] = end > 1 ? (taps.weights[1] ?? 0) : 0;
    lastWeight[index] = end > 0 ? (taps.weights[end] ?? 0) : 0;
  }
  return { ...span, first, last, firstWeight, innerWeight, lastWeight };
}

/** Sums a row of samples that lie `step` bytes apart across. */
function sumLane(data: Uint8Array, rowStart: number, step: number, columns: AreaAxis, into: Float64Array): void {
  const { end, first, last, firstWeight, innerWeight, lastWeight } = columns;
  for (let column = columns.start; column < end; column++) {
    const left = rowStart + (first[column] as number) * step;
    const right = rowStart + (last[column] as number) * step;
    let sum = 0;
    for (let place = left + step; place < right; place += step) sum += data[place] as number;
    into[column] = (firstWeight[column] as number) * (data[left] as number) + (innerWeight[column] as number) * sum + (lastWeight[column] as number) * (data[right] as number);
  }
}

/** As many bytes as 16 bits can sum. */
const mostSummed = 257;

/**
 * Sums the first three bytes of a row of words across: two sums of 16 bits to a word, which takes half the time. Words
 * are little-endian, as WebAssembly's platforms all are. At most `mostSummed` words between the first and the last.
 */
function sumThreeLanes(words: Int32Array, rowStart: number, columns: AreaAxis, into0: Float64Array, into1: Float64Array, into2: Float64Array): void {
  const { end, first, last, firstWeight, innerWeight, lastWeight } = columns;
  for (let column = columns.start; column < end; column++) {
    const left = rowStart + (first[column] as number);
    const right = rowStart + (last[column] as number);
    let outer = 0;
    let middle = 0;
    for (let place = left + 1; place < right; place++) {
      const word = words[place] as number;
      outer += word & 0xff00ff;
      middle += (word >>> 8) & 0xff;
    }
    const leftWord = words[left] as number;
    const rightWord = words[right] as number;
    const leftWeight = firstWeight[column] as number;
    const weight = innerWeight[column] as number;
    const rightWeight = lastWeight[column] as number;
    into0[column] = leftWeight * (leftWord & 0xff) + weight * (outer & 0xffff) + rightWeight * (rightWord & 0xff);
    into1[column] = leftWeight * ((leftWord >>> 8) & 0xff) + weight * middle + rightWeight * ((rightWord >>> 8) & 0xff);
    into2[column] = leftWeight * ((leftWord >>> 16) & 0xff) + weight * (outer >>> 16) + rightWeight * ((rightWord >>> 16) & 0xff);
  }
}

/** Adds a row, or takes it as the first one. */
function addRow(row: Float64Array, weight: number, isFirst: boolean, { start, end }: Span, into: Float64Array): void {
  if (isFirst) for (let column = start; column < end; column++) into[column] = weight * (row[column] as number);
  else for (let column = start; column < end; column++) into[column] = (into[column] as number) + weight * (row[column] as number);
}

/** Averages all that each target pixel covers: across each row of the source that is needed, then down over these. */
export function createAreaReader({ bytes, lanes }: LaneGroup, { step, block, across, down }: PlaneAxes): LaneReader {
  const columns = areaAxis(across, block);
  const rows = areaAxis(down, block);
  const fewSummed = columns.first.every((first, column) => (columns.last[column] as number) - first <= mostSummed);
  // Rows summed across, of even and odd numbers: neighbouring rows of the target share what they have in common.
  const kept = [0, 1].map(() => lanes.map(() => new Float64Array(columns.first.length)));
  const keptRows = [-1, -1];
  let data = new Uint8Array(0) as Uint8Array;
  let words: Int32Array | null = null;
  let origin = 0;
  let stride = 0;

  function summedAcross(row: number): Lanes {
    const slot = row % 2;
    const sums = kept[slot] ?? [];
    if (keptRows[slot] === row) return sums;
    keptRows[slot] = row;
    const [sums0, sums1, sums2] = sums;
    if (words !== null && sums0 !== undefined && sums1 !== undefined && sums2 !== undefined) {
      sumThreeLanes(words, (origin + row * stride) / 4, columns, sums0, sums1, sums2);
    } else {
      sums.forEach((lane, index) => { sumLane(data, origin + row * stride + (bytes[index] ?? 0), step, columns, lane); });
    }
    return sums;
  }

  return {
    begin(newData, plane) {
      data = newData;
      origin = plane.offset;
      stride = plane.stride;
      const aligned = data.byteOffset % 4 === 0 && origin % 4 === 0 && stride % 4 === 0;
      words = lanes.length === 3 && aligned && fewSummed ? new Int32Array(data.buffer, data.byteOffset, data.length >> 2) : null;
      keptRows.fill(-1);
    },
    read(row: number, into: Lanes) {
      const first = rows.first[row] as number;
      const last = rows.last[row] as number;
      for (let source = first; source <= last; source++) {
        const weight = (source === first ? rows.firstWeight[row] : source === last ? rows.lastWeight[row] : rows.innerWeight[row]) as number;
        const sums = summedAcross(source);
        for (let index = 0; index < lanes.length; index++) {
          const from = sums[index];
          const to = into[lanes[index] ?? 0];
          if (from !== undefined && to !== undefined) addRow(from, weight, source === first, columns, to);
        }
      }
    },
  };
}
