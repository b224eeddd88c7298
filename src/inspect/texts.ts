import { LitescopeError } from '../errors';
import type { TextPage } from './descriptions';

/** Characters of one string that a page shows: a file may hold megabytes in one. */
const longestText = 1000;

const text = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The strings of a constant of type string. Its buffer holds, as little-endian int32, their number n, then n + 1
 * offsets from the buffer's beginning (the last one is its end), then their bytes in UTF-8; so does
 * tensorflow/lite/string_util.h. What is not UTF-8 reads as U+FFFD.
 */
export class Texts {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly count: number;

  /** @throws LitescopeError CORRUPTED where the offsets do not lie in the data, in order */
  constructor(data: Uint8Array) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    this.count = data.length < 4 ? 0 : this.#view.getInt32(0, true);
    const head = 4 * (this.count + 2);
    if (this.count < 0 || (data.length > 0 && head > data.length)) throw new LitescopeError('CORRUPTED', `The constant states ${this.count} strings in ${data.length} bytes.`);
    let before = head;
    for (let index = 0; data.length > 0 && index <= this.count; index += 1) {
      const offset = this.#offset(index);
      if (offset < before || offset > data.length) throw new LitescopeError('CORRUPTED', `String ${index} begins at byte ${offset}, outside of bytes ${before} to ${data.length}.`);
      before = offset;
    }
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
