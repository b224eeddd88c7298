import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { findArchive, moveArchive } from '../archive/archive';
import { writeFlatBuffer } from './flatbuffer-writer';
import type { Model } from '../model';
import { recordOf } from './records';
import { modelIdentifier, modelSchema } from '../schema/tables';

/** The largest FlatBuffer that runtimes take; models beyond it keep their data behind it. */
export const maximumFlatBufferBytes = 2 ** 31 - 1;

/**
 * A model as a file in pieces, in order. Large weights are not copied: their pieces are the model's own arrays, and
 * must not change until the pieces are used up. `new Blob(pieces)` is a file of any size.
 *
 * What was read means the same when it is written: values, shared buffers, data behind the FlatBuffer, the zip
 * archive at the end of the file, and settings newer than the schema (as far as `UnknownFields` says). A FlatBuffer
 * that would exceed `maximumBytes` puts all its data behind itself. What is lost says nothing to
 * a reader: bytes that nothing refers to, defaults that the file states, a custom name of a built-in op, and that
 * vectors or tables were shared; data stay shared.
 *
 * @param maximumBytes the FlatBuffer without what lies behind it
 * @throws LitescopeError CORRUPTED when the model refers to the same data so often, each time in part, that the file
 *   would grow without bound, INVALID_QUANTIZATION for zero points beyond 2⁵³, INTERNAL for values that the format cannot hold
 */
export function writeModelParts(model: Model, maximumBytes = maximumFlatBufferBytes): readonly Uint8Array[] {
  const dataBehind = insideBytes(model) > maximumBytes;
  const parts = writeFlatBuffer(modelSchema, 'Model', recordOf(model, dataBehind), modelIdentifier);
  const archive = findArchive(model.bytes);
  return archive === null ? parts : [...parts, moveArchive(archive, totalLength(parts))];
}

/**
 * A model as one array; see {@link writeModelParts}. Everything is copied once.
 *
 * @throws LitescopeError as writeModelParts does, and OUT_OF_MEMORY
 */
export function writeModel(model: Model): Uint8Array<ArrayBuffer> {
  return joinParts(writeModelParts(model));
}

/** Pieces of a file as one array. @throws LitescopeError OUT_OF_MEMORY */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = allocate(totalLength(parts));
  let position = 0;
  for (const part of parts) {
    file.set(part, position);
    position += part.length;
  }
  return file;
}

/** Roughly the bytes that the FlatBuffer will have, weights that are shared counted once. */
function insideBytes(model: Model): number {
  const seen = new Set<string>();
  let sum = 0;
  for (const { data, storage } of model.buffers) {
    const key = `${data.byteOffset} ${data.length}`;
    if (storage === 'after' || (data.buffer === model.bytes.buffer && seen.has(key))) continue;
    seen.add(key);
    sum += data.length;
  }
  for (const { operators, tensors } of model.subgraphs) {
    sum += 200 * (operators.length + tensors.length);
    for (const { customOptions } of operators) sum += customOptions?.length ?? 0;
  }
  return sum;
}

function totalLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function allocate(length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (error) {
    throw new LitescopeError('OUT_OF_MEMORY', text.fileTakes(length), { cause: error });
  }
}
