import { directoryEntries, endBytes, findEnd, localBytes, localSignature, viewOf } from './appended-files';

/** The zip archive that ends a file, with what its positions count from. */
export interface Archive {
  readonly bytes: Uint8Array;
  /** Where the archive starts in the file. */
  readonly position: number;
  /** Where the archive's directory starts in `bytes`. */
  readonly directory: number;
  /** Where in the file its positions start to count: 0 for writers that append, the archive's own start after `cat`. */
  readonly base: number;
}

/**
 * The zip archive of associated files behind a model, or null. Stricter than reading such files is: weights must
 * not be taken for an archive, so everything from the first entry to the last byte of the file has to fit together.
 */
export function findArchive(bytes: Uint8Array): Archive | null {
  if (bytes.length < endBytes) return null;
  const view = viewOf(bytes);
  const end = findEnd(view);
  if (end === null || end + endBytes + view.getUint16(end + 20, true) !== bytes.length) return null;
  const directory = end - view.getUint32(end + 12, true);
  const base = directory - view.getUint32(end + 16, true);
  if (directory < 0 || base < 0) return null;
  const { entries, whole } = directoryEntries(view, directory, end);
  if (!whole || entries.length === 0) return null;
  const files = entries.map((entry) => view.getUint32(entry + 42, true) + base);
  if (!files.every((local) => local + localBytes <= directory && view.getUint32(local, true) === localSignature)) return null;
  const position = files.reduce((first, local) => Math.min(first, local), directory);
  return { bytes: bytes.subarray(position), position, directory: directory - position, base };
}

/**
 * The archive's bytes for another place in a file. Positions that count from the beginning of the file are changed;
 * those that count from the beginning of the archive hold wherever it lies.
 *
 * @param position where the archive will start
 */
export function moveArchive(archive: Archive, position: number): Uint8Array {
  if (archive.base !== 0 || archive.position === position) return archive.bytes;
  const moved = archive.bytes.slice();
  const view = viewOf(moved);
  const end = findEnd(view);
  if (end === null) return archive.bytes;
  const shift = position - archive.position;
  const shiftAt = (at: number): void => { view.setUint32(at, view.getUint32(at, true) + shift, true); };
  for (const entry of directoryEntries(view, archive.directory, end).entries) shiftAt(entry + 42);
  shiftAt(end + 16);
  return moved;
}
