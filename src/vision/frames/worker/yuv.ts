import type { YuvColour } from './pixels';

/** Weights of red and blue in the luma, ITU-R BT.601 and BT.709. Green has what is left. */
const lumaWeights: Readonly<Record<YuvColour['matrix'], { readonly red: number; readonly blue: number }>> = {
  bt601: { red: 0.299, blue: 0.114 },
  bt709: { red: 0.2126, blue: 0.0722 },
};

/** Turns Y, U, V into R, G, B in place, from `start` up to `end`, and clamps to 0 to 255. */
export type YuvConversion = (first: Float64Array, second: Float64Array, third: Float64Array, start: number, end: number) => void;

/**
 * The inverse of the luma and colour differences that BT.601 and BT.709 define, on codes that may be fractions: as it is
 * an affine map, converting what was resampled is the same as resampling what was converted, up to the clamping.
 */
export function createYuvConversion({ matrix, range }: YuvColour): YuvConversion {
  const { red, blue } = lumaWeights[matrix];
  const green = 1 - red - blue;
  const [black, lumaGain, chromaGain] = range === 'limited' ? [16, 255 / 219, 255 / 224] : [0, 1, 1];
  const redOfV = 2 * (1 - red) * chromaGain;
  const blueOfU = 2 * (1 - blue) * chromaGain;
  const greenOfU = (-2 * blue * (1 - blue) * chromaGain) / green;
  const greenOfV = (-2 * red * (1 - red) * chromaGain) / green;
  return (first, second, third, start, end) => {
    for (let column = start; column < end; column++) {
      const luma = ((first[column] as number) - black) * lumaGain;
      const u = (second[column] as number) - 128;
      const v = (third[column] as number) - 128;
      first[column] = Math.min(Math.max(luma + redOfV * v, 0), 255);
      second[column] = Math.min(Math.max(luma + greenOfU * u + greenOfV * v, 0), 255);
      third[column] = Math.min(Math.max(luma + blueOfU * u, 0), 255);
    }
  };
}
