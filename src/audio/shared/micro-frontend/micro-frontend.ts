import { FilterBank, filterBits } from './filter-bank';
import { FixedFft } from './fixed-fft';
import { bitLength, GainControl, integerRoot, NoiseReduction, scaledLog } from './stages';

const windowBits = 12;

export interface MicroFrontendSettings {
  readonly sampleRate: number;
  /** Samples of one window. */
  readonly window: number;
  readonly channels: number;
  readonly lowest_hz: number;
  readonly highest_hz: number;
}

/**
 * The audio front end of TFLite Micro (`tensorflow/lite/experimental/microfrontend`), with the settings of its micro_speech
 * example, which microWakeWord shares: Hann window, 16-bit FFT, mel filter bank, noise reduction, gain control, logarithm. In the
 * reference's integers, so that models see the values they were trained on.
 */
export class MicroFrontend {
  readonly #settings: MicroFrontendSettings;
  readonly #coefficients: Int16Array;
  readonly #fft: FixedFft;
  readonly #filters: FilterBank;
  readonly #noise: NoiseReduction;
  readonly #gain: GainControl;
  readonly #correctionBits: number;
  readonly #windowed: Int16Array;
  readonly #energies: Float64Array;

  constructor(settings: MicroFrontendSettings) {
    this.#settings = settings;
    const { window, channels, lowest_hz, highest_hz, sampleRate } = settings;
    const size = 2 ** Math.max(2, Math.ceil(Math.log2(window)));
    const step = Math.fround((Math.PI * 2) / window);
    this.#coefficients = Int16Array.from({ length: window }, (_, index) => Math.floor(Math.fround(0.5 - 0.5 * Math.cos(step * (index + 0.5))) * (1 << windowBits) + 0.5));
    this.#fft = new FixedFft(size);
    this.#windowed = new Int16Array(size);
    this.#energies = new Float64Array(size / 2 + 1);
    this.#filters = new FilterBank(channels, lowest_hz, highest_hz, sampleRate, size / 2 + 1);
    this.#correctionBits = bitLength(size) - 1 - filterBits / 2;
    this.#noise = new NoiseReduction(channels);
    this.#gain = new GainControl(this.#correctionBits);
  }

  /**
   * Features of the next window: 16-bit unsigned, some 0 to 670. Windows come in order, because what is noise is told by those before.
   * @param samples as many as the window has
   */
  next(samples: Int16Array): Uint16Array<ArrayBuffer> {
    const { window } = this.#settings;
    let loudest = 0;
    for (let index = 0; index < window; index++) {
      const value = ((samples[index] ?? 0) * (this.#coefficients[index] ?? 0)) >> windowBits;
      this.#windowed[index] = value;
      // In 16 bits the magnitude of −32,768 is −32,768: the reference never sees it as the loudest.
      if (Math.abs(value) > loudest && value !== -32_768) loudest = Math.abs(value);
    }
    const shift = 15 - bitLength(loudest);
    for (let index = 0; index < window; index++) this.#windowed[index] = (this.#windowed[index] ?? 0) << shift;
    this.#fft.transform(this.#windowed);
    for (let bin = this.#filters.start; bin < this.#filters.end; bin++) {
      this.#energies[bin] = (this.#fft.real[bin] ?? 0) ** 2 + (this.#fft.imaginary[bin] ?? 0) ** 2;
    }
    const signal = Uint32Array.from(this.#filters.sums(this.#energies), (sum) => integerRoot(sum) >>> shift);
    this.#noise.apply(signal);
    this.#gain.apply(signal, this.#noise.estimates);
    return Uint16Array.from(signal, (value) => scaledLog(value, this.#correctionBits));
  }
}

/** The integer that a feature is in an int8 input: `feature ÷ 25.6 ÷ 26 × 256 − 128`, in the reference's whole numbers. */
export function featureToInt8(feature: number): number {
  const divisor = 666;
  return Math.min(127, Math.trunc((feature * 256 + divisor / 2) / divisor) - 128);
}

/** The real number that a feature is in a float input, as in the training pipeline. */
export const featureScale = 1 / 25.6;
