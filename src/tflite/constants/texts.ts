import { LitescopeError } from '../../errors';
import { stringBufferProblem, stringCount } from '../format/string-buffer';

/** Some rows of a constant of strings. */
export interface TextPage {
  readonly first: number;
  readonly total: number;
  /** Long ones are cut and end in an ellipsis. */
  readonly texts: readonly string[];
}

/** Characters of one string that a page shows: a file may hold megabytes in one. */
const longestText = 1000;

const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** The strings of a constant, by the layout of `string-buffer.ts`. What is not UTF-8 reads as U+FFFD. */
export class Texts {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly count: number;

  /** @throws LitescopeError CORRUPTED where the offsets do not lie in the data, in order */
  constructor(data: Uint8Array) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const problem = stringBufferProblem(data);
    if (problem !== null) throw new LitescopeError('CORRUPTED', problem);
    this.count = stringCount(data);
  }

  /** Rows from `first` on, as many as there are of `count`; long ones are cut. */
  page(first: number, count: number): TextPage {
    const end = Math.min(this.count, first + count);
    const texts = Array.from({ length: Math.max(0, end - first) }, (_, row) => this.#at(first + row));
    return { first, total: this.count, texts };
  }

  #at(index: number): string {
    const [from, to] = [this.#offset(index), this.#offset(index + 1)];
    // A character takes four bytes at most.
    const whole = text.decode(this.#data.subarray(from, Math.min(to, from + 4 * longestText)));
    return whole.length > longestText || to - from > 4 * longestText ? `${whole.slice(0, longestText)} …` : whole;
  }

  #offset(index: number): number {
    return this.#view.getInt32(4 * (index + 1), true);
  }
}
