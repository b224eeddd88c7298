/**
 * What is kept of a tensor's values over any number of samples: some kilobytes, however many samples there are.
 */

/** Bins on each side of zero. Twice the greatest value at least fits, so that at least half of them are in use: 1,024 steps for the 256 of int8. */
const binsPerSide = 2048;

/** Of bins, so that their inverse is finite, too. */
const leastWidth = 2 ** -1000;

/** The weight of the newest sample in moving averages of the range. */
const defaultMomentum = 0.1;

/** How often values fell into bins that are symmetric around zero. */
export interface ValueHistogram {
  /** Width of each bin; 0 as long as all values are zero. */
  readonly width: number;
  /** `counts[i]` counts values from `(i − counts.length ÷ 2) × width` up to the next bin, without exact zeros. */
  readonly counts: Float64Array;
  /** Values that are exactly zero, which every quantization keeps. */
  readonly zeros: number;
}

export interface CalibratedTensor {
  readonly samples: number;
  /** Finite values seen. */
  readonly count: number;
  readonly notFinite: number;
  readonly min: number;
  readonly max: number;
  /** Averages over samples of each sample's least and greatest value, newer samples counting more. */
  readonly movingMin: number;
  readonly movingMax: number;
  readonly histogram: ValueHistogram;
  /** By channel, which is the last dimension: the mean, and the greatest absolute value. */
  readonly channelMean: Float64Array;
  readonly channelGreatest: Float64Array;
}

/** The memory of calibrated tensors, for moving them to another thread: some megabytes in all. */
export function calibrationBuffers(tensors: readonly CalibratedTensor[]): ArrayBuffer[] {
  return tensors.flatMap(({ histogram, channelMean, channelGreatest }) => [histogram.counts, channelMean, channelGreatest].map(({ buffer }) => buffer as ArrayBuffer));
}

/** Takes one tensor's values, sample by sample. */
export class TensorCalibration {
  readonly #channels: number;
  readonly #momentum: number;
  #samples = 0;
  #count = 0;
  #notFinite = 0;
  #zeros = 0;
  #min = Infinity;
  #max = -Infinity;
  #movingMin = 0;
  #movingMax = 0;
  #width = 0;
  #counts = new Float64Array(2 * binsPerSide);
  readonly #sums: Float64Array;
  readonly #greatest: Float64Array;
  #perChannel = 0;

  /** @param channels size of the last dimension, 1 for a scalar */
  constructor(channels: number, momentum = defaultMomentum) {
    this.#channels = Math.max(1, channels);
    this.#momentum = momentum;
    this.#sums = new Float64Array(this.#channels);
    this.#greatest = new Float64Array(this.#channels);
  }

  /** One sample's values, channels fastest. They are only read. */
  add(values: Float32Array | Float64Array): void {
    let min = Infinity;
    let max = -Infinity;
    let notFinite = 0;
    const channels = this.#channels;
    const sums = this.#sums;
    const greatest = this.#greatest;
    for (let index = 0, channel = 0; index < values.length; index++) {
      const value = values[index] as number;
      if (value - value !== 0) {
        notFinite++;
      } else {
        if (value < min) min = value;
        if (value > max) max = value;
        sums[channel] = (sums[channel] as number) + value;
        const size = value < 0 ? -value : value;
        if (size > (greatest[channel] as number)) greatest[channel] = size;
      }
      if (++channel === channels) channel = 0;
    }
    this.#notFinite += notFinite;
    this.#count += values.length - notFinite;
    this.#perChannel += Math.ceil(values.length / this.#channels);
    if (min > max) return;
    this.#samples++;
    const weight = this.#samples === 1 ? 1 : this.#momentum;
    this.#movingMin += weight * (min - this.#movingMin);
    this.#movingMax += weight * (max - this.#movingMax);
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
    this.#makeRoom(Math.max(-min, max));
    this.#fill(values);
  }

  result(): CalibratedTensor {
    return {
      samples: this.#samples,
      count: this.#count,
      notFinite: this.#notFinite,
      min: this.#samples === 0 ? 0 : this.#min,
      max: this.#samples === 0 ? 0 : this.#max,
      movingMin: this.#movingMin,
      movingMax: this.#movingMax,
      histogram: { width: this.#width, counts: this.#counts.slice(), zeros: this.#zeros },
      channelMean: this.#sums.map((sum) => (this.#perChannel === 0 ? 0 : sum / this.#perChannel)),
      channelGreatest: this.#greatest.slice(),
    };
  }

  /** Bins double their width until the value fits: pairs of bins become one, and nothing is lost but resolution. */
  #makeRoom(greatest: number): void {
    if (greatest === 0) return;
    if (this.#width === 0) this.#width = Math.max(leastWidth, 2 ** Math.floor(Math.log2(greatest)) / (binsPerSide / 2));
    while (greatest >= this.#width * binsPerSide) {
      const halved = new Float64Array(2 * binsPerSide);
      for (let bin = 0; bin < 2 * binsPerSide; bin++) {
        const target = binsPerSide + Math.floor((bin - binsPerSide) / 2);
        halved[target] = (halved[target] as number) + (this.#counts[bin] as number);
      }
      this.#counts = halved;
      this.#width *= 2;
    }
  }

  #fill(values: Float32Array | Float64Array): void {
    const perUnit = this.#width === 0 ? 0 : 1 / this.#width;
    const counts = this.#counts;
    let zeros = 0;
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as number;
      if (value === 0) {
        zeros++;
      } else if (value - value === 0) {
        // Shifted by the zero bin the number is never negative, so that cutting off rounds down.
        const bin = (value * perUnit + binsPerSide) | 0;
        counts[bin] = (counts[bin] as number) + 1;
      }
    }
    this.#zeros += zeros;
  }
}
