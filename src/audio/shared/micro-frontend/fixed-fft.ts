/** Kiss FFT's scalars are 16-bit integers, a value in [−1, 1) of 15 bits behind the point. */
const fractionBits = 15;
const scalarMaximum = 32_767;

function int16(value: number): number {
  return (value << 16) >> 16;
}

/** The product of two scalars, rounded half up. */
function rounded(product: number): number {
  return int16((product + (1 << (fractionBits - 1))) >> fractionBits);
}

/** The stages of a transform of a power of two: as many of radix 4 as fit, then one of radix 2. */
function radices(size: number): number[] {
  const stages: number[] = [];
  for (let left = size; left > 1;) {
    const radix = left % 4 === 0 ? 4 : 2;
    stages.push(radix);
    left /= radix;
  }
  return stages;
}

function twiddle(phase: number): readonly [real: number, imaginary: number] {
  return [Math.floor(0.5 + scalarMaximum * Math.cos(phase)), Math.floor(0.5 + scalarMaximum * Math.sin(phase))];
}

/**
 * The Fourier transform of real 16-bit samples as TFLite Micro's front end computes it: Kiss FFT 1.3 with 16-bit integers, which
 * divides by the radix before each stage, so that nothing overflows and the result is scaled by 1 ÷ size. Bit for bit, roundings
 * included: models were trained on exactly these values.
 */
export class FixedFft {
  /** Samples of one transform: a power of two of at least 4. */
  readonly size: number;
  readonly real: Int16Array;
  readonly imaginary: Int16Array;
  readonly #half: number;
  readonly #stages: readonly number[];
  readonly #cosines: Int16Array;
  readonly #sines: Int16Array;
  readonly #realsOut: Int16Array;
  readonly #imaginariesOut: Int16Array;

  constructor(size: number) {
    this.size = size;
    this.#half = size / 2;
    this.#stages = radices(this.#half);
    this.real = new Int16Array(this.#half + 1);
    this.imaginary = new Int16Array(this.#half + 1);
    this.#realsOut = new Int16Array(this.#half);
    this.#imaginariesOut = new Int16Array(this.#half);
    const twiddles = Array.from({ length: this.#half }, (_, index) => twiddle((-2 * Math.PI * index) / this.#half));
    this.#cosines = Int16Array.from(twiddles, ([cosine]) => cosine);
    this.#sines = Int16Array.from(twiddles, ([, sine]) => sine);
  }

  /** Transforms `size` samples; `real` and `imaginary` then hold the bins from 0 to half the sample rate. */
  transform(samples: Int16Array): void {
    const half = this.#half;
    this.#stage(samples, 0, 0, 1, 0);
    // Even samples are real parts and odd ones imaginary parts of one transform of half the size; here its two halves are told apart.
    const [zr, zi] = [rounded((this.#realsOut[0] ?? 0) * (scalarMaximum >> 1)), rounded((this.#imaginariesOut[0] ?? 0) * (scalarMaximum >> 1))];
    this.real[0] = zr + zi;
    this.real[half] = zr - zi;
    this.imaginary[0] = 0;
    this.imaginary[half] = 0;
    const halved = (value: number): number => rounded(value * (scalarMaximum >> 1));
    for (let bin = 1; bin <= half / 2; bin++) {
      const [pr, pi] = [halved(this.#realsOut[bin] ?? 0), halved(this.#imaginariesOut[bin] ?? 0)];
      const [nr, ni] = [halved(this.#realsOut[half - bin] ?? 0), halved(int16(-(this.#imaginariesOut[half - bin] ?? 0)))];
      const [sr, si] = [int16(pr + nr), int16(pi + ni)];
      const [dr, di] = [int16(pr - nr), int16(pi - ni)];
      const [cosine, sine] = twiddle(-Math.PI * (bin / half + 0.5));
      const [tr, ti] = [rounded(dr * cosine - di * sine), rounded(dr * sine + di * cosine)];
      this.real[bin] = (sr + tr) >> 1;
      this.imaginary[bin] = (si + ti) >> 1;
      this.real[half - bin] = (sr - tr) >> 1;
      this.imaginary[half - bin] = (ti - si) >> 1;
    }
  }

  #stage(samples: Int16Array, from: number, out: number, stride: number, depth: number): void {
    const radix = this.#stages[depth];
    if (radix === undefined) {
      this.#realsOut[out] = samples[2 * from] ?? 0;
      this.#imaginariesOut[out] = samples[2 * from + 1] ?? 0;
      return;
    }
    const part = this.#half / stride / radix;
    for (let branch = 0; branch < radix; branch++) this.#stage(samples, from + branch * stride, out + branch * part, stride * radix, depth + 1);
    for (let index = 0; index < part; index++) {
      if (radix === 4) this.#butterfly4(out + index, part, stride * index);
      else this.#butterfly2(out + index, part, stride * index);
    }
  }

  /** Value `at` ÷ `radix`, times a twiddle factor. */
  #turned(at: number, radix: number, factor: number): readonly [number, number] {
    const [re, im] = this.#scaled(at, radix);
    const [cosine, sine] = [this.#cosines[factor] ?? 0, this.#sines[factor] ?? 0];
    return [rounded(re * cosine - im * sine), rounded(re * sine + im * cosine)];
  }

  #scaled(at: number, radix: number): readonly [number, number] {
    const share = Math.trunc(scalarMaximum / radix);
    return [rounded((this.#realsOut[at] ?? 0) * share), rounded((this.#imaginariesOut[at] ?? 0) * share)];
  }

  #put(at: number, re: number, im: number): void {
    this.#realsOut[at] = re;
    this.#imaginariesOut[at] = im;
  }

  #butterfly2(at: number, part: number, factor: number): void {
    const [re, im] = this.#scaled(at, 2);
    const [tr, ti] = this.#turned(at + part, 2, factor);
    this.#put(at + part, re - tr, im - ti);
    this.#put(at, re + tr, im + ti);
  }

  #butterfly4(at: number, part: number, factor: number): void {
    const [re, im] = this.#scaled(at, 4);
    const [ar, ai] = this.#turned(at + part, 4, factor);
    const [br, bi] = this.#turned(at + 2 * part, 4, 2 * factor);
    const [cr, ci] = this.#turned(at + 3 * part, 4, 3 * factor);
    const [lowR, lowI] = [int16(re - br), int16(im - bi)];
    const [sumR, sumI] = [int16(re + br), int16(im + bi)];
    const [outerR, outerI] = [int16(ar + cr), int16(ai + ci)];
    const [innerR, innerI] = [int16(ar - cr), int16(ai - ci)];
    this.#put(at + 2 * part, sumR - outerR, sumI - outerI);
    this.#put(at, sumR + outerR, sumI + outerI);
    this.#put(at + part, lowR + innerI, lowI - innerR);
    this.#put(at + 3 * part, lowR - innerI, lowI + innerR);
  }
}
