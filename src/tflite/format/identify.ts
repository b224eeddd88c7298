import { LitescopeError } from '../../errors';
import { tfliteFormat as text } from '../../messages/tflite-format';
import { tflitePlaces as places } from '../../messages/tflite-places';
import { foreignFile } from './foreign';
import { modelIdentifier } from './schema/tables';

/**
 * Tells from the first bytes whether this can be a TFLite model.
 *
 * @throws LitescopeError EMPTY_FILE, NOT_TFLITE, TRUNCATED, WRONG_IDENTIFIER (a FlatBuffer of another kind),
 *   UNSUPPORTED_SCHEMA_VERSION (an identifier of TFLite's, for another version), or what it is instead: WEB_PAGE,
 *   GIT_LFS_POINTER, OTHER_FORMAT, LANGUAGE_MODEL, ARCHIVE, EDGE_TPU
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
  const foreign = foreignFile(bytes);
  if (foreign !== null) throw new LitescopeError(foreign.code, text.looksLike[foreign.kind], { place });
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
