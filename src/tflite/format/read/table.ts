import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { tflitePlaces as places } from '../../../messages/tflite-places';
import {
  type Field, type PlacedField, type ScalarKind, type Schema, type TableField, type TablesField, type UnionField, type ValueFieldName, type ValueOf, type ValuesOf,
  layoutOf, scalarBytes,
} from '../schema/fields';
import { Source } from './source';
import { type UnknownFields, wholeTable } from './unknown-fields';

// A byte order mark is part of a name like any other character: it must be there when the name is written again.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The table that bytes 0 to 3 of a FlatBuffer point to.
 *
 * @throws LitescopeError TRUNCATED or CORRUPTED when it does not lie in the file
 */
export function rootTable<S extends Schema, Name extends keyof S & string>(schema: S, bytes: Uint8Array, name: Name, place = places.header): TableView<S, Name> {
  const source = new Source(schema, bytes);
  source.demand(0, 4, text.rootOffset, place);
  return new TableView(source, name, source.target(0, text.theFile, 'root', place), place);
}

type FieldsOf<S extends Schema, Name extends keyof S, Kind extends Field> = {
  [Key in keyof S[Name] & string]: S[Name][Key] extends Kind ? Key : never
}[keyof S[Name] & string];
type Target<F> = F extends TableField<infer Name> | TablesField<infer Name> ? Name : never;
type Member<F> = F extends UnionField<infer Name> ? Name : never;

/** A union's content: the member's view; where the schema does not know the member, its number and its table as it lies. */
export type UnionView<S extends Schema, Name extends keyof S & string> =
  | { readonly known: true; readonly member: number; readonly name: Name; readonly view: TableView<S, Name> }
  | { readonly known: false; readonly member: number; readonly content: UnknownFields };

/** A number that its enum does not have: damage, or a file newer than the schema. */
export class UnknownValue extends LitescopeError {}

/** Where a vector lies: the position of the field that points to it, of its first element, and its count. */
export interface VectorLocation { readonly field: number; readonly start: number; readonly count: number }

/**
 * One table of a file. Every position is checked against the file's and the table's bounds before it is read;
 * each method throws a LitescopeError (TRUNCATED, CORRUPTED or, for an element type beyond this project,
 * UNSUPPORTED_DTYPE) that names the field.
 */
export class TableView<S extends Schema, Name extends keyof S & string> {
  readonly source: Source<S>;
  readonly name: Name;
  readonly position: number;
  /** What errors name; a reader may make it more precise once it knows more. */
  place: string;
  readonly #layout: ReadonlyMap<string, PlacedField>;
  readonly #vtable: number;
  readonly #slotCount: number;
  readonly #inlineBytes: number;

  constructor(source: Source<S>, name: Name, position: number, place: string) {
    this.source = source;
    this.name = name;
    this.position = position;
    this.place = place;
    source.spendTable(place);
    source.demand(position, 4, name, place);
    const { buffer } = source;
    const vtable = position - buffer.readInt32(position);
    if (!source.holds(vtable, 4)) throw source.outside(vtable, 4, text.vtableOf(name), place);
    const vtableBytes = buffer.readUint16(vtable);
    this.#inlineBytes = buffer.readUint16(vtable + 2);
    if (vtableBytes < 4 || vtableBytes % 2 !== 0 || this.#inlineBytes < 4) throw this.#damaged(text.impossibleVtable(this.name));
    if (!source.holds(vtable, vtableBytes)) throw source.outside(vtable, vtableBytes, text.vtableOf(name), place);
    source.demand(position, this.#inlineBytes, name, place);
    this.#layout = layoutOf(source.schema[name] ?? {});
    this.#vtable = vtable;
    this.#slotCount = (vtableBytes - 4) / 2;
  }

  /** A scalar, string or vector field; its default or `null` where the file leaves it out. */
  value<Key extends ValueFieldName<S[Name]>>(key: Key): ValueOf<S[Name][Key]> {
    return this.#decode(key) as ValueOf<S[Name][Key]>;
  }

  /** All fields that hold values. */
  values(): ValuesOf<S[Name]> {
    const values: Record<string, unknown> = {};
    for (const [key, { field: { kind } }] of this.#layout) {
      if (kind !== 'table' && kind !== 'tables' && kind !== 'union' && kind !== 'deprecated') values[key] = this.#decode(key);
    }
    return values as ValuesOf<S[Name]>;
  }

  table<Key extends FieldsOf<S, Name, TableField>>(key: Key): TableView<S, Target<S[Name][Key]> & keyof S & string> | null {
    const { field, slot } = this.#placed(key);
    const position = this.#locate(slot, key, 4);
    if (position === null || field.kind !== 'table') return null;
    return new TableView(this.source, field.table as Target<S[Name][Key]> & keyof S & string, this.#target(key, position), this.place);
  }

  /** The tables of a vector, each made when it is asked for; `placeOf` names them in errors. */
  *tables<Key extends FieldsOf<S, Name, TablesField>>(key: Key, placeOf: (index: number) => string): Generator<TableView<S, Target<S[Name][Key]> & keyof S & string>> {
    const { field } = this.#placed(key);
    const location = this.vector(key, 4);
    if (location === null || field.kind !== 'tables') return;
    for (let index = 0; index < location.count; index += 1) {
      const place = placeOf(index);
      const target = this.source.target(location.start + 4 * index, this.name, key, place);
      yield new TableView(this.source, field.table as Target<S[Name][Key]> & keyof S & string, target, place);
    }
  }

  union<Key extends FieldsOf<S, Name, UnionField>>(key: Key): UnionView<S, Member<S[Name][Key]> & keyof S & string> | null {
    const { field, slot } = this.#placed(key);
    const numberPosition = this.#locate(slot, key, 1);
    const member = numberPosition === null ? 0 : this.source.buffer.readUint8(numberPosition);
    const position = this.#locate(slot + 1, key, 4);
    if (member === 0 || position === null || field.kind !== 'union') return null;
    const name = field.members[member - 1];
    if (name === undefined) {
      return { known: false, member, content: wholeTable(new TableView(this.source, this.name, this.#target(key, position), this.place)) };
    }
    const known = name as Member<S[Name][Key]> & keyof S & string;
    return { known: true, member, name: known, view: new TableView(this.source, known, this.#target(key, position), this.place) };
  }

  /** Where the vector of `key` lies, with all of its elements inside the file; `null` where it is absent. */
  vector(key: keyof S[Name] & string, elementBytes: number): VectorLocation | null {
    const field = this.#locate(this.#placed(key).slot, key, 4);
    if (field === null) return null;
    const head = this.#target(key, field);
    const count = this.source.buffer.readUint32(head);
    if (!this.source.holds(head + 4, count * elementBytes)) {
      throw this.source.outside(head + 4, count * elementBytes, text.withElements(`${this.name}.${key}`, count), this.place);
    }
    return { field, start: head + 4, count };
  }

  /** Where in the table each vtable slot's field starts, in bytes from `position`; 0 where the file leaves it out. */
  fieldOffset(slot: number): number {
    return (this.#locate(slot, `slot ${slot}`, 1) ?? this.position) - this.position;
  }

  /** Slots that the file's vtable has, known to the schema or not. */
  get slotCount(): number {
    return this.#slotCount;
  }

  #decode(key: string): unknown {
    const { source } = this;
    const { field, slot } = this.#placed(key);
    switch (field.kind) {
      case 'number': case 'wide': {
        const position = this.#locate(slot, key, scalarBytes[field.scalar]);
        return position === null ? field.fallback : source.scalar(field.scalar, position);
      }
      case 'boolean': {
        const position = this.#locate(slot, key, 1);
        return position === null ? field.fallback : source.scalar('bool', position);
      }
      case 'enum': {
        const position = this.#locate(slot, key, scalarBytes[field.scalar]);
        const value = position === null ? field.fallback : Number(source.scalar(field.scalar, position));
        const name = field.names[value];
        if (name !== undefined) return name;
        throw new UnknownValue('CORRUPTED', text.noSuchValue(`${this.name} ${key}`, field.enumeration, String(value)), { place: this.place });
      }
      case 'string': {
        const location = this.vector(key, 1);
        return location === null ? null : this.#text(location.start, location.count);
      }
      case 'bytes': {
        const location = this.vector(key, 1);
        return location === null ? null : source.bytes.subarray(location.start, location.start + location.count);
      }
      case 'vector': return this.#elements(key, field.element);
      case 'table': case 'tables': case 'union': case 'deprecated': return null;
    }
  }

  #elements(key: string, element: ScalarKind | 'string'): readonly unknown[] | null {
    const bytes = element === 'string' ? 4 : scalarBytes[element];
    const location = this.vector(key, bytes);
    if (location === null) return null;
    this.source.spend(location.count * bytes, this.place);
    const values: unknown[] = [];
    const end = location.start + location.count * bytes;
    for (let position = location.start; position < end; position += bytes) {
      values.push(element === 'string' ? this.#string(key, position) : this.source.scalar(element, position));
    }
    return values;
  }

  #string(key: string, position: number): string {
    const head = this.#target(key, position);
    const count = this.source.buffer.readUint32(head);
    this.source.demand(head + 4, count, `${this.name}.${key}`, this.place);
    return this.#text(head + 4, count);
  }

  #text(start: number, length: number): string {
    this.source.spend(length, this.place);
    return decoder.decode(this.source.bytes.subarray(start, start + length));
  }

  #placed(key: string): PlacedField {
    const placed = this.#layout.get(key);
    if (placed === undefined) throw new LitescopeError('INTERNAL', text.noSuchField(this.name, key));
    return placed;
  }

  #target(key: string, position: number): number {
    return this.source.target(position, this.name, key, this.place);
  }

  /** The field's position, checked to lie inside the table; `null` where the file leaves the field out. */
  #locate(slot: number, key: string, bytes: number): number | null {
    if (slot >= this.#slotCount) return null;
    const offset = this.source.buffer.readUint16(this.#vtable + 4 + 2 * slot);
    if (offset === 0) return null;
    if (offset < 4 || offset + bytes > this.#inlineBytes) throw this.#damaged(text.outsideItsTable(this.name, key));
    return this.position + offset;
  }

  #damaged(details: string): LitescopeError {
    return this.source.error('CORRUPTED', details, this.place);
  }
}
