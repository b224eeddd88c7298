import { roundHalfAway } from '../tensor/encode';
import { innerElements } from '../rewrite/weights';
import { positiveScale, symmetricScale } from './parameters';
import type { Granularity } from './recipe';

/** Weights as symmetric 8-bit integers. */
export interface QuantizedWeights {
  readonly integers: Int8Array;
  /** One for each channel, or one for all. */
  readonly scale: readonly number[];
  readonly dimension: number;
}

/**
 * Quantizes weights symmetrically to ±127, so that no correction for their zero point is needed while the model runs.
 *
 * @param channels the dimension along which output channels lie
 * @param leastScale for each output channel, the scale below which its bias would overflow 32 bits
 */
export function quantizeWeights(values: ArrayLike<number>, shape: readonly number[], channels: number, granularity: Granularity, leastScale?: ArrayLike<number>): QuantizedWeights {
  const count = shape[channels] ?? 1;
  const inner = innerElements(shape, channels);
  const greatest = new Float64Array(count);
  for (let index = 0; index < values.length; index++) {
    const channel = Math.floor(index / inner) % count;
    greatest[channel] = Math.max(greatest[channel] ?? 0, Math.abs(values[index] ?? 0));
  }
  const least = (channel: number): number => leastScale?.[channel] ?? 0;
  const scale = granularity === 'channel'
    ? Array.from(greatest, (size, channel) => positiveScale(Math.max(symmetricScale(size), least(channel))))
    : [positiveScale(Math.max(symmetricScale(Math.max(0, ...greatest)), ...greatest.map((_, channel) => least(channel))))];
  const integers = new Int8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const own = scale[scale.length === 1 ? 0 : Math.floor(index / inner) % count] ?? 1;
    integers[index] = Math.min(127, Math.max(-127, roundHalfAway((values[index] ?? 0) / own)));
  }
  return { integers, scale, dimension: channels };
}

/** Half of what 32 bits hold: accumulators add the products of inputs and weights to the bias. */
const greatestBias = 2 ** 30;

/** The weight scales below which a bias would not fit into 32 bits. */
export function leastWeightScales(bias: ArrayLike<number>, inputScale: number): Float64Array {
  return Float64Array.from({ length: bias.length }, (_, channel) => Math.abs(bias[channel] ?? 0) / (inputScale * greatestBias));
}

/** The scale of a bias in each channel: what one step of input times one step of weight is worth. */
export function biasScales(inputScale: number, weightScale: readonly number[]): readonly number[] {
  return weightScale.map((scale) => Math.fround(inputScale * scale));
}

/** A bias as integers of 32 bits, of 64 for 16-bit activations. */
export function quantizeBias(bias: ArrayLike<number>, scale: readonly number[], bits: 32 | 64): Int32Array | BigInt64Array {
  const limit = bits === 32 ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const integers = Array.from(bias, (value, channel) => Math.max(-limit, Math.min(limit, roundHalfAway(value / (scale[scale.length === 1 ? 0 : channel] ?? 1)))));
  return bits === 32 ? Int32Array.from(integers) : BigInt64Array.from(integers, BigInt);
}
