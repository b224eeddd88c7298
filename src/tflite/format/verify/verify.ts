import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { tflitePlaces as places } from '../../../messages/tflite-places';
import type { Model, SubGraph } from '../model';
import { type ModelNote, Notes, assertSound } from '../notes';
import { readModel } from '../read/reader';
import { verifyGraph } from './verify-graph';
import { verifyTensor } from './verify-tensor';

/**
 * Reads and verifies a model: what the rest of Litescope may rely on. Beyond what is refused a model may contradict
 * itself; `verify` says where.
 *
 * @throws LitescopeError as `readModel` and `verify` do
 */
export function openModel(bytes: Uint8Array): Model {
  const model = readModel(bytes);
  verify(model);
  return model;
}

/**
 * Checks what a model's structure means: every index leads somewhere, shapes and constant data agree, quantization
 * parameters fit their tensors, and every op's inputs exist before it runs.
 *
 * @returns what contradicts itself and can be looked at all the same, each with its place
 * @throws LitescopeError CORRUPTED with the place for what cannot be read safely: no subgraph at all, shapes that are no
 *   sizes, tensors of too many dimensions, subgraphs that call each other in a circle
 */
export function verify(model: Model): readonly ModelNote[] {
  if (model.subgraphs.length === 0) throw new LitescopeError('CORRUPTED', text.noSubgraph, { place: places.model });
  const notes = new Notes();
  for (const [index, code] of model.operatorCodes.entries()) {
    const place = places.operatorCode(index);
    if (code.custom && code.name === '') notes.add('NAMELESS_CUSTOM_OP', place, text.namelessCustomOp);
    if (code.builtinCode < 0) notes.add('UNKNOWN_OP_CODE', place, text.operatorCodeIs(code.builtinCode));
  }
  const externalBuffers = new Set(model.externalBuffers.map(({ id }) => id));
  for (const subgraph of model.subgraphs) {
    for (const tensor of subgraph.tensors) verifyTensor(model, subgraph, tensor, externalBuffers, notes);
    verifyEdges(subgraph, 'input', subgraph.inputs, notes);
    verifyEdges(subgraph, 'output', subgraph.outputs, notes);
  }
  verifyGraph(model, notes);
  verifySignatures(model, notes);
  const count = model.buffers.length;
  const isMissing = (buffer: number): boolean => buffer < 0 || buffer >= count;
  for (const [index, { name, buffer }] of model.metadata.entries()) {
    if (isMissing(buffer)) notes.add('MISSING_BUFFER', places.metadata(index), text.namedRefersToBuffer(name.slice(0, 200), buffer, count));
  }
  for (const [index, buffer] of model.legacyMetadata.entries()) {
    if (isMissing(buffer)) notes.add('MISSING_BUFFER', places.oldMetadata(index), text.refersToBuffer(buffer, count));
  }
  return notes.all();
}

/**
 * Whether runtimes and passes may rely on the model too, which take every index for granted.
 *
 * @throws LitescopeError MODEL_UNSOUND with the place, and as `verify` does
 */
export function assertSoundModel(model: Model): void {
  assertSound(verify(model));
}

function verifyEdges(subgraph: SubGraph, kind: 'input' | 'output', tensors: readonly number[], notes: Notes): void {
  for (const [index, tensor] of tensors.entries()) {
    if (subgraph.tensors[tensor] === undefined) notes.add('MISSING_TENSOR', places[kind](places.subgraph(subgraph.index), index), text.refersToTensor(tensor, subgraph.tensors.length));
  }
}

function verifySignatures(model: Model, notes: Notes): void {
  for (const [index, signature] of model.signatures.entries()) {
    const place = places.signature(index);
    const subgraph = model.subgraphs[signature.subgraph];
    if (subgraph === undefined) {
      notes.add('MISSING_SUBGRAPH', place, text.namedRefersToSubgraph(signature.key.slice(0, 200), signature.subgraph, model.subgraphs.length));
      continue;
    }
    for (const { name, tensor } of [...signature.inputs, ...signature.outputs]) {
      if (subgraph.tensors[tensor] === undefined) notes.add('MISSING_TENSOR', place, text.namedRefersToTensor(name.slice(0, 200), tensor, subgraph.tensors.length));
    }
  }
}
