import { LitescopeError } from '../../errors';
import { tfliteFormat as text } from '../../messages/tflite-format';
import { tflitePlaces as places } from '../../messages/tflite-places';
import { modelIdentifier } from './schema/tables';

/** Beginnings of files that people drop by mistake. */
const otherFormats: readonly (readonly [beginning: string, format: keyof typeof text.looksLike])[] = [
  ['version https://git-lfs', 'lfsPointer'],
  ['PK\x03\x04', 'zip'],
  ['\x1f\x8b', 'gzip'],
  ['\x89HDF', 'hdf5'],
  ['GGUF', 'gguf'],
  ['<', 'webPage'],
  ['{', 'json'],
];

/**
 * Tells from the first bytes whether this can be a TFLite model.
 *
 * @throws LitescopeError EMPTY_FILE, NOT_TFLITE, TRUNCATED, WRONG_IDENTIFIER (a FlatBuffer of another kind) or
 *   UNSUPPORTED_SCHEMA_VERSION (an identifier of TFLite's, for another version)
 */
export function identify(bytes: Uint8Array): void {
  const place = places.header;
  if (bytes.length === 0) throw new LitescopeError('EMPTY_FILE', '', { place });
  const identifier = latin1(bytes.subarray(4, 8));
  if (identifier === modelIdentifier) return;
  if (bytes.length < 8) {
    const code = identifier !== '' && modelIdentifier.startsWith(identifier) ? 'TRUNCATED' : 'NOT_TFLITE';
    throw new LitescopeError(code, text.fileHas(bytes.length), { place });
  }
  const beginning = latin1(bytes.subarray(0, 32));
  const other = otherFormats.find(([start]) => beginning.startsWith(start));
  if (other !== undefined) throw new LitescopeError('NOT_TFLITE', text.looksLike[other[1]], { place });
  if (/^TFL\d$/.test(identifier)) throw new LitescopeError('UNSUPPORTED_SCHEMA_VERSION', text.identifierIs(identifier), { place });
  if (/^[\w.\- ]{4}$/.test(identifier) && hasRootTable(bytes)) {
    throw new LitescopeError('WRONG_IDENTIFIER', text.identifierIs(identifier), { place });
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
