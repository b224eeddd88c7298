import { roundHalfAway } from '../tensor/encode';
import type { Range } from './ranges';

/** How many bits an activation's integers have. */
export type ActivationBits = 8 | 16;

/** Scale and zero point of a whole tensor, as a file holds them (the scale in single precision). */
export interface TensorParameters {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** The least and the greatest integer of activations; 16 bits are symmetric by TFLite's specification. */
export const integerLimits = { 8: { min: -128, max: 127 }, 16: { min: -32767, max: 32767 } } as const;

/**
 * No smaller scale is written: products of scales, and divisions by them, must stay in single precision. A tensor that is
 * always zero gets it, too.
 */
const smallestScale = 2 ** -40;

/**
 * Scale and zero point of an activation, by TFLite's quantization specification: signed, asymmetric with 8 bits,
 * symmetric with 16. Zero is represented exactly.
 */
export function activationParameters(range: Range, bits: ActivationBits): TensorParameters {
  if (bits === 16) return { scale: positiveScale(Math.max(-range.min, range.max) / integerLimits[16].max), zeroPoint: 0 };
  const { min, max } = integerLimits[8];
  const scale = positiveScale((range.max - range.min) / (max - min));
  // Rounding may leave a zero with a sign, which no integer has.
  return { scale, zeroPoint: Math.min(max, Math.max(min, roundHalfAway(min - range.min / scale))) + 0 };
}

/** The scale of symmetric 8-bit numbers that reach to ±127 for `greatest`. */
export function symmetricScale(greatest: number): number {
  return positiveScale(greatest / 127);
}

export function positiveScale(scale: number): number {
  return Math.fround(Math.max(scale, smallestScale));
}

/** Real numbers as integers of a scale, halves away from zero, cut off at the limits. */
export function quantizeValues(values: ArrayLike<number>, { scale, zeroPoint }: TensorParameters, bits: ActivationBits): Int8Array | Int16Array {
  const { min, max } = integerLimits[bits];
  const integers = bits === 8 ? new Int8Array(values.length) : new Int16Array(values.length);
  for (let index = 0; index < values.length; index++) {
    integers[index] = Math.min(max, Math.max(min, roundHalfAway((values[index] ?? 0) / scale) + zeroPoint));
  }
  return integers;
}
