import { createAreaReader } from './area';
import { createBilinearReader } from './bilinear';
import { laneGroups, type LaneReader, type Lanes } from './lanes';
import { planeForms, type PixelFormat, type PixelSource, type YuvColour } from './pixels';
import { spanOf } from './taps';
import type { Placement, Preprocessing } from '../../shared/types';
import { createYuvConversion } from './yuv';

/** Reads pictures of one format and size, one after the other, at the resolution of the target. */
export interface RowReader {
  /** Takes another picture; it is read from where it lies, and must stay until its last row was read. */
  begin(source: PixelSource): void;
  /** Overwrites the lanes, always the same ones, with a row of the target. What lies outside the picture is 0. Least work when rows come in order. */
  read(row: number, into: Lanes): void;
}

/** What a reader is made for. */
export interface ReaderForm {
  readonly format: PixelFormat;
  /** Null for formats without chroma. */
  readonly colour: YuvColour | null;
  readonly placement: Placement;
  readonly resize: Preprocessing['resize'];
  /** 3, or 4 with alpha. */
  readonly lanes: 3 | 4;
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
  const across = { sourceSize: sourceWidth, targetSize: targetWidth, scale: scaleX, offset: offsetX };
  const down = { sourceSize: sourceHeight, targetSize: targetHeight, scale: scaleY, offset: offsetY };
  const createReader = area ? createAreaReader : createBilinearReader;
  const readers = laneGroups[format].flatMap((group): { plane: number; reader: LaneReader }[] => {
    const form = planeForms[format][group.plane];
    if (form === undefined || !group.lanes.every((lane) => lane < lanes)) return [];
    return [{ plane: group.plane, reader: createReader(group, { step: form.bytes, block: form.block, across, down }) }];
  });
  const hasAlpha = laneGroups[format].some((group) => group.lanes.includes(3));
  // Whether a target lies inside the picture is the same for all planes.
  const columns = spanOf(across);
  const rows = spanOf(down);
  const convert = colour === null ? null : createYuvConversion(colour);
  return {
    begin({ data, planes }) {
      // One kind of array for all sources: the loops are compiled for what they have seen.
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
      for (const { plane, reader } of readers) {
        const layout = planes[plane];
        if (layout !== undefined) reader.begin(bytes, layout);
      }
    },
    read(row, into) {
      if (row < rows.start || row >= rows.end) {
        for (const lane of into) lane.fill(0);
        return;
      }
      for (const { reader } of readers) reader.read(row, into);
      const [first, second, third, alpha] = into;
      if (convert !== null && first !== undefined && second !== undefined && third !== undefined) convert(first, second, third, columns.start, columns.end);
      if (alpha !== undefined && !hasAlpha) alpha.fill(255, columns.start, columns.end);
    },
  };
}
