import { LitescopeError } from '../../errors';
import { tflite as text } from '../../messages/tflite';
import { tflitePlaces as places } from '../../messages/tflite-places';
import { elementCount } from '../../tensor/dtype';
import { type Model, type SubGraph, type Tensor, declaredShape, isConstant, tensorPlace } from '../format/model';
import { modelSchema } from '../format/schema/tables';
import { signaturesOf } from './signatures';
import { rootTable } from '../format/read/table';

/** Elements that a tensor may have once its free dimensions are fixed; runtimes count bytes in 32 bits. */
export const maximumElements = 2 ** 31 - 1;

export interface FreeDimension {
  /** The input's name in the signature. */
  readonly name: string;
  readonly tensorName: string;
  readonly dimension: number;
}

/**
 * The dimensions of a signature's inputs that the model leaves free.
 *
 * @param signature the signature's key; the first one when left out
 */
export function freeDimensions(model: Model, signature?: string): readonly FreeDimension[] {
  const signatures = signaturesOf(model);
  const chosen = signature === undefined ? signatures[0] : signatures.find(({ key }) => key === signature);
  return (chosen?.inputs ?? []).flatMap(({ name, tensorName, shape }) =>
    shape.flatMap((size, dimension) => (size === -1 ? [{ name, tensorName, dimension }] : [])));
}

/**
 * A copy of the model in which the named input tensors have the given shapes; free dimensions of other inputs stay.
 *
 * New shapes are appended to the copy and the tensors pointed to them, because converters may let tensors share
 * one vector: no other tensor can change that way.
 *
 * A batch is carried on: when all free leading dimensions of the inputs get one value, tensors that the ops
 * produce get it too, if their leading dimension is free and the file holds the same placeholder for it as for the inputs
 * (mostly 1). Where the placeholder differs, the dimension is a multiple of the batch or something else, and stays
 * free; so do free dimensions in other positions. Where the file holds −1 even in the placeholder's
 * place, a free leading dimension is taken for the batch. Runtimes compute the shapes of what ops produce
 * themselves when they allocate; what is carried on matters where a runtime states types before it has allocated.
 *
 * @param shapes shape by tensor name
 * @param known shapes that other tensors have then, by index: they count for more than what is carried on
 * @throws LitescopeError INVALID_SHAPE for a name that is no input, another rank, a changed fixed dimension, a size
 *   that is no whole number of at least 1, or tensors that share one description and would need two shapes
 */
export function fixShapes(bytes: Uint8Array, model: Model, shapes: Readonly<Record<string, readonly number[]>>, subgraph = 0, known: ReadonlyMap<number, readonly number[]> = new Map()): Uint8Array {
  const graph = model.subgraphs[subgraph];
  if (graph === undefined) throw new LitescopeError('INVALID_SHAPE', text.noSubgraph(subgraph));
  const inputs = graph.inputs.flatMap((index) => graph.tensors[index] ?? []);
  const fixed = new Map<number, readonly number[]>();
  for (const [name, shape] of Object.entries(shapes)) {
    const named = inputs.filter((tensor) => tensor.name === name);
    if (named.length === 0) throw new LitescopeError('INVALID_SHAPE', text.noInput(name), { place: places.subgraph(subgraph) });
    for (const tensor of named) {
      checkShape(tensor, shape, tensorPlace(subgraph, tensor.index));
      fixed.set(tensor.index, shape);
    }
  }
  const patches = new Map([...fixed].map(([index, shape]) => [index, { shape, signature: shape }]));
  for (const [index, patch] of carryBatch(model, graph, inputs, fixed)) patches.set(index, patch);
  for (const [index, shape] of known) patches.set(index, { shape, signature: shape });
  return patch(bytes, subgraph, patches);
}

interface Patch {
  readonly shape: readonly number[];
  readonly signature: readonly number[];
}

/** @throws LitescopeError INVALID_SHAPE with `place` when the tensor cannot have the shape */
export function checkShape(tensor: Tensor, shape: readonly number[], place: string): void {
  const declared = declaredShape(tensor);
  const fail = (details: string): never => {
    throw new LitescopeError('INVALID_SHAPE', text.otherShape(tensor.name, `[${declared.join(', ')}]`, `[${shape.join(', ')}]`, details), { place });
  };
  if (shape.length !== declared.length) fail(text.hasDimensions(declared.length));
  for (const [dimension, size] of shape.entries()) {
    const expected = declared[dimension];
    if (expected !== -1 && expected !== size) fail(text.isFixed(dimension));
    if (expected === -1 && !(Number.isInteger(size) && size >= 1)) fail(text.mustBeWhole(dimension));
  }
  if (elementCount(shape) > maximumElements) fail(text.moreElementsThan(maximumElements));
}

function carryBatch(model: Model, graph: SubGraph, inputs: readonly Tensor[], fixed: ReadonlyMap<number, readonly number[]>): Map<number, Patch> {
  const carried = new Map<number, Patch>();
  const leading = inputs.filter((tensor) => declaredShape(tensor)[0] === -1);
  const batches = new Set(leading.map((tensor) => fixed.get(tensor.index)?.[0]));
  const placeholders = new Set(leading.map((tensor) => tensor.shape[0]));
  const [batch] = batches;
  const [placeholder] = placeholders;
  if (batches.size !== 1 || placeholders.size !== 1 || batch === undefined) return carried;
  const edges = new Set(graph.inputs);
  for (const tensor of graph.tensors) {
    if (edges.has(tensor.index) || isConstant(model, tensor) || tensor.isVariable) continue;
    if (declaredShape(tensor)[0] !== -1 || tensor.shape[0] !== placeholder) continue;
    carried.set(tensor.index, { shape: [batch, ...tensor.shape.slice(1)], signature: [batch, ...declaredShape(tensor).slice(1)] });
  }
  return carried;
}

function patch(bytes: Uint8Array, subgraph: number, patches: ReadonlyMap<number, Patch>): Uint8Array {
  const vectors = new AppendedVectors(bytes.length);
  const offsets = new Map<number, number>();
  const owners = new Map<number, Patch | undefined>();
  const root = rootTable(modelSchema, bytes, 'Model');
  for (const [at, view] of Array.from(root.tables('subgraphs', (index) => places.subgraph(index))).entries()) {
    for (const [index, tensor] of Array.from(view.tables('tensors', (position) => tensorPlace(at, position))).entries()) {
      const wanted = at === subgraph ? patches.get(index) : undefined;
      if (owners.has(tensor.position) && !same(owners.get(tensor.position), wanted)) {
        throw new LitescopeError('INVALID_SHAPE', text.sharesItsDescription, { place: tensor.place });
      }
      owners.set(tensor.position, wanted);
      if (wanted === undefined) continue;
      const shape = tensor.vector('shape', 4);
      const signature = tensor.vector('shape_signature', 4);
      if (shape !== null) offsets.set(shape.field, vectors.add(wanted.shape));
      // An empty signature means none, whatever the rank.
      if (signature !== null && signature.count > 0) offsets.set(signature.field, vectors.add(wanted.signature));
    }
  }
  const patched = new Uint8Array(vectors.end);
  patched.set(bytes);
  const writer = new DataView(patched.buffer);
  vectors.write(writer);
  for (const [field, vector] of offsets) writer.setUint32(field, vector - field, true);
  return patched;
}

function same(one: Patch | undefined, other: Patch | undefined): boolean {
  return String(one?.shape) === String(other?.shape) && String(one?.signature) === String(other?.signature);
}

/** Vectors of int32 that will follow the file, each content once. */
class AppendedVectors {
  readonly #positions = new Map<string, { readonly position: number; readonly values: readonly number[] }>();
  end: number;

  constructor(fileBytes: number) {
    this.end = Math.ceil(fileBytes / 4) * 4;
  }

  /** The position at which the vector will lie. */
  add(values: readonly number[]): number {
    const key = values.join();
    const known = this.#positions.get(key);
    if (known !== undefined) return known.position;
    const position = this.end;
    this.#positions.set(key, { position, values });
    this.end += 4 + 4 * values.length;
    return position;
  }

  write(writer: DataView): void {
    for (const { position, values } of this.#positions.values()) {
      writer.setUint32(position, values.length, true);
      values.forEach((value, index) => writer.setInt32(position + 4 + 4 * index, value, true));
    }
  }
}
