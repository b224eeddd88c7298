import { packedContent, type PackedFile, readDirectory } from '../../tflite/format/archive/appended-files';
import { findArchive } from '../../tflite/format/archive/archive';
import { modelIdentifier } from '../../tflite/format/schema/tables';

/** A model in an archive: MediaPipe's `.task` bundles, and zipped downloads. */
export interface BundledModel {
  /** Its path in the archive; of a bundle in a bundle, both: `hand_landmarker.task/hand_detector.tflite`. */
  readonly name: string;
  /** Unpacked, as the archive states it. */
  readonly bytes: number;
  /** @returns null for one that is damaged, or is not what the archive states */
  read(): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Bundles in bundles: MediaPipe's gesture recognizer holds two. */
const deepest = 2;
/** What a FlatBuffer can address. */
const largestModel = 2 ** 31;

const stored = 0;
const deflated = 8;

/** The models in a zip archive, in its order; none for what is no archive. */
export function bundledModels(bytes: Uint8Array, depth = 0): readonly BundledModel[] {
  // All of it has to be there: in what is left of one, the directory of a bundle inside would be taken for its own.
  if (depth >= deepest || findArchive(bytes)?.position !== 0) return [];
  return [...readDirectory(bytes)].flatMap(([name, entry]): readonly BundledModel[] => {
    const packed = packedContent(bytes, entry);
    if (packed === null || entry.bytes > largestModel) return [];
    if (entry.method === stored) {
      const inner = bundledModels(packed, depth + 1);
      if (inner.length > 0) return inner.map((model) => ({ ...model, name: `${name}/${model.name}` }));
    }
    return isModel(name, entry, packed) ? [{ name, bytes: entry.bytes, read: () => unpacked(packed, entry) }] : [];
  });
}

/** Language models' bundles name their parts without an ending. */
function isModel(name: string, { method }: PackedFile, packed: Uint8Array): boolean {
  if (method !== stored && method !== deflated) return false;
  return /\.(tflite|lite)$/i.test(name) || (method === stored && beginsAsModel(packed));
}

async function unpacked(packed: Uint8Array, { method, bytes }: PackedFile): Promise<Uint8Array<ArrayBuffer> | null> {
  if (method === stored) return packed.length === bytes ? packed.slice() : null;
  const pieces: Uint8Array[] = [];
  let filled = 0;
  try {
    const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      filled += piece.value.length;
      // A few bytes can stand for gigabytes: what is more than was stated, or begins as no model does, is dropped on the way.
      if (filled > bytes || (pieces.length === 0 && !beginsAsModel(piece.value))) {
        await reader.cancel();
        return null;
      }
      pieces.push(piece.value);
    }
  } catch {
    return null;
  }
  if (filled !== bytes) return null;
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}

function beginsAsModel(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === modelIdentifier;
}
