import { LitescopeError } from '../../errors';
import { modelIdentifier } from './schema/tables';

/** Beginnings of files that people drop by mistake. */
const otherFormats: readonly (readonly [beginning: string, name: string])[] = [
  ['version https://git-lfs', 'a Git LFS pointer, not the file it stands for'],
  ['PK\x03\x04', 'a zip archive (a .task bundle, a .keras model or a zipped download)'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\x89HDF', 'an HDF5 file (a Keras .h5 model)'],
  ['GGUF', 'a GGUF model'],
  ['<', 'a web page'],
  ['{', 'a JSON file'],
];

/**
 * Tells from the first bytes whether this can be a TFLite model.
 *
 * @throws LitescopeError EMPTY_FILE, NOT_TFLITE, TRUNCATED, WRONG_IDENTIFIER (a FlatBuffer of another kind) or
 *   UNSUPPORTED_SCHEMA_VERSION (an identifier of TFLite's, for another version)
 */
export function identify(bytes: Uint8Array): void {
  const place = 'header';
  if (bytes.length === 0) throw new LitescopeError('EMPTY_FILE', '', { place });
  const identifier = latin1(bytes.subarray(4, 8));
  if (identifier === modelIdentifier) return;
  if (bytes.length < 8) {
    const code = identifier !== '' && modelIdentifier.startsWith(identifier) ? 'TRUNCATED' : 'NOT_TFLITE';
    throw new LitescopeError(code, `the file has ${bytes.length} bytes`, { place });
  }
  const beginning = latin1(bytes.subarray(0, 32));
  const other = otherFormats.find(([start]) => beginning.startsWith(start));
  if (other !== undefined) throw new LitescopeError('NOT_TFLITE', `it looks like ${other[1]}`, { place });
  if (/^TFL\d$/.test(identifier)) throw new LitescopeError('UNSUPPORTED_SCHEMA_VERSION', `the identifier is ${identifier}`, { place });
  if (/^[\w.\- ]{4}$/.test(identifier) && hasRootTable(bytes)) {
    throw new LitescopeError('WRONG_IDENTIFIER', `the identifier is ${identifier}`, { place });
  }
  throw new LitescopeError('NOT_TFLITE', '', { place });
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function hasRootTable(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const root = view.getUint32(0, true);
  if (root < 8 || root + 4 > bytes.length) return false;
  const vtable = root - view.getInt32(root, true);
  if (vtable < 0 || vtable + 4 > bytes.length) return false;
  const vtableBytes = view.getUint16(vtable, true);
  return vtableBytes >= 4 && vtableBytes % 2 === 0 && vtable + vtableBytes <= bytes.length;
}
