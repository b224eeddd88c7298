import { type Model, type ModelBuffer, type Operator, type OperatorCode, type QuantizationDetails, type SignatureDef, type SparseDimension, type SparseIndices, type Sparsity, type SubGraph, type Tensor, type TensorAlias, type TensorQuantization, absent } from '../model';
import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { namedTensorPlace } from '../notes';
import { Behind, type RecordOf, type UnionRecord } from './flatbuffer-writer';
import type { ModelSchema, OperatorOptions, OptionsTable, OptionsTable2 } from '../schema/tables';
import { builtinOptions } from '../schema/options';

type ModelRecord<Name extends keyof ModelSchema> = RecordOf<ModelSchema, Name>;

/** The highest code that the old, signed byte holds; it stands there for every code beyond it. */
const placeholderCode = 127;

/**
 * A model as the record from which its FlatBuffer is written; weights stay the views that they are.
 *
 * @param dataBehind puts all weights and custom options behind the FlatBuffer, not only those that were there
 */
export function recordOf(model: Model, dataBehind: boolean): ModelRecord<'Model'> {
  return {
    version: model.version,
    operator_codes: model.operatorCodes.map(operatorCodeRecord),
    subgraphs: model.subgraphs.map((subgraph) => subgraphRecord(subgraph, dataBehind)),
    description: textOrNull(model.description),
    buffers: model.buffers.map((buffer) => bufferRecord(buffer, dataBehind)),
    metadata_buffer: presentOrNull(model.legacyMetadata),
    metadata: filledOrNull(model.metadata.map(({ name, buffer, ...rest }) => ({ name, buffer, ...unknownOf(rest) }))),
    signature_defs: filledOrNull(model.signatures.map(signatureRecord)),
    external_buffer_groups: filledOrNull(model.externalBufferGroups.map(({ name, ...rest }) => ({ name: textOrNull(name), ...unknownOf(rest) }))),
    external_buffers: filledOrNull(model.externalBuffers.map(({ id, group, offset, length, packing, ...rest }) => (
      { id, group, offset, length, packing: textOrNull(packing), ...unknownOf(rest) }))),
    ...unknownOf(model),
  };
}

function operatorCodeRecord(code: OperatorCode): ModelRecord<'OperatorCode'> {
  return {
    deprecated_builtin_code: Math.min(code.builtinCode, placeholderCode),
    custom_code: code.custom ? code.name : null,
    version: code.version,
    builtin_code: code.builtinCode,
    ...unknownOf(code),
  };
}

function subgraphRecord(subgraph: SubGraph, dataBehind: boolean): ModelRecord<'SubGraph'> {
  return {
    tensors: subgraph.tensors.map((tensor) => tensorRecord(tensor, subgraph.index)),
    inputs: presentOrNull(subgraph.inputs),
    outputs: presentOrNull(subgraph.outputs),
    operators: subgraph.operators.map((operator) => operatorRecord(operator, dataBehind)),
    name: textOrNull(subgraph.name),
    debug_metadata_index: subgraph.debugMetadata,
    ...unknownOf(subgraph),
  };
}

function tensorRecord(tensor: Tensor, subgraph: number): ModelRecord<'Tensor'> {
  if (tensor.quantization?.zeroPoint.every(Number.isSafeInteger) === false) {
    throw new LitescopeError('INVALID_QUANTIZATION', text.zeroPointTooLarge, { place: namedTensorPlace(subgraph, tensor) });
  }
  return {
    shape: presentOrNull(tensor.shape),
    type: tensor.dtype,
    buffer: tensor.buffer,
    name: textOrNull(tensor.name),
    quantization: tensor.quantization === null ? null : quantizationRecord(tensor.quantization),
    is_variable: tensor.isVariable,
    sparsity: tensor.sparsity === null ? null : sparsityRecord(tensor.sparsity),
    shape_signature: tensor.shapeSignature,
    has_rank: tensor.hasRank,
    variant_tensors: presentOrNull(tensor.variants)?.map(({ shape, dtype, hasRank, ...rest }) => (
      { shape: presentOrNull(shape), type: dtype, has_rank: hasRank, ...unknownOf(rest) })) ?? null,
    external_buffer: tensor.externalBuffer,
    ...unknownOf(tensor),
  };
}

function quantizationRecord(quantization: TensorQuantization): ModelRecord<'QuantizationParameters'> {
  return {
    min: presentOrNull(quantization.min),
    max: presentOrNull(quantization.max),
    scale: presentOrNull(quantization.scale),
    zero_point: presentOrNull(quantization.zeroPoint),
    details: quantization.details === null ? null : detailsRecord(quantization.details),
    quantized_dimension: quantization.dimension,
    ...unknownOf(quantization),
  };
}

function detailsRecord(details: QuantizationDetails): UnionRecord<ModelSchema, 'CustomQuantization' | 'BlockwiseQuantization' | 'MultiAxisQuantization'> {
  switch (details.kind) {
    case 'custom': return { member: 'CustomQuantization', record: { custom: details.bytes, ...unknownOf(details) } };
    case 'blockwise': return {
      member: 'BlockwiseQuantization',
      record: { scales: details.scales, zero_points: details.zeroPoints, block_size: details.blockSize, ...unknownOf(details) },
    };
    case 'multi-axis': return {
      member: 'MultiAxisQuantization',
      record: {
        scales: details.scales, zero_points: details.zeroPoints, block_size: details.blockSize, quantized_dimensions: presentOrNull(details.dimensions), ...unknownOf(details),
      },
    };
    case 'unknown': return { member: details.member, record: { unknownFields: details.content } };
  }
}

function sparsityRecord(sparsity: Sparsity): ModelRecord<'SparsityParameters'> {
  return {
    traversal_order: presentOrNull(sparsity.traversalOrder),
    block_map: presentOrNull(sparsity.blockMap),
    dim_metadata: sparsity.dimensions.map(({ format, denseSize, segments, indices, ...rest }: SparseDimension) => ({
      format,
      dense_size: denseSize,
      array_segments: indicesRecord(segments),
      array_indices: indicesRecord(indices),
      ...unknownOf(rest),
    })),
    ...unknownOf(sparsity),
  };
}

function indicesRecord(indices: SparseIndices | null): UnionRecord<ModelSchema, 'Int32Vector' | 'Uint16Vector' | 'Uint8Vector'> | null {
  if (indices === null) return null;
  const { elementBytes, bytes: values } = indices;
  switch (elementBytes) {
    case 1: return { member: 'Uint8Vector', record: { values } };
    case 2: return { member: 'Uint16Vector', record: { values } };
    case 4: return { member: 'Int32Vector', record: { values } };
  }
}

function operatorRecord(operator: Operator, dataBehind: boolean): ModelRecord<'Operator'> {
  const { customOptions } = operator;
  const behind = dataBehind && customOptions !== null && customOptions.length > 0;
  return {
    opcode_index: operator.opcodeIndex,
    inputs: presentOrNull(operator.inputs),
    outputs: presentOrNull(operator.outputs),
    ...optionsRecord(operator),
    ...(behind
      ? { large_custom_options_offset: new Behind(customOptions), large_custom_options_size: customOptions.length }
      : { custom_options: customOptions }),
    mutating_variable_inputs: presentOrNull(operator.mutatingVariableInputs),
    intermediates: presentOrNull(operator.intermediates),
    debug_metadata_index: operator.debugMetadata,
    ...unknownOf(operator),
  };
}

/** The record's fields for the op's settings: there are two unions, and a table is a member of one of them. */
function optionsRecord({ options, secondOptions }: Operator): Pick<ModelRecord<'Operator'>, 'builtin_options' | 'builtin_options_2'> {
  return { ...unionRecord(secondOptions ?? null), ...unionRecord(options) };
}

function unionRecord(options: OperatorOptions | null): Pick<ModelRecord<'Operator'>, 'builtin_options' | 'builtin_options_2'> {
  if (options === null) return {};
  if (options.table === 'unknown') {
    const unknown = { member: options.values.member, record: { unknownFields: options.content } };
    return options.values.union === 'BuiltinOptions' ? { builtin_options: unknown } : { builtin_options_2: unknown };
  }
  const known = { member: options.table, record: { ...options.values, ...unknownOf(options) } };
  // The pair is one of the union's by construction; TypeScript loses the link between name and values.
  return isFirstUnion(options.table)
    ? { builtin_options: known as ModelRecord<'Operator'>['builtin_options'] & object }
    : { builtin_options_2: known as ModelRecord<'Operator'>['builtin_options_2'] & object };
}

function isFirstUnion(table: OptionsTable | OptionsTable2): table is OptionsTable {
  return Object.hasOwn(builtinOptions, table);
}

function bufferRecord(buffer: ModelBuffer, dataBehind: boolean): ModelRecord<'Buffer'> {
  const { data } = buffer;
  if (buffer.storage === 'after' || (dataBehind && data.length > 0)) return { offset: new Behind(data), size: data.length, ...unknownOf(buffer) };
  return { data: data.length === 0 ? null : data, ...unknownOf(buffer) };
}

/** Runtimes read the key and the names of a signature without asking whether they are there. */
function signatureRecord(signature: SignatureDef): ModelRecord<'SignatureDef'> {
  const alias = ({ name, tensor, ...rest }: TensorAlias): ModelRecord<'TensorMap'> => ({ name, tensor_index: tensor, ...unknownOf(rest) });
  return {
    inputs: signature.inputs.map(alias),
    outputs: signature.outputs.map(alias),
    signature_key: signature.key,
    subgraph_index: signature.subgraph,
    ...unknownOf(signature),
  };
}

function unknownOf<Content>({ unknownFields }: { readonly unknownFields?: Content }): { readonly unknownFields?: Content } {
  return unknownFields === undefined ? {} : { unknownFields };
}

function presentOrNull<Element>(vector: readonly Element[]): readonly Element[] | null {
  return vector === absent ? null : vector;
}

function filledOrNull<Element>(records: readonly Element[]): readonly Element[] | null {
  return records.length === 0 ? null : records;
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
