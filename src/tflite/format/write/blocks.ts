import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { tflitePlaces as places } from '../../../messages/tflite-places';

/** Bytes that follow the structure, once for all fields that show the same ones. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly alignment: number;
  /** Elements, as the vector's head states them. */
  readonly count: number;
  /** Positions of the fields that lead to the block. */
  readonly fields: number[];
}

/** Data in a file may be shared by so many fields, or overlap so often, that it grows this many times when written apart. */
const maximumGrowth = 4;
const freeGrowth = 2 ** 20;

/** Blocks by the memory they show: what was one in the model is one in the file. */
export class Blocks {
  readonly inOrder: Block[] = [];
  readonly #known = new Map<ArrayBufferLike, Map<string, Block>>();

  refer(bytes: Uint8Array, alignment: number, count: number, field: number): void {
    const inBuffer = this.#known.get(bytes.buffer) ?? new Map<string, Block>();
    this.#known.set(bytes.buffer, inBuffer);
    const key = `${bytes.byteOffset} ${bytes.length} ${alignment} ${count}`;
    const known = inBuffer.get(key);
    if (known !== undefined) {
      known.fields.push(field);
      return;
    }
    const block = { bytes, alignment, count, fields: [field] };
    inBuffer.set(key, block);
    this.inOrder.push(block);
  }

  /** @throws LitescopeError CORRUPTED when views of one buffer overlap so often that writing them apart would multiply it */
  checkGrowth(more: Blocks): void {
    const sums = new Map<ArrayBufferLike, number>();
    for (const { bytes } of [...this.inOrder, ...more.inOrder]) {
      const sum = (sums.get(bytes.buffer) ?? 0) + bytes.length;
      if (sum > maximumGrowth * bytes.buffer.byteLength + freeGrowth) throw new LitescopeError('CORRUPTED', text.referencedTooOften, { place: places.model });
      sums.set(bytes.buffer, sum);
    }
  }
}
