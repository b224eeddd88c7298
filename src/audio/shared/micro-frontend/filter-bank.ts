/** Weights have 12 bits behind the point. */
export const filterBits = 12;

const float = Math.fround;

function mel(frequency: number): number {
  return float(1127 * Math.log1p(float(frequency) / 700));
}

interface Band {
  /** The first bin that counts. */
  readonly start: number;
  /** What of each bin counts for this band, and what for the next one. */
  readonly weights: Int16Array;
  readonly rests: Int16Array;
}

/** Energies of a spectrum summed in bands of equal width on the mel scale, with triangles that overlap by half. */
export class FilterBank {
  readonly bands: readonly Band[];
  readonly channels: number;
  /** The first bin that any band counts, and the one behind the last. */
  readonly start: number;
  readonly end: number;

  /**
   * Computed in single precision where the reference does so, because a weight may fall on the other side of a rounding.
   * @param bins of the spectrum, from 0 to half the sample rate
   */
  constructor(channels: number, lowest_hz: number, highest_hz: number, sampleRate: number, bins: number) {
    this.channels = channels;
    const [low, high] = [mel(lowest_hz), mel(highest_hz)];
    const spacing = float(float(high - low) / (channels + 1));
    const centres = Array.from({ length: channels + 1 }, (_, index) => float(low + float(spacing * (index + 1))));
    const bin_hz = float((0.5 * sampleRate) / (bins - 1));
    this.start = Math.trunc(1.5 + float(lowest_hz / bin_hz));
    let bin = this.start;
    this.bands = centres.map((centre, index): Band => {
      const start = bin;
      const below = centres[index - 1] ?? low;
      const [weights, rests]: [number[], number[]] = [[], []];
      for (; mel(bin * bin_hz) <= centre; bin++) {
        const weight = float(float(centre - mel(bin * bin_hz)) / float(centre - below));
        weights.push(Math.floor(float(weight * (1 << filterBits)) + 0.5));
        rests.push(Math.floor((1 - weight) * (1 << filterBits) + 0.5));
      }
      return { start, weights: Int16Array.from(weights), rests: Int16Array.from(rests) };
    });
    this.end = bin;
  }

  /** @param energies by bin; @returns a sum for each channel, below 2^53 */
  sums(energies: ArrayLike<number>): number[] {
    const sums: number[] = [];
    let carried = 0;
    for (const { start, weights, rests } of this.bands) {
      let sum = carried;
      carried = 0;
      for (let index = 0; index < weights.length; index++) {
        const energy = energies[start + index] ?? 0;
        sum += (weights[index] ?? 0) * energy;
        carried += (rests[index] ?? 0) * energy;
      }
      sums.push(sum);
    }
    // What is below the first centre belongs to no channel.
    return sums.slice(1);
  }
}
