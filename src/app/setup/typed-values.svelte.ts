import { LitescopeError } from '../../errors';
import { tensor as words } from '../../messages/tensor';
import { writtenParts, writtenValue } from '../../tensor/written-values';

/** More of them are pasted as a row: nobody fills in fields by the hundred. */
export const mostFields = 32;

/** Numbers that a person writes for one input, kept as they were written: zeros at first. */
export class TypedValues {
  readonly #tensor: string;
  readonly #count: () => number;
  #written = $state.raw<readonly string[] | null>(null);

  /**
   * @param tensor the input's name
   * @param count how many values it takes now
   */
  constructor(tensor: string, count: () => number) {
    this.#tensor = tensor;
    this.#count = count;
  }

  get count(): number {
    return this.#count();
  }

  /** As many as were written, whatever the input takes. */
  get written(): readonly string[] {
    return this.#written ?? Array.from({ length: this.count }, () => '0');
  }

  /** Null while nobody has written anything. */
  get draft(): readonly string[] | null {
    return this.#written;
  }

  restore(written: readonly string[] | null): void {
    this.#written = written;
  }

  write(index: number, written: string): void {
    this.#written = this.written.map((before, at) => (at === index ? written : before));
  }

  /** Takes a row as it was pasted. What is no number in it is kept, to be shown and mended. */
  writeRow(row: string): void {
    this.#written = writtenParts(row);
  }

  /** Why these are not the input's values, as far as the page can tell; null where they are. */
  get problem(): LitescopeError | null {
    try {
      void this.values;
      return null;
    } catch (error) {
      return LitescopeError.from(error);
    }
  }

  /** @throws LitescopeError NOT_A_NUMBER, WRONG_VALUE_COUNT */
  get values(): readonly number[] {
    const values = this.written.map(writtenValue);
    if (values.length !== this.count) throw new LitescopeError('WRONG_VALUE_COUNT', words.otherCount(values.length, this.#tensor, this.count));
    return values;
  }
}
