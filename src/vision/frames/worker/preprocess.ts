import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { imageShape } from '../shared/image-tensor';
import { placementFor } from '../shared/placement';
import { checkPixels, type PixelSource } from './pixels';
import type { Lanes } from './lanes';
import { createRegionReader, type RegionReader } from './region-reader';
import { createRowReader, type RowReader } from './resample';
import type { Region } from '../../shared/region';
import type { Placement, Preprocessing } from '../../shared/types';
import { createRowWriter, type ImageTarget, type RowWriter } from './write-row';

export type { PixelSource } from './pixels';
export type { ImageTarget } from './write-row';

/** All that does not change while size, formats and settings stay. */
interface Plan {
  readonly key: string;
  readonly placement: Placement;
  readonly reader: RowReader;
  /** The same one where it reads regions. */
  readonly regions: RegionReader | null;
  readonly writer: RowWriter;
  readonly lanes: Lanes;
  readonly rows: number;
  /** Elements of one picture. */
  readonly elements: number;
  readonly batch: number;
}

/** What a plan depends on, as text: two are the same when all values are. */
function keyOf(source: PixelSource, { dtype, shape, quantization }: ImageTarget, options: Preprocessing, ofRegion: boolean): string {
  const { fit, resize, channels, layout, values, extra } = options;
  const normalisation = values.kind === 'normalise' ? [values.mean, 'over', values.std] : [];
  const colour = 'colour' in source ? [source.colour.matrix, source.colour.range] : [];
  return [
    source.format, source.width, source.height, colour, dtype, shape, quantization?.scale, quantization?.zeroPoint,
    fit, resize, channels, layout, values.kind, normalisation, extra, ofRegion,
  ].join(';');
}

function planFor(key: string, source: PixelSource, target: ImageTarget, options: Preprocessing, ofRegion: boolean): Plan {
  const shape = imageShape(target.shape, options.layout);
  if (shape === null) {
    throw new LitescopeError('INVALID_INPUT', text.noPictureInLayout(`${target.dtype}[${target.shape.join(', ')}]`, options.layout));
  }
  const { batch, height, width, channels } = shape;
  const lanes = channels === 4 ? 4 : 3;
  // A region fills the input, and what is found in it is brought to the picture from there.
  const placement = ofRegion ? placementFor('stretch', width, height, width, height) : placementFor(options.fit, source.width, source.height, width, height);
  const form = { format: source.format, colour: 'colour' in source ? source.colour : null, lanes } as const;
  const regions = ofRegion ? createRegionReader({ ...form, sourceWidth: source.width, sourceHeight: source.height, targetWidth: width, targetHeight: height }) : null;
  return {
    key,
    placement,
    writer: createRowWriter(target, shape, options),
    reader: regions ?? createRowReader({ ...form, placement, resize: options.resize }),
    regions,
    lanes: Array.from({ length: lanes }, () => new Float64Array(width)),
    rows: height,
    elements: height * width * channels,
    batch,
  };
}

/**
 * Gives a {@link preprocess} for a stream of frames: tables and memory are kept as long as format and size of the
 * pictures, the tensor and the options have the same values, and made anew when they change.
 */
export function createPreprocessor(): typeof preprocess {
  let plan: Plan | null = null;
  return (source, target, options, region) => {
    checkPixels(source);
    const key = keyOf(source, target, options, region !== undefined);
    if (plan?.key !== key) plan = planFor(key, source, target, options, region !== undefined);
    const { placement, reader, regions, writer, lanes, rows, elements, batch } = plan;
    if (region !== undefined) regions?.aim(region);
    writer.begin(target.view);
    reader.begin(source);
    for (let row = 0; row < rows; row++) {
      reader.read(row, lanes);
      writer.write(row, lanes);
    }
    for (let place = 1; place < batch; place++) target.view.copyWithin(place * elements, 0, elements);
    return placement;
  };
}

/**
 * Writes a picture into an input tensor: fitted, resampled, converted, normalised and quantized in one pass, row by row,
 * without a picture in between. Pixels stay fractional until they are stored. What lies outside the picture (letterbox)
 * becomes black pixels, normalised like all others. A batch gets the same picture in every place.
 *
 * @param source in any format of PixelSource; how its colours are read says createRowReader
 * @param target tensor of shape [n, h, w, c] or [n, c, h, w] (n may be missing) with 1, 3 or 4 channels; the fourth gets
 *   the picture's alpha, 255 where the format has none. Floats, float16 as bits (nearest, ties to even), and integers up
 *   to 32 bits, which are quantized with the tensor's own scale and zero point (halves away from zero, clamped). `gray`
 *   fills all colour channels with the luma.
 * @param region the part of the picture that fills the input, whatever the fit; how it is read says createRegionReader
 * @returns where the picture lies in the input, for the way back; with a region, where the region does: one to one
 * @throws LitescopeError INVALID_INPUT when the tensor is no picture or the options do not fit it, INVALID_IMAGE when
 *   the source's size contradicts its data, INVALID_QUANTIZATION
 */
export function preprocess(source: PixelSource, target: ImageTarget, options: Preprocessing, region?: Region): Placement {
  return createPreprocessor()(source, target, options, region);
}
