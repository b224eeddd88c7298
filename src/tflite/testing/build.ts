import { Builder } from 'flatbuffers';
import { type ModelSchema, modelIdentifier, modelSchema } from '../format/schema/tables';
import { type Field, type PlacedField, type ScalarKind, type Schema, layoutOf, scalarBytes } from '../format/schema/fields';
import { metadataIdentifier, metadataSchema } from '../format/schema/metadata';

/** A table's fields by name; a union is `{ member, value }`, an enum its number. */
export interface Fields { readonly [field: string]: unknown }

/** A model file from nested records. Fields that are left out are left out of the file. */
export function buildModel(model: Fields, identifier: string = modelIdentifier): Uint8Array {
  return buildFlatBuffer(modelSchema, 'Model' satisfies keyof ModelSchema, model, identifier);
}

/** The content of a TFLITE_METADATA buffer. */
export function buildMetadata(metadata: Fields): Uint8Array {
  return buildFlatBuffer(metadataSchema, 'ModelMetadata', metadata, metadataIdentifier);
}

/** A valid model: `out = a + b` for float32 [1, 2], where b is constant. Records given replace its top-level fields. */
export function addition(changes: Fields = {}): Fields {
  return {
    version: 3,
    description: 'addition',
    operator_codes: [{ deprecated_builtin_code: 0, version: 1 }],
    buffers: [{}, { data: new Uint8Array(new Float32Array([3, 4]).buffer) }],
    subgraphs: [subgraph()],
    ...changes,
  };
}

export function subgraph(changes: Fields = {}): Fields {
  return {
    name: 'main',
    tensors: [tensor({ name: 'a' }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'out' })],
    inputs: [0],
    outputs: [2],
    operators: [{ opcode_index: 0, inputs: [0, 1], outputs: [2], builtin_options: { member: 'AddOptions', value: { fused_activation_function: 1 } } }],
    ...changes,
  };
}

export function tensor(changes: Fields = {}): Fields {
  return { shape: [1, 2], type: 0, ...changes };
}

/** Any FlatBuffer, written by the flatbuffers package: the project's own writer has no part in it. */
export function buildFlatBuffer(schema: Schema, root: string, record: Fields, identifier: string): Uint8Array {
  const builder = new Builder(1024);
  builder.finish(writeTable(builder, schema, root, record), identifier);
  return builder.asUint8Array().slice();
}

function writeTable(builder: Builder, schema: Schema, name: string, record: Fields): number {
  const layout = layoutOf(schema[name] ?? {});
  const offsets = new Map<string, number>();
  for (const [key, value] of Object.entries(record)) {
    const placed = layout.get(key);
    if (placed === undefined) throw new Error(`${name} has no field ${key}`);
    const offset = writeChild(builder, schema, placed.field, value);
    if (offset !== null) offsets.set(key, offset);
  }
  const slots = [...layout.values()].reduce((count, { field, slot }) => Math.max(count, slot + (field.kind === 'union' ? 2 : 1)), 0);
  builder.startObject(slots);
  for (const [key, value] of Object.entries(record)) writeField(builder, layout.get(key), value, offsets.get(key));
  return builder.endObject();
}

function writeField(builder: Builder, placed: PlacedField | undefined, value: unknown, offset: number | undefined): void {
  if (placed === undefined) return;
  const { field, slot } = placed;
  if (field.kind === 'union') {
    const { member } = value as { member: string | number };
    builder.addFieldInt8(slot, typeof member === 'number' ? member : field.members.indexOf(member) + 1, 0);
  }
  if (offset !== undefined) {
    builder.addFieldOffset(field.kind === 'union' ? slot + 1 : slot, offset, 0);
    return;
  }
  const scalar = field.kind === 'boolean' ? 'bool' : 'scalar' in field ? field.scalar : null;
  if (scalar === null) return;
  builder.prep(scalarBytes[scalar], 0);
  addScalar(builder, scalar, value);
  builder.slot(slot);
}

function writeChild(builder: Builder, schema: Schema, field: Field, value: unknown): number | null {
  switch (field.kind) {
    case 'string': return builder.createString(value as string);
    case 'bytes': return writeVector(builder, 'uint8', [...value as Uint8Array], field.alignment);
    case 'vector': {
      if (field.element === 'string') return writeOffsets(builder, (value as string[]).map((text) => builder.createString(text)));
      return writeVector(builder, field.element, value as unknown[], field.alignment ?? 1);
    }
    case 'table': return writeTable(builder, schema, field.table, value as Fields);
    case 'tables': return writeOffsets(builder, (value as Fields[]).map((record) => writeTable(builder, schema, field.table, record)));
    case 'union': {
      const { member, value: record } = value as { member: string | number; value: Fields };
      return writeTable(builder, schema, typeof member === 'number' ? 'AddOptions' : member, record);
    }
    default: return null;
  }
}

function writeVector(builder: Builder, element: ScalarKind, values: readonly unknown[], alignment: number): number {
  builder.startVector(scalarBytes[element], values.length, Math.max(alignment, scalarBytes[element]));
  for (const value of [...values].reverse()) addScalar(builder, element, value);
  return builder.endVector();
}

function writeOffsets(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of [...offsets].reverse()) builder.addOffset(offset);
  return builder.endVector();
}

function addScalar(builder: Builder, kind: ScalarKind, value: unknown): void {
  const number = Number(value);
  switch (kind) {
    case 'bool': case 'int8': case 'uint8': builder.addInt8(number); break;
    case 'int16': case 'uint16': builder.addInt16(number); break;
    case 'int32': case 'uint32': builder.addInt32(number); break;
    case 'float32': builder.addFloat32(number); break;
    case 'float64': builder.addFloat64(number); break;
    case 'int64': case 'uint64': builder.addInt64(BigInt(value as number | bigint)); break;
  }
}
