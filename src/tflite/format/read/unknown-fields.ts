import { type Schema, layoutOf } from '../schema/fields';
import type { Source } from './source';

/** Bytes of a table and its surroundings that are kept where the schema knows some of its fields: offsets in a table have 16 bits. */
const maximumBytesBesideKnown = 2 ** 15;
/** The same for a table of which the schema knows nothing. */
const maximumBytes = 2 ** 16;
const widestScalarBytes = 8;

/** A table where it lies, whatever its schema: what a view of it knows. */
interface PlacedTable {
  readonly source: Source<Schema>;
  readonly name: string;
  readonly position: number;
  readonly place: string;
  /** Slots that the file's vtable has. */
  readonly slotCount: number;
  /** Where the slot's field starts, in bytes from `position`; 0 where the file leaves it out. */
  fieldOffset(slot: number): number;
}

/**
 * Fields that a file has and the schema does not name, kept so that they can be written back.
 *
 * Nothing in a FlatBuffer tells a number from an offset to something else. The bytes are therefore kept as they lie,
 * from the table's beginning to the end of everything that its unknown fields would lead to if they were offsets:
 * written elsewhere as one piece they mean the same, whichever they are. This holds for numbers, strings, vectors,
 * and for tables and vectors of strings or tables with all that is in them, up to 32 KiB away (64 KiB where nothing of
 * the table is known), as builders lay them out: what a table leads to behind it. What lies before it is not followed.
 */
export interface UnknownFields {
  /** The vtable slot of each unknown field and where it starts, in bytes from the beginning of the table. */
  readonly fields: readonly { readonly slot: number; readonly offset: number }[];
  /** From byte 4 of the table on (the first four lead to its vtable): a view of the file, with zeros if it would reach beyond the end. */
  readonly bytes: Uint8Array;
  /** The table's position in the file modulo 16, which keeps alignments. */
  readonly phase: number;
}

/** As a property to spread into a record: `{}` for a table that the schema knows entirely. */
export function unknownFields(view: PlacedTable): { readonly unknownFields?: UnknownFields } {
  const fields = unknownSlots(view);
  return fields.length === 0 ? {} : { unknownFields: piece(view, fields, maximumBytesBesideKnown) };
}

/** Everything in the table at the view's position, whatever the schema says of it. */
export function wholeTable(view: PlacedTable): UnknownFields {
  const fields = [];
  for (let slot = 0; slot < view.slotCount; slot += 1) {
    const offset = view.fieldOffset(slot);
    if (offset !== 0) fields.push({ slot, offset });
  }
  return piece(view, fields, maximumBytes);
}

function unknownSlots(view: PlacedTable): UnknownFields['fields'] {
  const { known, deprecated } = slotsOf(view.source.schema[view.name] ?? {});
  if (view.slotCount <= known && deprecated.length === 0) return [];
  const fields = [];
  for (const slot of deprecated) {
    const offset = view.fieldOffset(slot);
    if (offset !== 0) fields.push({ slot, offset });
  }
  for (let slot = known; slot < view.slotCount; slot += 1) {
    const offset = view.fieldOffset(slot);
    if (offset !== 0) fields.push({ slot, offset });
  }
  return fields;
}

interface Slots { readonly known: number; readonly deprecated: readonly number[] }
const slotsByTable = new WeakMap<Schema[string], Slots>();

function slotsOf(table: Schema[string]): Slots {
  const remembered = slotsByTable.get(table);
  if (remembered !== undefined) return remembered;
  const placed = [...layoutOf(table).values()];
  const slots = {
    known: placed.reduce((count, { field, slot }) => Math.max(count, slot + (field.kind === 'union' ? 2 : 1)), 0),
    deprecated: placed.flatMap(({ field, slot }) => (field.kind === 'deprecated' ? [slot] : [])),
  };
  slotsByTable.set(table, slots);
  return slots;
}

/**
 * How far the piece reaches depends on nothing but the bytes inside it (zeros beyond the end of the file): read again
 * after it was written elsewhere, it is the same piece.
 */
function piece(view: PlacedTable, fields: UnknownFields['fields'], maximum: number): UnknownFields {
  const { source, position } = view;
  const reach = new Reach(view, maximum);
  for (const { offset } of fields) reach.follow(offset);
  const length = reach.end - 4;
  source.spend(length + 4 * reach.steps, view.place);
  return { fields, bytes: padded(source.bytes.subarray(position + 4, position + 4 + length), length), phase: position % 16 };
}

/** Words that are followed from one table on; no table of settings comes near. */
const maximumSteps = 4096;

/** What a table leads to, taken for whatever it could be. Offsets count from the table's beginning. */
class Reach {
  readonly #source: Source<Schema>;
  readonly #position: number;
  readonly #maximum: number;
  readonly #seen = new Set<number>();
  /** Behind the last byte that was looked at. */
  end = 4;
  steps = 0;

  constructor({ source, position }: PlacedTable, maximum: number) {
    this.#source = source;
    this.#position = position;
    this.#maximum = maximum;
  }

  /** Includes the field at `offset` and, should it be an offset, what it points to. */
  follow(offset: number): void {
    this.#include(offset, widestScalarBytes);
    if (this.steps === maximumSteps) return;
    this.steps += 1;
    const target = this.#target(offset);
    if (target === null || this.#seen.has(target)) return;
    this.#seen.add(target);
    this.#include(target, 4);
    this.#vector(target);
    this.#table(target);
  }

  /** Where the word at `offset` points, if it can be an offset. */
  #target(offset: number): number | null {
    if ((this.#position + offset) % 4 !== 0) return null;
    const target = offset + this.#word(offset);
    return target % 4 !== offset % 4 || target === offset || target + 4 > this.#maximum ? null : target;
  }

  #vector(at: number): void {
    const count = this.#word(at);
    if (at + 4 + count > this.#maximum) return;
    // The elements' size is unknown too.
    this.#include(at + 4, Math.min(widestScalarBytes * count, this.#maximum - at - 4));
    const elements = Array.from({ length: Math.min(count, maximumSteps, Math.floor((this.#maximum - at - 4) / 4)) }, (_, index) => at + 4 + 4 * index);
    if (elements.length === count && elements.every((element) => this.#target(element) !== null)) for (const element of elements) this.follow(element);
  }

  #table(at: number): void {
    const vtable = at - (this.#word(at) | 0);
    if (vtable < 4 || (this.#position + vtable) % 2 !== 0 || vtable + 4 > this.#maximum) return;
    this.#include(vtable, 4);
    const [bytes, size] = [this.#half(vtable), this.#half(vtable + 2)];
    if (bytes < 4 || bytes % 2 !== 0 || size < 4 || vtable + bytes > this.#maximum || at + size > this.#maximum) return;
    this.#include(vtable, bytes);
    this.#include(at, size);
    for (let slot = 4; slot < bytes; slot += 2) {
      const field = this.#half(vtable + slot);
      if (field >= 4 && field < size && at + field + widestScalarBytes <= this.#maximum) this.follow(at + field);
    }
  }

  #include(offset: number, bytes: number): void {
    this.end = Math.max(this.end, offset + bytes);
  }

  #word(offset: number): number {
    return this.#source.holds(this.#position + offset, 4) ? this.#source.buffer.readUint32(this.#position + offset) : 0;
  }

  #half(offset: number): number {
    return this.#source.holds(this.#position + offset, 2) ? this.#source.buffer.readUint16(this.#position + offset) : 0;
  }
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}
