import { fromRegion, type Region } from '../../shared/region';
import { laneGroups, type Lanes } from './lanes';
import { planeForms, type PixelFormat, type PixelSource, type PlaneLayout, type YuvColour } from './pixels';
import type { RowReader } from './resample';
import { createYuvConversion } from './yuv';

/** Reads the same region of pictures until it is aimed at another one. */
export interface RegionReader extends RowReader {
  aim(region: Region): void;
}

/** What a reader is made for. */
export interface RegionForm {
  readonly format: PixelFormat;
  /** Null for formats without chroma. */
  readonly colour: YuvColour | null;
  /** Of the pictures. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly targetWidth: number;
  readonly targetHeight: number;
  /** 3, or 4 with alpha. */
  readonly lanes: 3 | 4;
}

/** The four pixels around each target pixel of a row, and how near they are. */
interface Neighbours {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly upper: Int32Array;
  readonly lower: Int32Array;
  readonly across: Float64Array;
  readonly down: Float64Array;
}

function neighboursOf(columns: number): Neighbours {
  const [left, right, upper, lower] = [new Int32Array(columns), new Int32Array(columns), new Int32Array(columns), new Int32Array(columns)];
  return { left, right, upper, lower, across: new Float64Array(columns), down: new Float64Array(columns) };
}

function readLane(data: Uint8Array, origin: number, stride: number, step: number, shift: 0 | 1, { left, right, upper, lower, across, down }: Neighbours, into: Float64Array): void {
  for (let column = 0; column < into.length; column++) {
    const above = origin + ((upper[column] as number) >> shift) * stride;
    const below = origin + ((lower[column] as number) >> shift) * stride;
    const first = ((left[column] as number) >> shift) * step;
    const second = ((right[column] as number) >> shift) * step;
    const share = across[column] as number;
    const high = (data[above + first] as number) + ((data[above + second] as number) - (data[above + first] as number)) * share;
    const low = (data[below + first] as number) + ((data[below + second] as number) - (data[below + first] as number)) * share;
    into[column] = high + (low - high) * (down[column] as number);
  }
}

/**
 * Prepares memory to read turned regions of pictures, bilinear as MediaPipe's ImageToTensorCalculator does: the four
 * pixels around the centre of each target pixel, also where the region shrinks; beyond the picture its outermost pixels go
 * on. Chroma is that of each pixel's block of 2 × 2, as in `createRowReader`.
 */
export function createRegionReader({ format, colour, sourceWidth, sourceHeight, targetWidth, targetHeight, lanes }: RegionForm): RegionReader {
  const groups = laneGroups[format].filter((group) => group.lanes.every((lane) => lane < lanes));
  const hasAlpha = laneGroups[format].some((group) => group.lanes.includes(3));
  const convert = colour === null ? null : createYuvConversion(colour);
  const neighbours = neighboursOf(targetWidth);
  let region: Region = { x: sourceWidth / 2, y: sourceHeight / 2, width: sourceWidth, height: sourceHeight, rotation: 0 };
  let bytes = new Uint8Array(0) as Uint8Array;
  let planes: readonly PlaneLayout[] = [];

  function locate(row: number): void {
    const { left, right, upper, lower, across, down } = neighbours;
    const start = fromRegion(region, 0.5 / targetWidth, (row + 0.5) / targetHeight);
    const stepX = (region.width / targetWidth) * Math.cos(region.rotation);
    const stepY = (region.width / targetWidth) * Math.sin(region.rotation);
    for (let column = 0; column < targetWidth; column++) {
      const x = Math.min(Math.max(start.x + column * stepX - 0.5, 0), sourceWidth - 1);
      const y = Math.min(Math.max(start.y + column * stepY - 0.5, 0), sourceHeight - 1);
      const firstColumn = Math.floor(x);
      const firstRow = Math.floor(y);
      left[column] = firstColumn;
      right[column] = Math.min(firstColumn + 1, sourceWidth - 1);
      upper[column] = firstRow;
      lower[column] = Math.min(firstRow + 1, sourceHeight - 1);
      across[column] = x - firstColumn;
      down[column] = y - firstRow;
    }
  }

  return {
    aim(next) { region = next; },
    begin(source: PixelSource) {
      // One kind of array for all sources: the loops are compiled for what they have seen.
      bytes = new Uint8Array(source.data.buffer, source.data.byteOffset, source.data.length);
      ({ planes } = source);
    },
    read(row: number, into: Lanes) {
      locate(row);
      for (const group of groups) {
        const [layout, form] = [planes[group.plane], planeForms[format][group.plane]];
        if (layout === undefined || form === undefined) continue;
        group.lanes.forEach((place, index) => {
          const lane = into[place];
          if (lane !== undefined) readLane(bytes, layout.offset + (group.bytes[index] ?? 0), layout.stride, form.bytes, form.block === 2 ? 1 : 0, neighbours, lane);
        });
      }
      const [first, second, third, alpha] = into;
      if (convert !== null && first !== undefined && second !== undefined && third !== undefined) convert(first, second, third, 0, targetWidth);
      if (alpha !== undefined && !hasAlpha) alpha.fill(255);
    },
  };
}
