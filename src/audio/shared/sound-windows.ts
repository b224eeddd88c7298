import { MelFeatures } from './mel-features';
import { MicroFrontend } from './micro-frontend/micro-frontend';
import { rowsFor, rowWidth, type SoundPreparation } from './preparation';

/** What goes into a model: rows of features, or samples, of one window. */
export interface SoundWindow {
  readonly values: Float32Array<ArrayBuffer>;
  /** The first sample behind the window, counted from the beginning of what was pushed. */
  readonly end: number;
}

interface Rows {
  /** Samples that one row is computed from, and from one row to the next. */
  readonly length: number;
  readonly step: number;
  compute(samples: Float32Array): ArrayLike<number>;
}

function rowsOf({ features, sampleRate, amplitude }: SoundPreparation): Rows | null {
  switch (features.kind) {
    case 'waveform': return null;
    case 'micro-frontend': {
      const frontend = new MicroFrontend({ sampleRate, window: features.window, channels: features.bands, lowest_hz: 125, highest_hz: Math.min(7500, sampleRate * 0.46875) });
      return { length: features.window, step: features.hop, compute: (samples) => frontend.next(Int16Array.from(samples, toInt16)) };
    }
    default: {
      const mel = new MelFeatures(features, sampleRate);
      return { length: features.window, step: features.hop, compute: (samples) => mel.next(amplitude === 'unit' ? samples : samples.map((value) => value * 32_768)) };
    }
  }
}

/** 16-bit samples, of which those of a 16-bit file come back as they were. */
function toInt16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));
}

/**
 * Cuts sound into what a model takes, window after window, however it arrives. Rows of features are computed once, in order:
 * TFLite Micro's front end tells noise by what it heard before, and windows overlap.
 */
export class SoundWindows {
  readonly #rows: Rows | null;
  readonly #width: number;
  readonly #count: number;
  /** Rows from one window to the next. */
  readonly #stride: number;
  readonly #scale: number;
  /** Samples that no row was computed from yet, the first of which is number `#first`. */
  #samples = new Float32Array(0);
  #first = 0;
  /** Values of the rows that the next window begins with. */
  #held: number[] = [];
  /** Rows, or samples that have not arrived yet, to leave out before: strides may be longer than windows. */
  #skip = 0;

  /** @param elements of the input tensor, which rows fill evenly (`rowsFor`) */
  constructor(preparation: SoundPreparation, elements: number) {
    const { features, sampleRate, hop_s, amplitude } = preparation;
    this.#rows = rowsOf(preparation);
    this.#width = rowWidth(features);
    this.#count = rowsFor(features, elements) ?? 0;
    this.#stride = Math.max(1, Math.round((hop_s * sampleRate) / (this.#rows?.step ?? 1)));
    this.#scale = features.kind === 'waveform' && amplitude === 'int16' ? 32_768 : 1;
  }

  /** Samples from one window to the next. */
  get hop(): number {
    return this.#stride * (this.#rows?.step ?? 1);
  }

  /** @param arriving samples at the model's rate; of long sounds a block after the other, because what is left is moved with each window */
  push(arriving: Float32Array): void {
    const left = this.#rows === null ? Math.min(this.#skip, arriving.length) : 0;
    this.#skip -= left;
    this.#first += left;
    const samples = arriving.subarray(left);
    const all = new Float32Array(this.#samples.length + samples.length);
    all.set(this.#samples);
    all.set(samples, this.#samples.length);
    this.#samples = all;
  }

  /** How many windows can be cut from what was pushed. */
  get ready(): number {
    const { length, step } = this.#rows ?? { length: 1, step: 1 };
    const rows = this.#held.length / this.#width + Math.max(0, Math.floor((this.#samples.length - length) / step) + 1) - this.#skip;
    return Math.max(0, Math.floor((rows - this.#count) / this.#stride) + 1);
  }

  /** The next window; null until enough was pushed. */
  next(): SoundWindow | null {
    if (this.ready === 0) return null;
    return this.#rows === null ? this.#cutSamples() : this.#cutRows(this.#rows);
  }

  #cutSamples(): SoundWindow {
    const values = this.#samples.slice(0, this.#count);
    const end = this.#first + this.#count;
    const leaving = Math.min(this.#stride, this.#samples.length);
    this.#skip = this.#stride - leaving;
    this.#samples = this.#samples.slice(leaving);
    this.#first += leaving;
    if (this.#scale !== 1) for (let index = 0; index < values.length; index++) values[index] = (values[index] ?? 0) * this.#scale;
    return { values, end };
  }

  #cutRows(rows: Rows): SoundWindow {
    const wanted = this.#count * this.#width;
    let from = 0;
    while (this.#held.length < wanted) {
      const row = rows.compute(this.#samples.subarray(from, from + rows.length));
      from += rows.step;
      if (this.#skip > 0) this.#skip--;
      else for (let index = 0; index < this.#width; index++) this.#held.push(row[index] ?? 0);
    }
    const values = Float32Array.from(this.#held.slice(0, wanted));
    this.#skip = Math.max(0, this.#stride - this.#count);
    this.#held = this.#held.slice(this.#stride * this.#width);
    this.#first += from;
    this.#samples = this.#samples.slice(from);
    return { values, end: this.#first - rows.step + rows.length };
  }
}
