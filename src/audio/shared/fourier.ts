/**
 * Magnitudes of the discrete Fourier transform of real samples, in double precision.
 * Radix 2 in place; a library would be larger than these lines, and none that is kept works in double precision with types.
 */
export class Fourier {
  readonly size: number;
  readonly #order: Uint32Array;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;

  /** @param size a power of two */
  constructor(size: number) {
    this.size = size;
    const bits = Math.log2(size);
    this.#order = Uint32Array.from({ length: size }, (_, index) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
      return reversed;
    });
    this.#cosines = Float64Array.from({ length: size / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / size));
    this.#sines = Float64Array.from({ length: size / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / size));
    this.#real = new Float64Array(size);
    this.#imaginary = new Float64Array(size);
  }

  /** @returns size ÷ 2 + 1 magnitudes, valid until the next call; samples that are missing at the end count as 0 */
  magnitudes(samples: ArrayLike<number>): Float64Array {
    const [real, imaginary] = [this.#real, this.#imaginary];
    imaginary.fill(0);
    for (let index = 0; index < this.size; index++) real[index] = samples[this.#order[index] ?? 0] ?? 0;
    for (let length = 2; length <= this.size; length *= 2) {
      const [half, step] = [length / 2, this.size / length];
      for (let start = 0; start < this.size; start += length) {
        for (let index = 0; index < half; index++) {
          const [low, high] = [start + index, start + index + half];
          const [cosine, sine] = [this.#cosines[index * step] ?? 0, this.#sines[index * step] ?? 0];
          const [re, im] = [real[high] ?? 0, imaginary[high] ?? 0];
          const turnedReal = re * cosine - im * sine;
          const turnedImaginary = re * sine + im * cosine;
          real[high] = (real[low] ?? 0) - turnedReal;
          imaginary[high] = (imaginary[low] ?? 0) - turnedImaginary;
          real[low] = (real[low] ?? 0) + turnedReal;
          imaginary[low] = (imaginary[low] ?? 0) + turnedImaginary;
        }
      }
    }
    for (let bin = 0; bin <= this.size / 2; bin++) real[bin] = Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0);
    return real.subarray(0, this.size / 2 + 1);
  }
}
