import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import {
  type BooleanField, type BytesField, type EnumField, type Field, type NumberField, type ScalarKind, type Schema, type StringField, type TableField,
  type TablesField, type UnionField, type ValueOf, type VectorField, type WideField, layoutOf, scalarBytes,
} from '../schema/fields';
import { type Block, Blocks } from './blocks';
import { ByteParts, GrowingBytes } from './growing-bytes';
import type { UnknownFields } from '../read/unknown-fields';

/** Bytes that are to lie behind the FlatBuffer; in a record they stand for their position in the file. */
export class Behind {
  constructor(readonly bytes: Uint8Array) {}
}

interface UnknownContent { readonly unknownFields?: UnknownFields }

type InputOf<S extends Schema, F extends Field> =
  F extends WideField ? number | bigint | Behind
  : F extends VectorField ? ValueOf<F> | Uint8Array
  : F extends NumberField | BooleanField | EnumField | StringField | BytesField ? ValueOf<F>
  : F extends TableField<infer Name> ? RecordOf<S, Name & keyof S> | null
  : F extends TablesField<infer Name> ? readonly RecordOf<S, Name & keyof S>[] | null
  : F extends UnionField<infer Name> ? UnionRecord<S, Name & keyof S> | null
  : never;

/**
 * A table as a plain record. What is left out, null or the schema's default is left out of the file; an empty vector
 * is not. A vector of numbers may be given as the bytes of its elements, little-endian.
 */
export type RecordOf<S extends Schema, Name extends keyof S> = { readonly [Key in keyof S[Name]]?: InputOf<S, S[Name][Key]> } & UnknownContent;

export type UnionRecord<S extends Schema, Name extends keyof S> =
  | { readonly [Member in Name]: { readonly member: Member; readonly record: RecordOf<S, Member> } }[Name]
  | { readonly member: number; readonly record: Required<UnknownContent> };

type AnyRecord = Readonly<Record<string, unknown>> & UnknownContent;
interface AnyUnion { readonly member: string | number; readonly record: AnyRecord }

/**
 * Writes a FlatBuffer from records, by the same schema that reads it. Tables come first, each with its children
 * behind it; the content of byte vectors follows all tables, in the order in which it is met, so that the structure of
 * a large model lies together and weights are never copied until the parts are joined.
 *
 * @param identifier bytes 4 to 7 of the file
 * @returns the file in pieces, in order; large ones are the very arrays that were given
 * @throws LitescopeError CORRUPTED when the records refer to the same data so often that the file would grow without
 *   bound, INTERNAL for a value that its enum does not have
 */
export function writeFlatBuffer<S extends Schema, Name extends keyof S & string>(schema: S, root: Name, record: RecordOf<S, Name>, identifier: string): readonly Uint8Array[] {
  return new Writer(schema).write(root, record as AnyRecord, identifier);
}

const encoder = new TextEncoder();

class Writer {
  readonly #schema: Schema;
  readonly #out = new GrowingBytes();
  readonly #vtables = new Map<string, number>();
  readonly #inside = new Blocks();
  readonly #behind = new Blocks();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  write(root: string, record: AnyRecord, identifier: string): readonly Uint8Array[] {
    const out = this.#out;
    out.extend(4);
    out.append(encoder.encode(identifier));
    const rootTable = this.#table(root, record);
    out.view.setUint32(0, rootTable, true);
    this.#inside.checkGrowth(this.#behind);

    // Positions first: they go into the structure, which is the first part.
    let position = out.length;
    const placed: { readonly at: number; readonly block: Block }[] = [];
    for (const block of this.#inside.inOrder) {
      const start = alignedTo(position + 4, Math.max(4, block.alignment));
      for (const field of block.fields) out.view.setUint32(field, start - 4 - field, true);
      placed.push({ at: start, block });
      position = start + block.bytes.length;
    }
    const behindFrom = placed.length;
    for (const block of this.#behind.inOrder) {
      const start = alignedTo(position, block.alignment);
      for (const field of block.fields) out.view.setBigUint64(field, BigInt(start), true);
      placed.push({ at: start, block });
      position = start + block.bytes.length;
    }
    const parts = new ByteParts(out.bytes());
    placed.forEach(({ at, block }, index) => {
      if (index < behindFrom) {
        parts.padTo(at - 4);
        parts.addUint32(block.count);
      } else {
        parts.padTo(at);
      }
      parts.add(block.bytes);
    });
    return parts.finish();
  }

  /** @returns the table's position */
  #table(name: string, record: AnyRecord): number {
    const inline: Inline[] = [];
    const children: Child[] = [];
    for (const [key, { field, slot }] of layoutOf(this.#schema[name] ?? {})) {
      const value = record[key];
      if (value !== undefined && value !== null) this.#collect(name, key, field, slot, value, inline, children);
    }
    const position = this.#inlinePart(inline, children, record.unknownFields);
    for (const { at, write } of children) {
      const target = write(at);
      if (target !== null) this.#out.view.setUint32(at, target - at, true);
    }
    return position;
  }

  #collect(table: string, key: string, field: Field, slot: number, value: unknown, inline: Inline[], children: Child[]): void {
    switch (field.kind) {
      case 'number':
        if (!Object.is(value, field.fallback)) this.#scalar(inline, slot, field.scalar, value);
        break;
      case 'wide':
        if (value instanceof Behind) {
          inline.push({ slot, bytes: 8, put: (position) => { this.#behind.refer(value.bytes, 16, value.bytes.length, position); } });
        } else if (value !== field.fallback) {
          this.#scalar(inline, slot, field.scalar, value);
        }
        break;
      case 'boolean':
        if (value !== field.fallback) this.#scalar(inline, slot, 'bool', value);
        break;
      case 'enum': {
        const number = field.names.indexOf(value as string);
        if (number === -1) throw new LitescopeError('INTERNAL', text.noSuchValue(`${table}.${key}`, field.enumeration, String(value)));
        if (number !== field.fallback) this.#scalar(inline, slot, field.scalar, number);
        break;
      }
      case 'string': addChild(inline, children, slot, () => this.#string(value as string)); break;
      case 'bytes': addChild(inline, children, slot, (at) => this.#block(value as Uint8Array, field.alignment, 1, at)); break;
      case 'vector':
        addChild(inline, children, slot, (at) => this.#vector(field.element, field.alignment ?? 1, value as readonly unknown[] | Uint8Array, at));
        break;
      case 'table': addChild(inline, children, slot, () => this.#table(field.table, value as AnyRecord)); break;
      case 'tables':
        addChild(inline, children, slot, () => this.#offsets((value as readonly AnyRecord[]).map((record) => () => this.#table(field.table, record))));
        break;
      case 'union': {
        const { member, record } = value as AnyUnion;
        this.#scalar(inline, slot, 'uint8', typeof member === 'number' ? member : field.members.indexOf(member) + 1);
        addChild(inline, children, slot + 1, () => this.#table(typeof member === 'number' ? '' : member, record));
        break;
      }
      case 'deprecated': break;
    }
  }

  #scalar(inline: Inline[], slot: number, kind: ScalarKind, value: unknown): void {
    inline.push({ slot, bytes: scalarBytes[kind], put: (position) => { this.#putScalar(kind, position, value); } });
  }

  /** Writes vtable and fields; the widest fields come first, which needs the least padding. */
  #inlinePart(inline: readonly Inline[], children: readonly Child[], unknown: UnknownFields | undefined): number {
    const out = this.#out;
    const wide = inline.some(({ bytes }) => bytes === 8);
    const phase = unknown?.phase ?? (wide ? 4 : 0);
    const modulus = unknown === undefined ? (wide ? 8 : 4) : 16;
    const kept = 4 + (unknown?.bytes.length ?? 0);
    const offsets: number[] = [];
    let end = kept;
    const sorted = inline.toSorted((one, other) => other.bytes - one.bytes);
    const starts = sorted.map(({ slot, bytes }) => {
      const start = alignedTo(end + phase, bytes) - phase;
      offsets[slot] = start;
      end = start + bytes;
      return start;
    });
    for (const { slot, offset } of unknown?.fields ?? []) offsets[slot] = offset;
    const size = inline.length === 0 && unknown !== undefined ? Math.max(4, ...unknown.fields.map(({ offset }) => offset + 8)) : end;
    if (size > 0xffff) throw new LitescopeError('CORRUPTED', text.unknownFieldsTooFar);
    const vtable = this.#vtable(offsets, size);
    out.align(modulus, phase);
    const position = out.extend(end);
    out.view.setInt32(position, position - vtable, true);
    if (unknown !== undefined) out.set(position + 4, unknown.bytes);
    sorted.forEach(({ put }, index) => { put(position + (starts[index] ?? 0)); });
    if (children.length > 0) out.align(4, 0);
    return position;
  }

  /** Tables with the same fields share one vtable. */
  #vtable(offsets: readonly (number | undefined)[], size: number): number {
    const words = [4 + 2 * offsets.length, size, ...Array.from(offsets, (offset) => offset ?? 0)];
    const key = words.join();
    const known = this.#vtables.get(key);
    if (known !== undefined) return known;
    this.#out.align(4, 0);
    const position = this.#out.extend(2 * words.length);
    words.forEach((word, index) => { this.#out.view.setUint16(position + 2 * index, word, true); });
    this.#vtables.set(key, position);
    return position;
  }

  #vector(element: ScalarKind | 'string', alignment: number, values: readonly unknown[] | Uint8Array, field: number): number | null {
    if (element === 'string') return this.#offsets((values as readonly string[]).map((text) => () => this.#string(text)));
    const bytes = scalarBytes[element];
    if (values instanceof Uint8Array) return this.#block(values, Math.max(bytes, alignment), bytes, field);
    const elementAlignment = Math.max(4, bytes, alignment);
    const out = this.#out;
    out.align(elementAlignment, elementAlignment - 4);
    const position = out.extend(4 + bytes * values.length);
    out.view.setUint32(position, values.length, true);
    values.forEach((value, index) => { this.#putScalar(element, position + 4 + bytes * index, value); });
    return position;
  }

  #offsets(writers: readonly (() => number)[]): number {
    const out = this.#out;
    out.align(4, 0);
    const position = out.extend(4 + 4 * writers.length);
    out.view.setUint32(position, writers.length, true);
    writers.forEach((write, index) => {
      const target = write();
      const at = position + 4 + 4 * index;
      out.view.setUint32(at, target - at, true);
    });
    return position;
  }

  /** Strings end with a zero byte that does not count. */
  #string(value: string): number {
    const encoded = encoder.encode(value);
    const out = this.#out;
    out.align(4, 0);
    const position = out.extend(4 + encoded.length + 1);
    out.view.setUint32(position, encoded.length, true);
    out.set(position + 4, encoded);
    return position;
  }

  #block(bytes: Uint8Array, alignment: number, elementBytes: number, field: number): null {
    this.#inside.refer(bytes, alignment, bytes.length / elementBytes, field);
    return null;
  }

  #putScalar(kind: ScalarKind, position: number, value: unknown): void {
    const { view } = this.#out;
    const number = value as number;
    switch (kind) {
      case 'bool': view.setUint8(position, value === true ? 1 : 0); break;
      case 'int8': view.setInt8(position, number); break;
      case 'uint8': view.setUint8(position, number); break;
      case 'int16': view.setInt16(position, number, true); break;
      case 'uint16': view.setUint16(position, number, true); break;
      case 'int32': view.setInt32(position, number, true); break;
      case 'uint32': view.setUint32(position, number, true); break;
      case 'float32': view.setFloat32(position, number, true); break;
      case 'float64': view.setFloat64(position, number, true); break;
      case 'int64': view.setBigInt64(position, BigInt(value as number | bigint), true); break;
      case 'uint64': view.setBigUint64(position, BigInt(value as number | bigint), true); break;
    }
  }
}

/** A field's bytes in its table. */
interface Inline { readonly slot: number; readonly bytes: number; readonly put: (position: number) => void }
/** What a table points to: `write` gives its position, or null where a block takes note of the field itself. */
interface Child { at: number; readonly write: (field: number) => number | null }

function addChild(inline: Inline[], children: Child[], slot: number, write: Child['write']): void {
  const child: Child = { at: 0, write };
  children.push(child);
  inline.push({ slot, bytes: 4, put: (position) => { child.at = position; } });
}

function alignedTo(position: number, alignment: number): number {
  return Math.ceil(position / alignment) * alignment;
}
