import { Inflate } from 'fflate';

/** Bytes that one file packed behind a model may have; the largest label lists in use have some hundred kilobytes. */
export const maximumPackedFileBytes = 4 * 1024 * 1024;
/** Bytes that are unpacked in all, whatever the number of files. */
export const maximumUnpackedBytes = 16 * 1024 * 1024;
/** Files that may be packed behind a model. */
export const maximumPackedFiles = 4096;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
export const localSignature = 0x04034b50;
export const endBytes = 22;
const entryBytes = 46;
export const localBytes = 30;
const longestComment = 0xffff;
/** Deflate grows data up to 1,032 times: a piece of this size cannot overshoot the limit by much before it is noticed. */
const pieceBytes = 1024;

/** A file in an archive, as its directory states it: nothing of it is to be trusted. */
export interface PackedFile {
  readonly position: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly method: number;
}

/**
 * The files in a zip archive that lies behind a model, by name. Only what is asked for is unpacked.
 * Never throws: what is damaged, encrypted or larger than the limits above is not there.
 *
 * fflate inflates, but its `unzipSync` is not for such files: it believes the directory about sizes (a megabyte that says
 * it holds 100 bytes takes 13 s) and about the number of entries, and does not find what `cat` has put behind a model.
 */
export class AppendedFiles {
  readonly #bytes: Uint8Array;
  readonly #entries: ReadonlyMap<string, PackedFile>;
  #unpackable = maximumUnpackedBytes;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#entries = readDirectory(bytes);
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Where a file lies; null for what `read` would not give. */
  placeOf(name: string): PackedPlace | null {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.bytes > maximumPackedFileBytes || entry.packedBytes > maximumPackedFileBytes || (entry.method !== 0 && entry.method !== 8)) return null;
    const packed = packedContent(this.#bytes, entry);
    return packed === null ? null : { name, start: packed.byteOffset - this.#bytes.byteOffset, bytes: packed.length, ...(entry.method === 8 ? { inflated_bytes: entry.bytes } : {}) };
  }

  read(name: string): Uint8Array | null {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.bytes > maximumPackedFileBytes || entry.packedBytes > maximumPackedFileBytes) return null;
    this.#unpackable -= entry.bytes;
    if (this.#unpackable < 0) return null;
    const packed = packedContent(this.#bytes, entry);
    if (packed === null) return null;
    if (entry.method === 0) return entry.bytes === entry.packedBytes ? packed : null;
    return entry.method === 8 ? inflate(packed, entry.bytes) : null;
  }
}

/** Where a file lies in the whole one, so that it can be read without the rest. */
export interface PackedPlace {
  readonly name: string;
  readonly start: number;
  /** As they lie there. */
  readonly bytes: number;
  /** How many they are when they are inflated; left out where they are stored as they are. */
  readonly inflated_bytes?: number;
}

/** Where a file's packed bytes lie, as a view; null where the archive does not hold what its directory says. */
export function packedContent(bytes: Uint8Array, { position, packedBytes }: PackedFile): Uint8Array | null {
  const view = viewOf(bytes);
  if (position < 0 || position + localBytes > view.byteLength || view.getUint32(position, true) !== localSignature) return null;
  const start = position + localBytes + view.getUint16(position + 26, true) + view.getUint16(position + 28, true);
  const packed = bytes.subarray(start, start + packedBytes);
  return packed.length === packedBytes ? packed : null;
}

/** Inflates piece by piece, so that data that grows beyond what the directory states is dropped on the way; null then, and for what is damaged. */
export function inflate(packed: Uint8Array, length: number): Uint8Array | null {
  const unpacked = new Uint8Array(length);
  let filled = 0;
  let overflown = false;
  const stream = new Inflate((piece) => {
    overflown ||= filled + piece.length > length;
    if (!overflown) unpacked.set(piece, filled);
    filled += piece.length;
  });
  try {
    for (let at = 0; at < packed.length && !overflown; at += pieceBytes) {
      stream.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length);
    }
  } catch {
    return null;
  }
  return overflown || filled !== length ? null : unpacked;
}

/** The files of an archive by name, without those that are encrypted; none where it is damaged. */
export function readDirectory(bytes: Uint8Array): ReadonlyMap<string, PackedFile> {
  const entries = new Map<string, PackedFile>();
  const view = viewOf(bytes);
  const end = findEnd(view);
  if (end === null) return entries;
  // Writers that append state positions in the whole file, `cat` leaves those in the archive.
  const start = end - view.getUint32(end + 12, true);
  const shift = start - view.getUint32(end + 16, true);
  if (start < 0 || shift < 0 || view.getUint16(end + 10, true) > maximumPackedFiles) return entries;
  const decoder = new TextDecoder();
  for (const at of directoryEntries(view, start, end).entries) {
    const encrypted = (view.getUint16(at + 8, true) & 1) !== 0;
    if (encrypted) continue;
    const nameEnd = at + entryBytes + view.getUint16(at + 28, true);
    entries.set(decoder.decode(bytes.subarray(at + entryBytes, Math.min(nameEnd, end))), {
      position: view.getUint32(at + 42, true) + shift,
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
    });
  }
  return entries;
}

/**
 * Where the entries of a directory lie, up to the first that is damaged.
 *
 * @param start of the directory
 * @param end of the directory, where the end record begins
 * @returns with `whole` for as many entries as the end record says, with nothing between the last one and it
 */
export function directoryEntries(view: DataView, start: number, end: number): { readonly entries: readonly number[]; readonly whole: boolean } {
  const count = view.getUint16(end + 10, true);
  const entries: number[] = [];
  let at = start;
  while (entries.length < count && at + entryBytes <= end && view.getUint32(at, true) === entrySignature) {
    entries.push(at);
    at += entryBytes + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { entries, whole: entries.length === count && at === end };
}

/** The position of the archive's end record, or null. */
export function findEnd(view: DataView): number | null {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return null;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
