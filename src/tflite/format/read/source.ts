import { ByteBuffer } from 'flatbuffers';
import { type ErrorCode, LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import type { ScalarKind, Schema } from '../schema/fields';

/** Tables that one file may hold. Models with tens of thousands of ops stay below it; aliased vectors do not get past it. */
export const maximumTables = 400_000;
/** Bytes that reading may decode, beyond four times the file: weights are never decoded, and real files hardly share vectors. */
export const decodingAllowance = 256 * 1024;
/** Bytes that reading may decode, whatever the size of the file. */
export const maximumDecodedBytes = 64 * 1024 * 1024;
/** FlatBuffers cannot be larger: an offset beyond it is damage, not a file that ends too early. */
const maximumFlatBufferBytes = 2 ** 31;

/**
 * Bytes with their schema, and an account of what was decoded. Any number of offsets may point to one table or
 * vector, so that a small file can describe endless structures; the account ends that. Tables cannot nest
 * without end, because no table of the schemas leads back to itself.
 */
export class Source<S extends Schema> {
  readonly bytes: Uint8Array;
  readonly buffer: ByteBuffer;
  readonly schema: S;
  #decodable: number;
  #tables = maximumTables;

  constructor(schema: S, bytes: Uint8Array) {
    this.schema = schema;
    this.bytes = bytes;
    this.buffer = new ByteBuffer(bytes);
    this.#decodable = Math.min(decodingAllowance + 4 * bytes.length, maximumDecodedBytes);
  }

  /** Follows the offset stored at `position`, which must be readable; `table` and `key` name the field in errors. */
  target(position: number, table: string, key: string, place: string): number {
    const offset = this.buffer.readUint32(position);
    if (offset === 0) throw this.error('CORRUPTED', text.pointsToItself(`${table}.${key}`), place);
    const target = position + offset;
    if (!this.holds(target, 4)) throw this.outside(target, 4, `${table}.${key}`, place);
    return target;
  }

  /** @throws LitescopeError TRUNCATED or CORRUPTED when bytes `start` to `start + length` are not all in the file */
  demand(start: number, length: number, what: string, place: string): void {
    if (!this.holds(start, length)) throw this.outside(start, length, what, place);
  }

  holds(start: number, length: number): boolean {
    return start >= 0 && start + length <= this.bytes.length;
  }

  outside(start: number, length: number, what: string, place: string): LitescopeError {
    const end = start + length;
    const code = start >= 0 && end <= maximumFlatBufferBytes ? 'TRUNCATED' : 'CORRUPTED';
    return this.error(code, text.reaches(what, start, end, this.bytes.length), place);
  }

  spendTable(place: string): void {
    this.#tables -= 1;
    if (this.#tables < 0) throw this.error('CORRUPTED', text.moreTablesThan(maximumTables), place);
    this.spend(16, place);
  }

  spend(length: number, place: string): void {
    this.#decodable -= length;
    if (this.#decodable < 0) throw this.error('CORRUPTED', text.referencedTooOften, place);
  }

  scalar(kind: ScalarKind, position: number): number | bigint | boolean {
    switch (kind) {
      case 'bool': return this.buffer.readUint8(position) !== 0;
      case 'int8': return this.buffer.readInt8(position);
      case 'uint8': return this.buffer.readUint8(position);
      case 'int16': return this.buffer.readInt16(position);
      case 'uint16': return this.buffer.readUint16(position);
      case 'int32': return this.buffer.readInt32(position);
      case 'uint32': return this.buffer.readUint32(position);
      case 'float32': return this.buffer.readFloat32(position);
      case 'float64': return this.buffer.readFloat64(position);
      case 'int64': return this.#wide(this.buffer.readInt32(position + 4), position) ?? this.buffer.readInt64(position);
      case 'uint64': return this.#wide(this.buffer.readUint32(position + 4), position) ?? this.buffer.readUint64(position);
    }
  }

  /** Zero points come by the ten thousand, and bigint arithmetic is slow. */
  #wide(high: number, position: number): number | null {
    const value = high * 2 ** 32 + this.buffer.readUint32(position);
    return Number.isSafeInteger(value) ? value : null;
  }

  error(code: ErrorCode, details: string, place: string): LitescopeError {
    return new LitescopeError(code, details, { place });
  }
}
