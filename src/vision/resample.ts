import { createAxis, type Axis } from './axis';
import { planeForms, type PixelFormat, type PixelSource, type YuvColour } from './pixels';
import type { Placement, Preprocessing } from './types';
import { createYuvConversion } from './yuv';

/** A row of the target, a lane for each channel: R, G, B, and alpha where four are wanted. 0 to 255, fractions kept. */
export type Lanes = readonly Float64Array[];

/** Reads pictures of one format and size, one after the other, at the resolution of the target. */
export interface RowReader {
  /** Takes another picture; it is read from where it lies, and must stay until its last row was read. */
  begin(source: PixelSource): void;
  /** Overwrites the lanes with a row of the target. What lies outside the picture is 0. Least work when rows come in order. */
  read(row: number, into: Lanes): void;
}

/** What a reader is made for. */
export interface ReaderForm {
  readonly format: PixelFormat;
  /** Unused by formats without chroma. */
  readonly colour: YuvColour | null;
  readonly placement: Placement;
  readonly resize: Preprocessing['resize'];
  /** 3, or 4 with alpha. */
  readonly lanes: 3 | 4;
}

/**
 * Resamples a row of samples that lie `step` bytes apart. Bilinear, where nothing is between the first sample and the
 * last, and area are the same sum.
 */
function resampleAcross(data: Uint8Array, rowStart: number, step: number, axis: Axis, into: Float64Array): void {
  const { end, first, last, firstWeight, innerWeight, lastWeight } = axis;
  for (let column = axis.start; column < end; column++) {
    const left = rowStart + (first[column] as number) * step;
    const right = rowStart + (last[column] as number) * step;
    let sum = 0;
    for (let place = left + step; place < right; place += step) sum += data[place] as number;
    into[column] = (firstWeight[column] as number) * (data[left] as number) + (innerWeight[column] as number) * sum + (lastWeight[column] as number) * (data[right] as number);
  }
}

/** Which samples make up a lane of the target: their plane, and their byte in each group of samples there. */
interface LaneForm {
  readonly plane: number;
  readonly byte: number;
}

const laneForms: Readonly<Record<PixelFormat, readonly LaneForm[]>> = {
  RGBA: [{ plane: 0, byte: 0 }, { plane: 0, byte: 1 }, { plane: 0, byte: 2 }, { plane: 0, byte: 3 }],
  RGBX: [{ plane: 0, byte: 0 }, { plane: 0, byte: 1 }, { plane: 0, byte: 2 }],
  BGRA: [{ plane: 0, byte: 2 }, { plane: 0, byte: 1 }, { plane: 0, byte: 0 }, { plane: 0, byte: 3 }],
  BGRX: [{ plane: 0, byte: 2 }, { plane: 0, byte: 1 }, { plane: 0, byte: 0 }],
  I420: [{ plane: 0, byte: 0 }, { plane: 1, byte: 0 }, { plane: 2, byte: 0 }],
  NV12: [{ plane: 0, byte: 0 }, { plane: 1, byte: 0 }, { plane: 1, byte: 1 }],
};

/** Reads one lane: across each row of the source that is needed, then down over these. */
class LaneReader {
  readonly #plane: number;
  readonly #byte: number;
  readonly #step: number;
  readonly #columns: Axis;
  readonly #rows: Axis;
  /** Rows resampled across, of even and odd numbers: neighbouring rows of the target share what they have in common. */
  readonly #kept: readonly [Float64Array, Float64Array];
  readonly #keptRows: [number, number] = [-1, -1];
  #data: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #stride = 0;

  constructor({ plane, byte }: LaneForm, step: number, columns: Axis, rows: Axis) {
    this.#plane = plane;
    this.#byte = byte;
    this.#step = step;
    this.#columns = columns;
    this.#rows = rows;
    this.#kept = [new Float64Array(columns.first.length), new Float64Array(columns.first.length)];
  }

  begin(data: Uint8Array, planes: PixelSource['planes']): void {
    const { offset = 0, stride = 0 } = planes[this.#plane] ?? {};
    this.#data = data;
    this.#offset = offset + this.#byte;
    this.#stride = stride;
    this.#keptRows.fill(-1);
  }

  #across(row: number): Float64Array {
    const slot = row % 2 === 0 ? 0 : 1;
    const kept = this.#kept[slot];
    if (this.#keptRows[slot] !== row) {
      resampleAcross(this.#data, this.#offset + row * this.#stride, this.#step, this.#columns, kept);
      this.#keptRows[slot] = row;
    }
    return kept;
  }

  /** Only for rows and columns inside the picture; writes no others. */
  read(row: number, into: Float64Array): void {
    const { start, end } = this.#columns;
    const rows = this.#rows;
    const first = rows.first[row] as number;
    const last = rows.last[row] as number;
    const above = this.#across(first);
    const firstWeight = rows.firstWeight[row] as number;
    if (last === first) {
      for (let column = start; column < end; column++) into[column] = firstWeight * (above[column] as number);
      return;
    }
    if (last === first + 1) {
      const below = this.#across(last);
      const lastWeight = rows.lastWeight[row] as number;
      for (let column = start; column < end; column++) into[column] = firstWeight * (above[column] as number) + lastWeight * (below[column] as number);
      return;
    }
    for (let column = start; column < end; column++) into[column] = firstWeight * (above[column] as number);
    for (let source = first + 1; source <= last; source++) {
      const next = this.#across(source);
      const weight = (source === last ? rows.lastWeight[row] : rows.innerWeight[row]) as number;
      for (let column = start; column < end; column++) into[column] = (into[column] as number) + weight * (next[column] as number);
    }
  }
}

/**
 * Prepares tables and memory for pictures of one format and size. Pixel centres lie at half coordinates. Bilinear takes
 * the four neighbours; area averages all that a target pixel covers, which is what keeps fine patterns from flickering
 * when a picture shrinks a lot: `auto` takes it when an axis shrinks by more than 2.
 *
 * Formats with chroma are read as if each pixel were first converted to R, G, B with the chroma of its block of
 * 2 × 2, as fractions beyond 0 to 255 too, then resampled, and clamped last. As the conversion is an affine map, the
 * planes are resampled as they are and only the result is converted.
 */
export function createRowReader({ format, colour, placement, resize, lanes }: ReaderForm): RowReader {
  const { sourceWidth, sourceHeight, targetWidth, targetHeight, scaleX, scaleY, offsetX, offsetY } = placement;
  const area = resize === 'area' || (resize === 'auto' && Math.min(scaleX, scaleY) < 0.5);
  const axes = planeForms[format].map(({ bytes, block }) => ({
    bytes,
    columns: createAxis({ sourceSize: sourceWidth, targetSize: targetWidth, scale: scaleX, offset: offsetX }, area, block),
    rows: createAxis({ sourceSize: sourceHeight, targetSize: targetHeight, scale: scaleY, offset: offsetY }, area, block),
  }));
  const readers = laneForms[format].slice(0, lanes).flatMap((lane) => {
    const plane = axes[lane.plane];
    return plane === undefined ? [] : [new LaneReader(lane, plane.bytes, plane.columns, plane.rows)];
  });
  // Whether a target lies inside the picture is the same for all planes.
  const { columns, rows } = axes[0] ?? {};
  const convert = colour === null ? null : createYuvConversion(colour);
  return {
    begin({ data, planes }) {
      // One kind of array for all sources: the loops above are compiled for what they have seen.
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
      for (const reader of readers) reader.begin(bytes, planes);
    },
    read(row, into) {
      for (const lane of into) lane.fill(0);
      if (columns === undefined || rows === undefined || row < rows.start || row >= rows.end) return;
      const [first, second, third, alpha] = into;
      readers.forEach((reader, index) => {
        const lane = into[index];
        if (lane !== undefined) reader.read(row, lane);
      });
      if (convert !== null && first !== undefined && second !== undefined && third !== undefined) convert(first, second, third, columns.start, columns.end);
      if (alpha !== undefined && readers.length < 4) alpha.fill(255, columns.start, columns.end);
    },
  };
}
