import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { tflitePlaces as places } from '../../../messages/tflite-places';
import { identify } from '../identify';
import {
  type MetadataEntry, type Model, type ModelBuffer, type Operator, type OperatorCode, type SignatureDef, type SubGraph, type TensorAlias,
  absent, operatorPlace, tensorPlace,
} from '../model';
import { type ModelSchema, type OperatorOptions, modelSchema, schemaVersion } from '../schema/tables';
import { builtinOperators, customOperatorCode } from '../schema/operators';
import type { Source } from './source';
import { type TableView, type UnionView, UnknownValue, rootTable } from './table';
import { readTensor } from './tensors';
import { unknownFields, wholeTable } from './unknown-fields';

type View<Name extends keyof ModelSchema> = TableView<ModelSchema, Name>;

/**
 * Reads a model's structure; weights stay where they are, as views of `bytes`. Sound for hostile bytes: every
 * position is checked, and the work is bounded by the file's size. What the structure means is left to `verify`.
 *
 * @throws LitescopeError EMPTY_FILE, NOT_TFLITE, WRONG_IDENTIFIER, UNSUPPORTED_SCHEMA_VERSION, TRUNCATED or CORRUPTED
 */
export function readModel(bytes: Uint8Array): Model {
  identify(bytes);
  const root = rootTable(modelSchema, bytes, 'Model');
  const version = root.value('version');
  if (version !== schemaVersion) throw new LitescopeError('UNSUPPORTED_SCHEMA_VERSION', text.versionIs(version), { place: places.header });
  const operatorCodes = Array.from(root.tables('operator_codes', (index) => places.operatorCode(index)), readOperatorCode);
  return {
    bytes,
    version,
    description: root.value('description') ?? '',
    operatorCodes,
    subgraphs: Array.from(root.tables('subgraphs', (index) => places.subgraph(index)), (view, index) => readSubGraph(view, index, operatorCodes)),
    buffers: Array.from(root.tables('buffers', (index) => places.buffer(index)), readBuffer),
    metadata: Array.from(root.tables('metadata', (index) => places.metadata(index)), readMetadataEntry),
    signatures: Array.from(root.tables('signature_defs', (index) => places.signature(index)), readSignature),
    externalBufferGroups: Array.from(root.tables('external_buffer_groups', (index) => places.externalBufferGroup(index)), (view) => ({ name: view.value('name') ?? '', ...unknownFields(view) })),
    externalBuffers: Array.from(root.tables('external_buffers', (index) => places.externalBuffer(index)), (view) => ({
      id: view.value('id'),
      group: view.value('group'),
      offset: toSafe(view.value('offset'), 'offset', view.place),
      length: toSafe(view.value('length'), 'length', view.place),
      packing: view.value('packing') ?? '',
      ...unknownFields(view),
    })),
    legacyMetadata: root.value('metadata_buffer') ?? absent,
    ...unknownFields(root),
  };
}

function readOperatorCode(view: View<'OperatorCode'>): OperatorCode {
  // Old files fill only the first field, an int8; new ones put 127 there for codes beyond it.
  const builtinCode = Math.max(view.value('deprecated_builtin_code'), view.value('builtin_code'));
  const custom = builtinCode === customOperatorCode;
  const name = custom ? view.value('custom_code') ?? '' : builtinOperators[builtinCode] ?? `BUILTIN_${builtinCode}`;
  return { name, custom, builtinCode, version: view.value('version'), ...unknownFields(view) };
}

function readSubGraph(view: View<'SubGraph'>, index: number, operatorCodes: readonly OperatorCode[]): SubGraph {
  return {
    index,
    name: view.value('name') ?? '',
    tensors: Array.from(view.tables('tensors', (tensor) => tensorPlace(index, tensor)), readTensor),
    inputs: view.value('inputs') ?? absent,
    outputs: view.value('outputs') ?? absent,
    operators: Array.from(view.tables('operators', (operator) => places.op(index, operator)), (operator, at) => readOperator(operator, index, at, operatorCodes)),
    debugMetadata: view.value('debug_metadata_index'),
    ...unknownFields(view),
  };
}

function readOperator(view: View<'Operator'>, subgraph: number, index: number, operatorCodes: readonly OperatorCode[]): Operator {
  const opcodeIndex = view.value('opcode_index');
  const code = operatorCodes[opcodeIndex] ?? missingCode(opcodeIndex);
  view.place = operatorPlace(subgraph, index, code.name);
  const first = readOptions('BuiltinOptions', view.union('builtin_options'));
  const second = readOptions('BuiltinOptions2', view.union('builtin_options_2'));
  return {
    index,
    opcodeIndex,
    code,
    inputs: view.value('inputs') ?? absent,
    outputs: view.value('outputs') ?? absent,
    options: first ?? second,
    ...(first === null || second === null ? {} : { secondOptions: second }),
    customOptions: readCustomOptions(view),
    mutatingVariableInputs: view.value('mutating_variable_inputs') ?? absent,
    intermediates: view.value('intermediates') ?? absent,
    debugMetadata: view.value('debug_metadata_index'),
    ...unknownFields(view),
  };
}

/** Stands for a code that the file does not list; `verify` says so. */
function missingCode(index: number): OperatorCode {
  return { name: `OPERATOR_CODE_${index}`, custom: false, builtinCode: -1, version: 1 };
}

function readOptions(union: 'BuiltinOptions' | 'BuiltinOptions2', options: UnionView<ModelSchema, Exclude<OperatorOptions['table'], 'unknown'>> | null): OperatorOptions | null {
  if (options === null) return null;
  if (!options.known) return { table: 'unknown', values: { union, member: options.member }, content: options.content };
  try {
    // The pair is one of the union's by construction; TypeScript loses the link between name and values.
    return { table: options.name, values: options.view.values(), ...unknownFields(options.view) } as OperatorOptions;
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return { table: 'unknown', values: { union, member: options.member }, content: wholeTable(options.view) };
  }
}

function readCustomOptions(view: View<'Operator'>): Uint8Array | null {
  const after = bytesAfter(view.source, view.value('large_custom_options_offset'), view.value('large_custom_options_size'), view.place);
  return after?.data ?? view.value('custom_options');
}

function readBuffer(view: View<'Buffer'>, index: number): ModelBuffer {
  const after = bytesAfter(view.source, view.value('offset'), view.value('size'), view.place);
  if (after !== null) return { index, ...after, storage: 'after', ...unknownFields(view) };
  const data = view.value('data') ?? new Uint8Array(0);
  return { index, data, position: data.length === 0 ? null : data.byteOffset - view.source.bytes.byteOffset, storage: 'inside', ...unknownFields(view) };
}

/** Data that a writer put behind the FlatBuffer; offsets of 0 and 1 mean that there is none. */
function bytesAfter(source: Source<ModelSchema>, offset: number | bigint, size: number | bigint, place: string): { data: Uint8Array; position: number } | null {
  if (offset <= 1) return null;
  const position = toSafe(offset, 'offset', place);
  const length = toSafe(size, 'size', place);
  source.demand(position, length, text.dataBehind, place);
  return { data: source.bytes.subarray(position, position + length), position };
}

function readMetadataEntry(view: View<'Metadata'>): MetadataEntry {
  return { name: view.value('name') ?? '', buffer: view.value('buffer'), ...unknownFields(view) };
}

function readSignature(view: View<'SignatureDef'>): SignatureDef {
  return {
    key: view.value('signature_key') ?? '',
    subgraph: view.value('subgraph_index'),
    inputs: Array.from(view.tables('inputs', (index) => places.input(view.place, index)), readAlias),
    outputs: Array.from(view.tables('outputs', (index) => places.output(view.place, index)), readAlias),
    ...unknownFields(view),
  };
}

function readAlias(view: View<'TensorMap'>): TensorAlias {
  return { name: view.value('name') ?? '', tensor: view.value('tensor_index'), ...unknownFields(view) };
}

function toSafe(value: number | bigint, what: string, place: string): number {
  if (typeof value === 'number') return value;
  throw new LitescopeError('CORRUPTED', text.valueIs(what, String(value)), { place });
}
