/** A value of a FlexBuffer: the form without a schema in which custom ops store their settings. */
export type FlexValue = null | boolean | number | bigint | string | Uint8Array | readonly FlexValue[] | FlexMap;
/** In the order of the file, which is that of the sorted keys. */
export type FlexMap = ReadonlyMap<string, FlexValue>;

/** Values that one FlexBuffer may hold; offsets may lead to one place from many, so that few bytes could describe endlessly much. */
export const maximumFlexValues = 10_000;
/** Vectors and maps inside each other. */
export const maximumFlexDepth = 32;

/** Numbers of the types, as flatbuffers/flexbuffers.h has them. */
const enum Type { Null, Int, Uint, Float, Key, String, IndirectInt, IndirectUint, IndirectFloat, Map, Vector, VectorInt, VectorUint, VectorFloat, VectorKey, VectorString, FixedFirst = 16, FixedLast = 24, Blob = 25, Bool = 26, VectorBool = 36 }

/**
 * Reads a FlexBuffer whole. Whether bytes are one nobody states (custom ops may store anything), so that all of it has to
 * fit: offsets, types, widths, texts, and the limits above. The reader of the flatbuffers package is not for such bytes: it
 * spends 36 s on 114 of them, gives a value for a type that does not exist, and null for a float of zero.
 *
 * @returns undefined for bytes that are none
 */
export function readFlexBuffer(bytes: Uint8Array): FlexValue | undefined {
  const width = bytes.at(-1) ?? 0;
  if (bytes.length < 3 || ![1, 2, 4, 8].includes(width)) return undefined;
  const type = bytes.at(-2) ?? 0;
  try {
    return new FlexReader(bytes).value(bytes.length - 2 - width, width, type, 0);
  } catch (error) {
    if (error instanceof NoFlexBuffer) return undefined;
    throw error;
  }
}

class NoFlexBuffer extends Error {}

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class FlexReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #left = maximumFlexValues;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The value that stands at a place `width` bytes wide; its type and, for what lies elsewhere, its width are packed in `packed`. */
  value(at: number, width: number, packed: number, depth: number): FlexValue {
    this.#left -= 1;
    if (this.#left < 0 || depth > maximumFlexDepth) throw new NoFlexBuffer();
    const type: Type = packed >> 2;
    switch (type) {
      case Type.Null: return null;
      case Type.Int: return this.#signed(at, width);
      case Type.Uint: return this.#unsigned(at, width);
      case Type.Float: return this.#float(at, width);
      case Type.Bool: return Number(this.#unsigned(at, width)) !== 0;
      default: return this.#elsewhere(type, this.#follow(at, width), 1 << (packed & 3), depth);
    }
  }

  #elsewhere(type: Type, at: number, width: number, depth: number): FlexValue {
    switch (type) {
      case Type.Key: return this.#key(at);
      case Type.String: return this.#decode(at, this.#length(at, width));
      case Type.Blob: { const length = this.#length(at, width); this.#demand(at, length); return this.#bytes.subarray(at, at + length); }
      case Type.IndirectInt: return this.#signed(at, width);
      case Type.IndirectUint: return this.#unsigned(at, width);
      case Type.IndirectFloat: return this.#float(at, width);
      case Type.Map: return this.#map(at, width, depth);
      case Type.Vector: return this.#vector(at, width, this.#length(at, width), depth);
      case Type.VectorBool: return this.#typed(Type.Bool, at, width, this.#length(at, width), depth);
      default: break;
    }
    if (type >= Type.VectorInt && type <= Type.VectorString) return this.#typed(type - Type.VectorInt + Type.Int, at, width, this.#length(at, width), depth);
    // Two, three or four integers, unsigned integers or floats, without a length.
    if (type >= Type.FixedFirst && type <= Type.FixedLast) return this.#typed((type - Type.FixedFirst) % 3 + Type.Int, at, width, Math.floor((type - Type.FixedFirst) / 3) + 2, depth);
    throw new NoFlexBuffer();
  }

  #typed(type: Type, at: number, width: number, count: number, depth: number): readonly FlexValue[] {
    this.#demand(at, count * width);
    return Array.from({ length: this.#affordable(count) }, (_, index) => this.value(at + index * width, width, type << 2, depth + 1));
  }

  /** Elements, then a byte for the type of each. */
  #vector(at: number, width: number, count: number, depth: number): readonly FlexValue[] {
    this.#demand(at, count * (width + 1));
    return Array.from({ length: this.#affordable(count) }, (_, index) => this.value(at + index * width, width, this.#bytes[at + count * width + index] ?? 0, depth + 1));
  }

  /** A vector of values before which stand, in its width, where its keys lie and how wide these are. */
  #map(at: number, width: number, depth: number): FlexMap {
    const count = this.#length(at, width);
    const keysWidth = this.#size(at - 2 * width, width);
    const keys = this.#follow(at - 3 * width, width);
    if (this.#length(keys, keysWidth) !== count) throw new NoFlexBuffer();
    const values = this.#vector(at, width, count, depth);
    const map = new Map(values.map((value, index): [string, FlexValue] => [this.#key(this.#follow(keys + index * keysWidth, keysWidth)), value]));
    if (map.size !== count) throw new NoFlexBuffer();
    return map;
  }

  #key(at: number): string {
    const end = this.#bytes.indexOf(0, at);
    if (end === -1) throw new NoFlexBuffer();
    return this.#decode(at, end - at);
  }

  #decode(at: number, length: number): string {
    this.#demand(at, length);
    try {
      return text.decode(this.#bytes.subarray(at, at + length));
    } catch {
      throw new NoFlexBuffer();
    }
  }

  /** Offsets lead backwards, or nowhere: the keys of an empty map. */
  #follow(at: number, width: number): number {
    const target = at - this.#size(at, width);
    if (target < 0) throw new NoFlexBuffer();
    return target;
  }

  #length(at: number, width: number): number {
    return this.#size(at - width, width);
  }

  #size(at: number, width: number): number {
    const size = Number(this.#unsigned(at, width));
    if (size > this.#bytes.length) throw new NoFlexBuffer();
    return size;
  }

  #affordable(count: number): number {
    if (count > this.#left) throw new NoFlexBuffer();
    return count;
  }

  #demand(at: number, length: number): void {
    if (at < 0 || at + length > this.#bytes.length) throw new NoFlexBuffer();
  }

  #signed(at: number, width: number): number | bigint {
    this.#demand(at, width);
    switch (width) {
      case 1: return this.#view.getInt8(at);
      case 2: return this.#view.getInt16(at, true);
      case 4: return this.#view.getInt32(at, true);
      case 8: return narrowed(this.#view.getBigInt64(at, true));
      default: throw new NoFlexBuffer();
    }
  }

  #unsigned(at: number, width: number): number | bigint {
    this.#demand(at, width);
    switch (width) {
      case 1: return this.#view.getUint8(at);
      case 2: return this.#view.getUint16(at, true);
      case 4: return this.#view.getUint32(at, true);
      case 8: return narrowed(this.#view.getBigUint64(at, true));
      default: throw new NoFlexBuffer();
    }
  }

  #float(at: number, width: number): number {
    this.#demand(at, width);
    switch (width) {
      case 4: return this.#view.getFloat32(at, true);
      case 8: return this.#view.getFloat64(at, true);
      default: throw new NoFlexBuffer();
    }
  }
}

/** As a number where that is exact. */
function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
