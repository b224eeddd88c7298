import { Fourier } from './fourier';
import type { Spectrum } from './preparation';

function mel(frequency: number): number {
  return 1127 * Math.log(1 + frequency / 700);
}

/** One band's triangle: the weight of each bin from `start` on. */
interface Triangle {
  readonly start: number;
  readonly weights: Float64Array;
}

/** The columns of `tf.signal.linear_to_mel_weight_matrix`: triangles on the mel scale, without the first bin. */
function triangles({ bands, fft, lowest_hz, highest_hz }: Spectrum, sampleRate: number): Triangle[] {
  const [low, high] = [mel(lowest_hz), mel(highest_hz)];
  const edge = (index: number): number => low + ((high - low) * index) / (bands + 1);
  return Array.from({ length: bands }, (_, band) => {
    const [lower, centre, upper] = [edge(band), edge(band + 1), edge(band + 2)];
    const all = Array.from({ length: fft / 2 + 1 }, (_unused, bin) => {
      const place = mel((bin * sampleRate) / fft);
      return bin === 0 ? 0 : Math.max(0, Math.min((place - lower) / (centre - lower), (upper - place) / (upper - centre)));
    });
    const start = Math.max(0, all.findIndex((weight) => weight > 0));
    return { start, weights: Float64Array.from(all.slice(start, all.findLastIndex((weight) => weight > 0) + 1)) };
  });
}

/** `tf.signal.hann_window`, periodic: of an odd length TensorFlow's is symmetric all the same. */
function hann(length: number): Float64Array {
  const period = length % 2 === 0 ? length : length - 1;
  return Float64Array.from({ length }, (_, index) => (length === 1 ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / period)));
}

/** Log-mel bands and MFCC of one window after another, as `tf.signal` computes them; in double precision. */
export class MelFeatures {
  readonly #spectrum: Spectrum;
  readonly #window: Float64Array;
  readonly #windowed: Float64Array;
  readonly #fourier: Fourier;
  readonly #triangles: readonly Triangle[];
  readonly #cosines: readonly Float64Array[];

  constructor(spectrum: Spectrum, sampleRate: number) {
    this.#spectrum = spectrum;
    const { window, fft, bands } = spectrum;
    this.#window = hann(window);
    this.#windowed = new Float64Array(window);
    this.#fourier = new Fourier(fft);
    this.#triangles = triangles(spectrum, sampleRate);
    // DCT-II × 2, divided by √(2 × bands).
    this.#cosines = Array.from({ length: spectrum.kind === 'mfcc' ? spectrum.coefficients : 0 }, (_, coefficient) => (
      Float64Array.from({ length: bands }, (_unused, band) => (2 * Math.cos((Math.PI * coefficient * (2 * band + 1)) / (2 * bands))) / Math.sqrt(2 * bands))));
  }

  /** @param samples of one window, −1 to 1 */
  next(samples: ArrayLike<number>): Float64Array {
    for (let index = 0; index < this.#window.length; index++) this.#windowed[index] = (samples[index] ?? 0) * (this.#window[index] ?? 0);
    const magnitudes = this.#fourier.magnitudes(this.#windowed);
    const bands = Float64Array.from(this.#triangles, ({ start, weights }) => {
      let sum = 0;
      for (let index = 0; index < weights.length; index++) sum += (weights[index] ?? 0) * (magnitudes[start + index] ?? 0);
      return Math.log(sum + this.#spectrum.offset);
    });
    if (this.#spectrum.kind === 'log-mel') return bands;
    return Float64Array.from(this.#cosines, (row) => row.reduce((sum, cosine, band) => sum + cosine * (bands[band] ?? 0), 0));
  }
}
