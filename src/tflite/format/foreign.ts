import type { ErrorCode } from '../../errors';
import type { tfliteFormat } from '../../messages/tflite-format';
import { AppendedFiles, localBytes, localSignature, viewOf } from './archive/appended-files';
import { findArchive } from './archive/archive';

/** A file that is something else, by the name of its kind in the messages, and the error that says what to do with it. */
export interface ForeignFile {
  readonly code: ErrorCode;
  readonly kind: keyof typeof tfliteFormat.looksLike;
}

/** As much of a file's beginning as is looked at as text; pages may begin with blank lines and comments. */
const textBytes = 4096;

/**
 * What people drop in place of a model, by the first bytes of the file and, of a zip archive, the names in it; null for what
 * is not known. Works on beginnings of files too: a download may have stopped.
 *
 * Signatures are those of the formats' own specifications; ONNX, Core ML and TensorFlow's files are protobufs without one
 * and are told by their first fields (onnx.proto, Model.proto, saved_model.proto, graph.proto).
 */
export function foreignFile(bytes: Uint8Array): ForeignFile | null {
  return bySignature(bytes) ?? archived(bytes) ?? protobuf(bytes) ?? written(bytes);
}

type Signature = readonly [at: number, bytes: string, code: ErrorCode, kind: ForeignFile['kind']];

/** The more particular ones first. */
const signatures: readonly Signature[] = [
  [0, 'LITERTLM', 'LANGUAGE_MODEL', 'litertlm'],
  [4, 'DWN1', 'EDGE_TPU', 'edgeTpu'],
  [4, 'ORTM', 'OTHER_FORMAT', 'onnxRuntime'],
  [4, 'ET12', 'OTHER_FORMAT', 'executorch'],
  // Serialized by PyTorch before 1.6: a pickle of its magic number.
  [0, '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19', 'OTHER_FORMAT', 'pytorch'],
  [0, '\x80\x02', 'OTHER_FORMAT', 'pickle'], [0, '\x80\x03', 'OTHER_FORMAT', 'pickle'], [0, '\x80\x04\x95', 'OTHER_FORMAT', 'pickle'], [0, '\x80\x05\x95', 'OTHER_FORMAT', 'pickle'],
  [8, '{"', 'OTHER_FORMAT', 'safetensors'],
  [0, '\x89HDF\r\n\x1a\n', 'OTHER_FORMAT', 'hdf5'],
  [0, 'GGUF', 'LANGUAGE_MODEL', 'gguf'],
  [8, 'WAVE', 'NOT_TFLITE', 'wav'],
  [8, 'WEBP', 'NOT_TFLITE', 'picture'],
  [0, '\x89PNG', 'NOT_TFLITE', 'picture'], [0, '\xff\xd8\xff', 'NOT_TFLITE', 'picture'], [0, 'GIF8', 'NOT_TFLITE', 'picture'],
  [0, 'OggS', 'NOT_TFLITE', 'sound'], [0, 'fLaC', 'NOT_TFLITE', 'sound'], [0, 'ID3', 'NOT_TFLITE', 'sound'],
  [4, 'ftyp', 'NOT_TFLITE', 'video'], [0, '\x1aE\xdf\xa3', 'NOT_TFLITE', 'video'],
  [0, '\x93NUMPY', 'NOT_TFLITE', 'npy'],
  [0, '\x1f\x8b', 'ARCHIVE', 'gzip'], [0, '7z\xbc\xaf\x27\x1c', 'ARCHIVE', 'archive'], [0, '\xfd7zXZ', 'ARCHIVE', 'archive'], [0, 'BZh', 'ARCHIVE', 'archive'], [257, 'ustar', 'ARCHIVE', 'archive'],
];

function bySignature(bytes: Uint8Array): ForeignFile | null {
  const found = signatures.find(([at, signature]) => [...signature].every((letter, index) => bytes[at + index] === letter.charCodeAt(0)));
  return found === undefined ? null : { code: found[2], kind: found[3] };
}

/** Zip archives by what is in them: PyTorch, Keras and Core ML keep their models so. */
function archived(bytes: Uint8Array): ForeignFile | null {
  if (bytes.length < 4 || viewOf(bytes).getUint32(0, true) !== localSignature) return null;
  const names = namesIn(bytes);
  const some = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (some(/(^|\/)(data|constants)\.pkl$/)) return { code: 'OTHER_FORMAT', kind: 'pytorch' };
  if (some(/^model\.weights\.h5$/) || (some(/^metadata\.json$/) && some(/^config\.json$/))) return { code: 'OTHER_FORMAT', kind: 'keras' };
  if (some(/\.mlmodelc?($|\/)|\.mlpackage\//)) return { code: 'OTHER_FORMAT', kind: 'coreml' };
  if (some(/(^|\/)saved_model\.pb$/)) return { code: 'OTHER_FORMAT', kind: 'savedModel' };
  return findArchive(bytes) === null ? { code: 'TRUNCATED', kind: 'tornZip' } : { code: 'ARCHIVE', kind: 'zip' };
}

/** Where the directory at the end is lost, the first file's own header is there. */
function namesIn(bytes: Uint8Array): readonly string[] {
  const { names } = new AppendedFiles(bytes);
  if (names.length > 0 || bytes.length < localBytes) return names;
  const length = viewOf(bytes).getUint16(26, true);
  return [latin1(bytes.subarray(localBytes, localBytes + length))];
}

/** A field of a message: its number and kind, and where its content is. */
interface ProtobufField {
  readonly number: number;
  readonly wire: number;
  readonly start: number;
  /** Of a varint its value, of anything that has a length that length. */
  readonly value: number;
}

const fewestFieldBytes = 2;

function fieldAt(bytes: Uint8Array, at: number): ProtobufField | null {
  const tag = bytes[at];
  if (tag === undefined || tag >= 0x80 || (tag & 7) === 1 || (tag & 7) > 2 || at + fewestFieldBytes > bytes.length) return null;
  let value = 0;
  for (let place = 0; place < 5; place += 1) {
    const byte = bytes[at + 1 + place];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return { number: tag >> 3, wire: tag & 7, start: at + 2 + place, value };
  }
  return null;
}

/** Versions of ONNX' and Core ML's formats are small numbers. */
const highestVersion = 32;
const longestName = 256;

function protobuf(bytes: Uint8Array): ForeignFile | null {
  const first = fieldAt(bytes, 0);
  if (first?.number === 1 && first.wire === 0) {
    if (first.value < 1 || first.value > highestVersion) return null;
    const second = fieldAt(bytes, first.start);
    if (second?.wire !== 2) return null;
    // ONNX’ second field is text (its producer) or, without one, a graph or operator sets; the others’ is a message.
    if (second.number === 2 && isText(bytes, second.start, second.value)) return { code: 'OTHER_FORMAT', kind: 'onnx' };
    if (second.number === 7 || second.number === 8) return fieldAt(bytes, second.start) === null ? null : { code: 'OTHER_FORMAT', kind: 'onnx' };
    if (second.number !== 2) return null;
    const inner = fieldAt(bytes, second.start);
    const innermost = inner?.number === 1 && inner.wire === 2 ? fieldAt(bytes, inner.start) : null;
    if (innermost?.wire !== 2) return null;
    // Core ML describes its inputs, the first by its name; TensorFlow the graph's ops, tags or version.
    return innermost.number === 1 && isText(bytes, innermost.start, innermost.value) ? { code: 'OTHER_FORMAT', kind: 'coreml' } : { code: 'OTHER_FORMAT', kind: 'savedModel' };
  }
  if (first?.number !== 1 || first.wire !== 2) return null;
  // A frozen graph is a list of nodes: name, then op.
  const name = fieldAt(bytes, first.start);
  if (name?.number !== 1 || name.wire !== 2 || !isText(bytes, name.start, name.value)) return null;
  const op = fieldAt(bytes, name.start + name.value);
  return op?.number === 2 && op.wire === 2 && isText(bytes, op.start, op.value) ? { code: 'OTHER_FORMAT', kind: 'graphDef' } : null;
}

function isText(bytes: Uint8Array, start: number, length: number): boolean {
  return length > 0 && length <= longestName && start + length <= bytes.length && bytes.subarray(start, start + length).every((byte) => byte >= 0x20 && byte < 0x7f);
}

/** Text by its first words, behind a byte order mark and blank lines. */
function written(bytes: Uint8Array): ForeignFile | null {
  const text = latin1(bytes.subarray(0, textBytes)).replace(/^(\xef\xbb\xbf)?\s*/, '');
  if (/^version https:\/\/git-lfs/.test(text)) return { code: 'GIT_LFS_POINTER', kind: 'lfsPointer' };
  if (text.startsWith('<?xml') && !/<html/i.test(text)) return { code: 'NOT_TFLITE', kind: 'xml' };
  if (/^<(!doctype|!--|\?xml|[a-z])/i.test(text)) return { code: 'WEB_PAGE', kind: 'webPage' };
  if (!/^(\{\s*["}]|\[)/.test(text)) return null;
  return /"(modelTopology|weightsManifest)"|"(graph|layers)-model"/.test(text) ? { code: 'OTHER_FORMAT', kind: 'tensorflowJs' } : { code: 'NOT_TFLITE', kind: 'json' };
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
