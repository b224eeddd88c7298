/** Zero crossings of the sinc on each side: flat up to 0.87 of half the lower rate, 80 dB down from 1.03 of it on. */
const crossings = 32;
/** Of the Kaiser window: 80 dB in the stop band. */
const beta = 7.857;
/** Cut a little below half of the lower rate, where the filter has fallen off. */
const rollOff = 0.95;
/** Rates without a small common ratio get the nearest of so many phases: at most 1 ÷ 4,096 of a sample off. */
const mostPhases = 2048;

function besselI0(value: number): number {
  let [sum, term] = [1, 1];
  for (let order = 1; term > sum * 1e-12; order++) {
    term *= (value / (2 * order)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/**
 * Brings samples to another rate, block by block or at once, with the same result: a polyphase filter, a windowed sinc (Kaiser)
 * with one row of weights for each place that an output sample has between two input samples. Own lines, because the kept
 * libraries interpolate without a filter, or are WASM of half a megabyte.
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #cutoff: number;
  readonly #norm: number;
  readonly #phases = new Map<number, Float32Array>();
  /** Input samples from `#first` on that outputs still need. */
  #held = new Float32Array(0);
  #first: number;
  #taken = 0;
  #given = 0;

  /** @param from samples a second of what comes in, @param to of what goes out; whole numbers */
  constructor(from: number, to: number) {
    const divisor = greatestDivisor(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    this.#cutoff = rollOff * Math.min(1, to / from);
    this.#half = Math.ceil(crossings / this.#cutoff);
    this.#norm = besselI0(beta);
    this.#first = 0;
  }

  /** @returns the samples that can be told by now: the last ones wait for `half` of a filter's length */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    this.#taken += samples.length;
    return this.#emit(samples, Math.max(0, Math.floor(((this.#taken - this.#half) * this.#up - 1) / this.#down) + 1));
  }

  /** What is left at the end, where silence follows. Nothing can be pushed afterwards. */
  flush(): Float32Array<ArrayBuffer> {
    return this.#emit(new Float32Array(0), Math.ceil((this.#taken * this.#up) / this.#down));
  }

  #emit(samples: Float32Array, end: number): Float32Array<ArrayBuffer> {
    if (this.#up === this.#down) {
      this.#given += samples.length;
      return Float32Array.from(samples);
    }
    const input = new Float32Array(this.#held.length + samples.length);
    input.set(this.#held);
    input.set(samples, this.#held.length);
    const output = new Float32Array(Math.max(0, end - this.#given));
    for (let index = 0; index < output.length; index++) {
      const place = (this.#given + index) * this.#down;
      const centre = Math.floor(place / this.#up);
      const weights = this.#weights(place % this.#up);
      const from = centre - this.#half + 1 - this.#first;
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) sum += (weights[tap] ?? 0) * (input[from + tap] ?? 0);
      output[index] = sum;
    }
    this.#given += output.length;
    const needed = Math.min(Math.max(this.#first, Math.floor((this.#given * this.#down) / this.#up) - this.#half + 1), this.#first + input.length);
    this.#held = input.slice(needed - this.#first);
    this.#first = needed;
    return output;
  }

  /** For an output that lies `phase` ÷ `up` behind an input sample: weights of the 2 × half samples around it. */
  #weights(phase: number): Float32Array {
    const known = this.#up > mostPhases ? Math.round((phase / this.#up) * mostPhases) : phase;
    const share = known / Math.min(this.#up, mostPhases);
    const found = this.#phases.get(known);
    if (found !== undefined) return found;
    const raw = Float64Array.from({ length: 2 * this.#half }, (_, tap) => {
      const distance = tap - this.#half + 1 - share;
      const inside = 1 - (distance / this.#half) ** 2;
      const angle = Math.PI * this.#cutoff * distance;
      return inside < 0 ? 0 : (angle === 0 ? 1 : Math.sin(angle) / angle) * (besselI0(beta * Math.sqrt(inside)) / this.#norm);
    });
    // Each phase passes a constant unchanged.
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    const weights = Float32Array.from(raw, (weight) => weight / total);
    this.#phases.set(known, weights);
    return weights;
  }
}

/** A whole clip at another rate. */
export function resampled(samples: Float32Array, from: number, to: number): Float32Array<ArrayBuffer> {
  const resampler = new Resampler(from, to);
  const [body, rest] = [resampler.push(samples), resampler.flush()];
  const all = new Float32Array(body.length + rest.length);
  all.set(body);
  all.set(rest, body.length);
  return all;
}

/** Whatever lies farther away has no weight at any ratio of usual rates. */
const context = 4096;

/**
 * A part of a clip at another rate, as it is in the middle of the whole clip.
 * @param first number of its first sample at the new rate, @param count of samples, fewer where the clip ends
 */
export function resampledPart(samples: Float32Array, from: number, to: number, first: number, count: number): Float32Array<ArrayBuffer> {
  if (from === to) return Float32Array.from(samples.subarray(first, first + count));
  const divisor = greatestDivisor(from, to);
  const [up, down] = [to / divisor, from / divisor];
  // Where an output sample lies on an input sample, the part has the phases of the whole.
  const blocks = Math.max(0, Math.floor(((first * down) / up - context) / down));
  const start = blocks * down;
  const end = Math.ceil(((first + count) * down) / up) + context;
  return resampled(samples.subarray(start, end), from, to).slice(first - blocks * up, first - blocks * up + count);
}
