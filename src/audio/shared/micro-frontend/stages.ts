/** The stages between filter bank and features, in the integers of TFLite Micro's front end. */

const noiseBits = 14;
const snrBits = 12;
const gainOutputBits = 6;
const logBits = 16;
const logSegmentBits = 7;
/** ln 2 with 16 bits behind the point. */
const naturalLog = 45_426;

/** The number of bits that a whole number needs. */
export function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}

function int16(value: number): number {
  return (value << 16) >> 16;
}

/** Rounded to the nearest, below `2^53`; numbers of 32 bits give at most 16 bits, as in the reference. */
export function integerRoot(value: number): number {
  let root = Math.floor(Math.sqrt(value));
  while (root * root > value) root--;
  return value - root * root > root && root !== (value < 2 ** 32 ? 0xffff : 0xffffffff) ? root + 1 : root;
}

/** Takes steady noise from each channel: an estimate that follows it slowly is subtracted. */
export class NoiseReduction {
  /** By channel, with `smoothingBits` behind the point. */
  readonly estimates: Uint32Array;
  static readonly smoothingBits = 10;
  readonly #even = Math.trunc(Math.fround(0.025) * 2 ** noiseBits);
  readonly #odd = Math.trunc(Math.fround(0.06) * 2 ** noiseBits);
  readonly #least = Math.trunc(Math.fround(0.05) * 2 ** noiseBits);

  constructor(channels: number) {
    this.estimates = new Uint32Array(channels);
  }

  apply(signal: Uint32Array): void {
    for (const [channel, value] of signal.entries()) {
      const smoothing = channel % 2 === 0 ? this.#even : this.#odd;
      const scaled = (value << NoiseReduction.smoothingBits) >>> 0;
      const estimate = Math.floor((scaled * smoothing + (this.estimates[channel] ?? 0) * (2 ** noiseBits - smoothing)) / 2 ** noiseBits);
      this.estimates[channel] = estimate;
      const subtracted = (scaled - Math.min(estimate, scaled)) >>> NoiseReduction.smoothingBits;
      signal[channel] = Math.max(subtracted, Math.floor((value * this.#least) / 2 ** noiseBits));
    }
  }
}

/** Per-channel amplitude normalisation: loud and soft speech alike (Wang et al., “Trainable frontend for robust and far-field keyword spotting”). */
export class GainControl {
  static readonly #strength = Math.fround(0.95);
  static readonly #offset = 80;
  static readonly #gainBits = 21;
  readonly #small: readonly [number, number, number];
  /** By the bit length of the estimate: the gain at the interval's start, and the two coefficients of a parabola through its middle and end. */
  readonly #intervals: readonly (readonly [number, number, number])[];
  readonly #shift: number;

  /** @param correctionBits by which the signal is to be shifted to the scale of the estimates */
  constructor(correctionBits: number) {
    this.#shift = GainControl.#gainBits - correctionBits - snrBits;
    const inputBits = NoiseReduction.smoothingBits - correctionBits;
    const gain = (estimate: number): number => {
      const value = Math.fround(Math.fround(Math.fround(estimate) / 2 ** inputBits) + GainControl.#offset);
      const real = Math.fround(2 ** GainControl.#gainBits * Math.fround(value ** -GainControl.#strength));
      return real > 0x7fff ? 0x7fff : Math.trunc(Math.fround(real + 0.5));
    };
    this.#small = [gain(0), gain(1), gain(2)];
    this.#intervals = Array.from({ length: 33 }, (_, bits) => {
      if (bits < 2) return [0, 0, 0];
      const start = 2 ** (bits - 1);
      const [first, middle, last] = [gain(start), gain(start * 1.5), gain(bits === 32 ? 2 ** 32 - 1 : start * 2)];
      const linear = 4 * (middle - first) - (last - first);
      return [first, int16(linear), int16(last - first - linear)];
    });
  }

  apply(signal: Uint32Array, estimates: Uint32Array): void {
    for (const [channel, value] of signal.entries()) {
      const snr = Math.floor((value * this.#gain(estimates[channel] ?? 0)) / 2 ** this.#shift) >>> 0;
      signal[channel] = shrunk(snr);
    }
  }

  #gain(estimate: number): number {
    if (estimate <= 2) return this.#small[estimate] ?? 0;
    const bits = bitLength(estimate);
    const [first, linear, square] = this.#intervals[bits] ?? [0, 0, 0];
    const fraction = (bits < 11 ? estimate << (11 - bits) : estimate >>> (bits - 11)) & 0x3ff;
    const slope = ((square * fraction) >> 5) + (linear << 5);
    return int16(((Math.imul(slope, fraction) + (1 << 14)) >> 15) + first);
  }
}

/** A square for small values that goes over into a line. */
function shrunk(snr: number): number {
  return snr < 2 << snrBits ? (snr * snr) >>> (2 + 2 * snrBits - gainOutputBits) : (snr >>> (snrBits - gainOutputBits)) - (1 << gainOutputBits);
}

/** log2(1 + x) − x at the ends of 128 segments of [0, 1], with 16 bits behind the point. */
const logTable = Array.from({ length: (1 << logSegmentBits) + 2 }, (_, index) => {
  const share = Math.min(1, index / (1 << logSegmentBits));
  return Math.round((Math.log2(1 + share) - share) * (1 << logBits));
});

/** ln(value) × 2^6 in whole numbers; 0 for values up to 1, at most 65,535. */
export function scaledLog(value: number, correctionBits: number): number {
  const shifted = correctionBits < 0 ? value >>> -correctionBits : (value << correctionBits) >>> 0;
  if (shifted <= 1) return 0;
  const integer = bitLength(shifted) - 1;
  const rest = shifted - 2 ** integer;
  const fraction = integer < logBits ? rest << (logBits - integer) : rest >>> (integer - logBits);
  const segment = fraction >> (logBits - logSegmentBits);
  const [from, to] = [logTable[segment] ?? 0, logTable[segment + 1] ?? 0];
  // The reference shifts by all 16 bits here, which leaves next to nothing of the slope inside of a segment; models were trained on it.
  const inside = ((to - from) * (fraction - (segment << (logBits - logSegmentBits)))) >> logBits;
  const log2 = integer * 2 ** logBits + fraction + from + inside;
  const natural = Math.floor((naturalLog * log2 + 2 ** (logBits - 1)) / 2 ** logBits);
  return Math.min(0xffff, Math.floor((natural * 2 ** 6 + 2 ** (logBits - 1)) / 2 ** logBits));
}
