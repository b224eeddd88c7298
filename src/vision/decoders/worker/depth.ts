import { realValues } from '../../../tensor/values';
import { rescalePlacement } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, OutputTensor, Placement } from '../../shared/types';
import { mapSize, unsupportedDecoder } from '../shared/outputs';
import { insidePicture } from './inside-picture';
import { vision as text } from '../../../messages/vision';

/** As `mapSize`, also with the one channel first. */
function depthSize(shape: readonly number[]): { readonly height: number; readonly width: number } | null {
  const [batch, channels, height = 0, width = 0] = shape;
  return mapSize(shape) ?? (shape.length === 4 && batch === 1 && channels === 1 && height > 0 && width > 0 ? { height, width } : null);
}

/**
 * Relative depth: one value a pixel, in units that differ from picture to picture, as MiDaS and Depth Anything give it
 * (inverse depth, higher is nearer) or others (distance, lower is nearer). The least and the greatest value within the
 * picture become far and near; what is no number counts as far.
 *
 * @returns nearness of the output's size, 0 to 255
 * @throws LitescopeError UNSUPPORTED_DECODER when no output is a map with one value a pixel
 */
export function decodeDepth({ nearer }: Extract<Decoder, { kind: 'depth' }>, outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'depth'> {
  for (const output of outputs) {
    const size = depthSize(output.shape);
    if (size === null) continue;
    const values = realValues(output);
    const { width, height } = size;
    const own = rescalePlacement(placement, width, height);
    const { left, right, top, bottom } = insidePicture(width, height, own);
    let [lowest, highest] = [Infinity, -Infinity];
    for (let row = top; row < bottom; row++) {
      for (let position = row * width + left; position < row * width + right; position++) {
        const value = values[position] as number;
        if (value < lowest && Number.isFinite(value)) lowest = value;
        if (value > highest && Number.isFinite(value)) highest = value;
      }
    }
    if (!Number.isFinite(lowest)) [lowest, highest] = [0, 0];
    const [farthest, nearest] = nearer === 'lower' ? [highest, lowest] : [lowest, highest];
    const span = nearest - farthest;
    const nearness = new Uint8ClampedArray(values.length);
    // A map of one value is of one distance, wherever that is.
    if (span !== 0) for (let index = 0; index < values.length; index++) nearness[index] = (((values[index] as number) - farthest) / span) * 255;
    return { kind: 'depth', nearness, nearest, farthest, width, height, placement: own };
  }
  throw unsupportedDecoder(text.expected.depth, outputs);
}
