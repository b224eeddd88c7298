import { tflitePlaces as places } from '../../messages/tflite-places';
import type { DType } from '../../tensor/dtype';
import type { Quantization } from '../../tensor/quantization';
import type { OperatorOptions } from './schema/tables';
import type { BuiltinOperator } from './schema/operators';
import type { UnknownFields } from './read/unknown-fields';

/**
 * A vector that the file leaves out reads as this one empty vector: who asks for elements need not care, and
 * the writer leaves it out again. Any other empty vector is written as an empty vector.
 */
export const absent: readonly never[] = Object.freeze([]);

/** What any table of a file may hold beyond this schema; the writer puts it back. */
interface Extensible {
  readonly unknownFields?: UnknownFields;
}

/**
 * A parsed file. Nothing is copied out of `bytes` except structure; weights are views of it.
 *
 * A pass changes a model by making a new one that shares what stays the same (`{ ...model, subgraphs }`); edit.ts has
 * the usual steps. Where something is stated twice, `writeModel` goes by positions in lists and by `opcodeIndex`;
 * `index` and `code` are there for readers.
 */
export interface Model extends Extensible {
  /** The whole file, as it was given; for an edited model the one that it began as, empty for one made from nothing. */
  readonly bytes: Uint8Array;
  readonly version: number;
  readonly description: string;
  readonly operatorCodes: readonly OperatorCode[];
  readonly subgraphs: readonly SubGraph[];
  readonly buffers: readonly ModelBuffer[];
  readonly metadata: readonly MetadataEntry[];
  readonly signatures: readonly SignatureDef[];
  readonly externalBufferGroups: readonly ExternalBufferGroup[];
  readonly externalBuffers: readonly ExternalBuffer[];
  /** Indices of buffers with metadata as files stated them before `metadata` had names. */
  readonly legacyMetadata: readonly number[];
}

export interface OperatorCode extends Extensible {
  /** `CONV_2D`; for a custom op its own name; `BUILTIN_230` for an op newer than the schema here. */
  readonly name: BuiltinOperator | (string & {});
  readonly custom: boolean;
  /** The built-in op's number; 32 for custom ops. */
  readonly builtinCode: number;
  readonly version: number;
}

export interface SubGraph extends Extensible {
  readonly index: number;
  readonly name: string;
  readonly tensors: readonly Tensor[];
  /** Indices of tensors, in the order in which callers give them. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** In order of execution. */
  readonly operators: readonly Operator[];
  /** Where debug metadata describes the subgraph; −1 for nowhere. */
  readonly debugMetadata: number;
}

export interface Tensor extends Extensible {
  readonly index: number;
  readonly name: string;
  readonly dtype: DType;
  /** As stored; a free dimension usually holds 1 here and −1 in `shapeSignature`. */
  readonly shape: readonly number[];
  /** The shape with −1 for free dimensions; null where the file has none. */
  readonly shapeSignature: readonly number[] | null;
  /** Tells a scalar (`true`) from a tensor of unknown rank; old files do not state it. */
  readonly hasRank: boolean;
  /** Index into the model's buffers; 0 means none. */
  readonly buffer: number;
  /** The id of one of the model’s external buffers; 0 means none. */
  readonly externalBuffer: number;
  readonly quantization: TensorQuantization | null;
  /** State that lives from one run to the next. */
  readonly isVariable: boolean;
  readonly sparsity: Sparsity | null;
  readonly variants: readonly VariantType[];
}

/** Quantization as the file states it; `scale` is empty where it only records a range or has details. */
export interface TensorQuantization extends Quantization, Extensible {
  /** Those beyond 2⁵³ are the nearest number; `writeModel` refuses them. */
  readonly zeroPoint: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly details: QuantizationDetails | null;
}

export type QuantizationDetails = Extensible & (
  | { readonly kind: 'custom'; readonly bytes: Uint8Array }
  /** `scales` and `zeroPoints` are tensors of the same subgraph; −1 stands for zero points of 0. */
  | { readonly kind: 'blockwise'; readonly scales: number; readonly zeroPoints: number; readonly blockSize: number }
  | { readonly kind: 'multi-axis'; readonly scales: number; readonly zeroPoints: number; readonly blockSize: number; readonly dimensions: readonly number[] }
  | { readonly kind: 'unknown'; readonly member: number; readonly content: UnknownFields }
);

export interface VariantType extends Extensible {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly hasRank: boolean;
}

/** How a sparse tensor's buffer is laid out (the TACO format). */
export interface Sparsity extends Extensible {
  readonly traversalOrder: readonly number[];
  readonly blockMap: readonly number[];
  readonly dimensions: readonly SparseDimension[];
}

export interface SparseDimension extends Extensible {
  readonly format: 'DENSE' | 'SPARSE_CSR';
  readonly denseSize: number;
  readonly segments: SparseIndices | null;
  readonly indices: SparseIndices | null;
}

/** Little-endian unsigned or non-negative integers of `elementBytes` each, as a view of the file. */
export interface SparseIndices {
  readonly elementBytes: 1 | 2 | 4;
  readonly bytes: Uint8Array;
}

export interface Operator extends Extensible {
  readonly index: number;
  /** Index into the model's operator codes; `code` is that entry. */
  readonly opcodeIndex: number;
  readonly code: OperatorCode;
  /** Indices of tensors; −1 is an optional input that is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: OperatorOptions | null;
  /** What the second union of settings holds in a file that fills both; runtimes read the one that belongs to the op's code. */
  readonly secondOptions?: OperatorOptions;
  /** A custom op's settings (mostly a FlexBuffer), as a view of the file. */
  readonly customOptions: Uint8Array | null;
  readonly mutatingVariableInputs: readonly boolean[];
  readonly intermediates: readonly number[];
  /** Where debug metadata describes the op; −1 for nowhere. */
  readonly debugMetadata: number;
}

export interface ModelBuffer extends Extensible {
  readonly index: number;
  /** A view of the file, empty for a buffer without data. */
  readonly data: Uint8Array;
  /** Where `data` starts in the file; null without data. */
  readonly position: number | null;
  /** `after` where the data follows the FlatBuffer, as in models above 2 GB. */
  readonly storage: 'inside' | 'after';
}

export interface ExternalBufferGroup extends Extensible {
  readonly name: string;
}

export interface ExternalBuffer extends Extensible {
  readonly id: number;
  readonly group: number;
  readonly offset: number;
  readonly length: number;
  readonly packing: string;
}

export interface MetadataEntry extends Extensible {
  readonly name: string;
  readonly buffer: number;
}

export interface SignatureDef extends Extensible {
  readonly key: string;
  readonly subgraph: number;
  readonly inputs: readonly TensorAlias[];
  readonly outputs: readonly TensorAlias[];
}

export interface TensorAlias extends Extensible {
  readonly name: string;
  readonly tensor: number;
}

/** The shape with −1 for free dimensions, whichever field states it. A signature that is no shape of the tensor's rank says nothing. */
export function declaredShape(tensor: Tensor): readonly number[] {
  return tensor.shapeSignature !== null && tensor.shapeSignature.length > 0 && fitsSignature(tensor) ? tensor.shapeSignature : tensor.shape;
}

/** Whether the file says what the tensor's shape is. An empty one is a scalar's where the file says so, and in old files none at all. */
export function statesShape(tensor: Tensor): boolean {
  return !declaredShape(tensor).includes(-1) && (tensor.shape.length > 0 || tensor.hasRank);
}

/** Whether the tensor's signature, if it has one, is a shape of its rank. */
export function fitsSignature({ shape, shapeSignature }: Pick<Tensor, 'shape' | 'shapeSignature'>): boolean {
  if (shapeSignature === null || shapeSignature.length === 0) return true;
  return shapeSignature.length === shape.length && shapeSignature.every((size) => size >= -1);
}

/** Whether the file carries the tensor's values. */
export function isConstant(model: Model, tensor: Tensor): boolean {
  return tensor.externalBuffer > 0 || (model.buffers[tensor.buffer]?.data.length ?? 0) > 0;
}

/** `subgraph 0, op 12, CONV_2D`; a custom op's name may be of any length and is cut. */
export function operatorPlace(subgraph: number, operator: number, name: string): string {
  return places.operator(subgraph, operator, name.slice(0, 100));
}

/** `subgraph 0, tensor 5` */
export function tensorPlace(subgraph: number, tensor: number): string {
  return places.tensor(subgraph, tensor);
}

/** The subgraphs that an op's settings name. */
export function callsOf({ options }: Operator): readonly number[] {
  if (options === null || options.table === 'unknown') return [];
  return Object.entries(options.values).flatMap(([field, value]: [string, unknown]) => {
    if (field.endsWith('subgraph_index') || (options.table === 'CallOptions' && field === 'subgraph')) return [Number(value)];
    const many = field.endsWith('subgraph_indices') || field === 'called_computations';
    return many && Array.isArray(value) ? value.map(Number) : [];
  });
}
