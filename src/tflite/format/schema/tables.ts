/**
 * The TFLite FlatBuffer (schema version 3 with its extensions 3a to 3d) as one record of data: every table, its
 * fields in slot order. Integrity rules that the schema cannot say are in verify.ts.
 */
import { type Schema, type ValuesOf, boolean, bytes, enumeration, int32, int8, string, table, tables, uint32, uint64, union, vector } from './fields';
import { builtinOptions, tensorType } from './options';
import { builtinOptions2 } from './stablehlo';
import type { UnknownFields } from '../read/unknown-fields';

export type OptionsTable = keyof typeof builtinOptions;
export type OptionsTable2 = keyof typeof builtinOptions2;

const optionTables = Object.keys(builtinOptions) as OptionsTable[];
const optionTables2 = Object.keys(builtinOptions2) as OptionsTable2[];
const sparseIndexVector = union(['Int32Vector', 'Uint16Vector', 'Uint8Vector']);

/** Bytes 4 to 7 of every model. */
export const modelIdentifier = 'TFL3';
/** The one value of `Model.version` that can be read. */
export const schemaVersion = 3;

export const modelSchema = {
  Model: {
    version: uint32(),
    operator_codes: tables('OperatorCode'),
    subgraphs: tables('SubGraph'),
    description: string(),
    buffers: tables('Buffer'),
    metadata_buffer: vector('int32'),
    metadata: tables('Metadata'),
    signature_defs: tables('SignatureDef'),
    external_buffer_groups: tables('ExternalBufferGroup'),
    external_buffers: tables('ExternalBuffer'),
  },
  OperatorCode: { deprecated_builtin_code: int8(), custom_code: string(), version: int32(1), builtin_code: int32() },
  SubGraph: {
    tensors: tables('Tensor'),
    inputs: vector('int32'),
    outputs: vector('int32'),
    operators: tables('Operator'),
    name: string(),
    debug_metadata_index: int32(-1),
  },
  Tensor: {
    shape: vector('int32'),
    type: tensorType,
    buffer: uint32(),
    name: string(),
    quantization: table('QuantizationParameters'),
    is_variable: boolean(),
    sparsity: table('SparsityParameters'),
    shape_signature: vector('int32'),
    has_rank: boolean(),
    variant_tensors: tables('VariantSubType'),
    external_buffer: uint32(),
  },
  QuantizationParameters: {
    min: vector('float32'),
    max: vector('float32'),
    scale: vector('float32'),
    zero_point: vector('int64'),
    details: union(['CustomQuantization', 'BlockwiseQuantization', 'MultiAxisQuantization']),
    quantized_dimension: int32(),
  },
  CustomQuantization: { custom: bytes(16) },
  BlockwiseQuantization: { scales: int32(), zero_points: int32(), block_size: int32() },
  MultiAxisQuantization: { scales: int32(), zero_points: int32(), block_size: int32(), quantized_dimensions: vector('int32') },
  SparsityParameters: { traversal_order: vector('int32'), block_map: vector('int32'), dim_metadata: tables('DimensionMetadata') },
  DimensionMetadata: {
    format: enumeration('DimensionType', ['DENSE', 'SPARSE_CSR']),
    dense_size: int32(),
    array_segments: sparseIndexVector,
    array_indices: sparseIndexVector,
  },
  Int32Vector: { values: vector('int32') },
  Uint16Vector: { values: vector('uint16', 4) },
  Uint8Vector: { values: bytes(4) },
  VariantSubType: { shape: vector('int32'), type: tensorType, has_rank: boolean() },
  Operator: {
    opcode_index: uint32(),
    inputs: vector('int32'),
    outputs: vector('int32'),
    builtin_options: union(optionTables),
    custom_options: bytes(),
    custom_options_format: enumeration('CustomOptionsFormat', ['FLEXBUFFERS']),
    mutating_variable_inputs: vector('bool'),
    intermediates: vector('int32'),
    large_custom_options_offset: uint64(),
    large_custom_options_size: uint64(),
    builtin_options_2: union(optionTables2),
    debug_metadata_index: int32(-1),
  },
  Buffer: { data: bytes(16), offset: uint64(), size: uint64() },
  Metadata: { name: string(), buffer: uint32() },
  SignatureDef: {
    inputs: tables('TensorMap'),
    outputs: tables('TensorMap'),
    signature_key: string(),
    deprecated_tag: { kind: 'deprecated' },
    subgraph_index: uint32(),
  },
  TensorMap: { name: string(), tensor_index: uint32() },
  ExternalBufferGroup: { name: string() },
  ExternalBuffer: { id: uint32(), group: uint32(), offset: uint64(), length: uint64(), packing: string() },
  ...builtinOptions,
  ...builtinOptions2,
} as const satisfies Schema;
export type ModelSchema = typeof modelSchema;

/** One options table with its values: narrow on `table` to get the values' types. */
type Options<Tables extends keyof ModelSchema> = {
  readonly [Name in Tables]: { readonly table: Name; readonly values: ValuesOf<ModelSchema[Name]>; readonly unknownFields?: UnknownFields }
}[Tables];

/** Settings whose table is newer than this schema, as they lie in the file. */
export interface UnknownOptions {
  readonly table: 'unknown';
  readonly values: { readonly union: 'BuiltinOptions' | 'BuiltinOptions2'; readonly member: number };
  readonly content: UnknownFields;
}

/** An op's own settings, by the name of their table; `unknown` for a union member newer than this schema. */
export type OperatorOptions = Options<OptionsTable | OptionsTable2> | UnknownOptions;
