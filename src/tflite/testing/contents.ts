import { type Field, type ScalarKind, type Schema, layoutOf, scalarBytes } from '../format/schema/fields';

/** A table's fields by name, without those that say nothing: defaults, absent ones, empty texts and lists. */
export type Contents = Readonly<Record<string, unknown>>;

/**
 * Everything that the tables of a FlatBuffer hold, read a second way: it shares the schema with the code under test,
 * and nothing else. What refers to places in the file (data behind the FlatBuffer) is beyond it.
 */
export function contentsOf(schema: Schema, root: string, bytes: Uint8Array): Contents {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const follow = (at: number): number => at + file.getUint32(at, true);
  const fieldAt = (table: number, slot: number): number => {
    const vtable = table - file.getInt32(table, true);
    const offset = 4 + 2 * slot < file.getUint16(vtable, true) ? file.getUint16(vtable + 4 + 2 * slot, true) : 0;
    return offset === 0 ? 0 : table + offset;
  };
  const listAt = <T>(at: number, size: number, read: (at: number) => T): T[] => {
    const head = follow(at);
    return Array.from({ length: file.getUint32(head, true) }, (_, index) => read(head + 4 + size * index));
  };
  const textAt = (at: number): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(listAt(at, 1, (each) => file.getUint8(each))));
  const elementsAt = (at: number, element: ScalarKind | 'string'): unknown[] =>
    (element === 'string' ? listAt(at, 4, textAt) : listAt(at, scalarBytes[element], (each) => scalarAt(file, element, each)));

  const valueOf = (field: Field, at: number, after: number): unknown => {
    switch (field.kind) {
      case 'number': case 'wide': case 'enum': { const value = scalarAt(file, field.scalar, at); return Number(value) === field.fallback ? undefined : value; }
      case 'boolean': { const value = scalarAt(file, 'bool', at); return value === field.fallback ? undefined : value; }
      case 'string': return textAt(at) === '' ? undefined : textAt(at);
      case 'bytes': return filled(elementsAt(at, 'uint8'));
      case 'vector': return filled(elementsAt(at, field.element));
      case 'table': return tableAt(field.table, follow(at));
      case 'tables': return filled(listAt(at, 4, (each) => tableAt(field.table, follow(each))));
      case 'union': { const member = field.members[file.getUint8(at) - 1]; return member === undefined || after === 0 ? undefined : { member, content: tableAt(member, follow(after)) }; }
      case 'deprecated': return undefined;
    }
  };
  const tableAt = (name: string, table: number): Contents => Object.fromEntries([...layoutOf(schema[name] ?? {})].flatMap(([key, { field, slot }]) => {
    const at = fieldAt(table, slot);
    const value = at === 0 ? undefined : valueOf(field, at, fieldAt(table, slot + 1));
    return value === undefined ? [] : [[key, value]];
  }));
  return tableAt(root, follow(0));
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function scalarAt(file: DataView, kind: ScalarKind, at: number): number | bigint | boolean {
  switch (kind) {
    case 'bool': return file.getUint8(at) !== 0;
    case 'int8': return file.getInt8(at);
    case 'uint8': return file.getUint8(at);
    case 'int16': return file.getInt16(at, true);
    case 'uint16': return file.getUint16(at, true);
    case 'int32': return file.getInt32(at, true);
    case 'uint32': return file.getUint32(at, true);
    case 'float32': return file.getFloat32(at, true);
    case 'float64': return file.getFloat64(at, true);
    case 'int64': return file.getBigInt64(at, true);
    case 'uint64': return file.getBigUint64(at, true);
  }
}
