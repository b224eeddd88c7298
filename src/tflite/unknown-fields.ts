import type { Schema } from './schema/fields';
import { layoutOf } from './schema/fields';
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
 * Nothing in a FlatBuffer tells a number from an offset to a vector. The bytes are therefore kept as they lie, from
 * the table's beginning to the end of everything that its unknown fields would point to if they were offsets:
 * written elsewhere as one piece they mean the same, whichever they are. This holds for numbers, strings and vectors
 * of numbers, up to 32 KiB away; what a sub-table or a vector of strings points to in turn is not followed.
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
  const wordAt = (at: number): number => (source.holds(at, 4) ? source.buffer.readUint32(at) : 0);
  let end = 4;
  for (const { offset } of fields) {
    end = Math.max(end, offset + widestScalarBytes);
    if ((position + offset) % 4 !== 0) continue;
    const target = offset + wordAt(position + offset);
    if (target % 4 !== offset % 4 || target === offset || target + 4 > maximum) continue;
    const count = wordAt(position + target);
    // The elements' size is unknown too.
    const vector = target + 4 + count <= maximum ? Math.min(widestScalarBytes * count, maximum - target - 4) : 0;
    end = Math.max(end, target + 4 + vector);
  }
  const length = end - 4;
  source.spend(length, view.place);
  return { fields, bytes: padded(source.bytes.subarray(position + 4, position + 4 + length), length), phase: position % 16 };
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}
