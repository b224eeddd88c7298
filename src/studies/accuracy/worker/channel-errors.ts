import { ErrorAccumulator } from '../../../quantize/metrics';
import type { TensorError } from '../shared/layers';

/** A channel of fewer values is always a multiple of another. */
const fewestValues = 16;
/** Of the difference, what factors must explain. */
const leastExplained = 0.8;
/** By how many dB the ratio must rise without the factors. */
const leastGain_db = 3;

/** Sums up the error of one tensor over many runs, channel by channel (the last dimension). */
export class ChannelErrors {
  readonly #all = new ErrorAccumulator();
  #reference = new Float64Array(0);
  #values = new Float64Array(0);
  #products = new Float64Array(0);
  #count = 0;

  /** @throws RangeError when the lengths differ */
  add(reference: ArrayLike<number>, values: ArrayLike<number>, shape: readonly number[]): void {
    this.#all.add(reference, values);
    const channels = Math.max(1, shape.at(-1) ?? 1);
    if (this.#reference.length !== channels) [this.#reference, this.#values, this.#products, this.#count] = [new Float64Array(channels), new Float64Array(channels), new Float64Array(channels), 0];
    this.#count += reference.length / channels;
    for (let index = 0; index < reference.length; index++) {
      const [a, b, channel] = [reference[index] ?? NaN, values[index] ?? NaN, index % channels];
      this.#reference[channel] = (this.#reference[channel] ?? 0) + a * a;
      this.#values[channel] = (this.#values[channel] ?? 0) + b * b;
      this.#products[channel] = (this.#products[channel] ?? 0) + a * b;
    }
  }

  result(): TensorError {
    const metrics = this.#all.metrics();
    const raw = { metrics, rescaled: false, sqnr_db: metrics.sqnr_db };
    if (this.#count < fewestValues || !Number.isFinite(metrics.sqnr_db)) return raw;
    let [signal, noise, left, explained] = [0, 0, 0, 0];
    for (const [channel, a] of this.#reference.entries()) {
      const [b, product] = [this.#values[channel] ?? 0, this.#products[channel] ?? 0];
      const difference = Math.max(0, a + b - 2 * product);
      // Only a factor above 0 leaves an activation what it is.
      const alike = product > 0 ? product * product / (a * b) : 0;
      signal += a;
      noise += difference;
      left += a * (1 - alike);
      explained += difference * alike;
    }
    const sqnr_db = left <= 0 ? Infinity : 10 * Math.log10(signal / left);
    return noise > 0 && explained >= leastExplained * noise && sqnr_db >= metrics.sqnr_db + leastGain_db ? { metrics, rescaled: true, sqnr_db } : raw;
  }
}
