/** Bytes to write at the end of or anywhere in; what is not written is zero. */
export class GrowingBytes {
  #bytes = new Uint8Array(64 * 1024);
  /** A view of all bytes; taken afresh after each call that may extend them. */
  view = new DataView(this.#bytes.buffer);
  length = 0;

  /** Adds zeros. @returns the position of the first */
  extend(count: number): number {
    const position = this.length;
    this.length += count;
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return position;
  }

  append(bytes: Uint8Array): void {
    this.set(this.extend(bytes.length), bytes);
  }

  set(position: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, position);
  }

  /** Adds zeros until the length is `phase` modulo `modulus`. */
  align(modulus: number, phase: number): void {
    this.extend((((phase - this.length) % modulus) + modulus) % modulus);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }
}

/** Smaller pieces are copied together: a piece costs more than its bytes. */
const ownPartBytes = 64 * 1024;

/** A file as a list of pieces, of which the large ones are not copied. */
export class ByteParts {
  readonly #parts: Uint8Array[] = [];
  #gathered = new GrowingBytes();
  #length = 0;

  constructor(beginning: Uint8Array) {
    this.add(beginning);
  }

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (bytes.length < ownPartBytes) {
      this.#gathered.append(bytes);
    } else {
      this.#flush();
      this.#parts.push(bytes);
    }
  }

  addUint32(value: number): void {
    this.#length += 4;
    const position = this.#gathered.extend(4);
    this.#gathered.view.setUint32(position, value, true);
  }

  /** Adds zeros up to a position in the file. */
  padTo(position: number): void {
    this.#gathered.extend(position - this.#length);
    this.#length = position;
  }

  finish(): readonly Uint8Array[] {
    this.#flush();
    return this.#parts;
  }

  #flush(): void {
    if (this.#gathered.length > 0) this.#parts.push(this.#gathered.bytes().slice());
    this.#gathered = new GrowingBytes();
  }
}
