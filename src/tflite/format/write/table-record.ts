import type { RecordOf } from './flatbuffer-writer';
import { type Schema, layoutOf } from '../schema/fields';
import type { TableView } from '../read/table';
import { unknownFields } from '../read/unknown-fields';

/** What every view can do, whatever the schema; the names come from the schema itself. */
interface AnyView {
  readonly name: string;
  readonly place: string;
  readonly source: { readonly schema: Schema };
  values(): Readonly<Record<string, unknown>>;
  table(key: string): AnyView | null;
  tables(key: string, placeOf: (index: number) => string): Iterable<AnyView>;
  union(key: string): { readonly known: true; readonly name: string; readonly view: AnyView } | { readonly known: false; readonly member: number; readonly content: unknown } | null;
}

/**
 * A table with all that it leads to, as a record that the writer takes: what is written from it means the same as what
 * was read, fields that the schema does not know included.
 *
 * @throws LitescopeError TRUNCATED or CORRUPTED for damaged tables
 */
export function recordOfTable<S extends Schema, Name extends keyof S & string>(view: TableView<S, Name>): RecordOf<S, Name> {
  return read(view as unknown as AnyView) as RecordOf<S, Name>;
}

function read(view: AnyView): Readonly<Record<string, unknown>> {
  const children = [...layoutOf(view.source.schema[view.name] ?? {})].flatMap(([key, { field }]): [string, unknown][] => {
    switch (field.kind) {
      case 'table': { const child = view.table(key); return child === null ? [] : [[key, read(child)]]; }
      case 'tables': { const list = Array.from(view.tables(key, () => view.place), read); return list.length === 0 ? [] : [[key, list]]; }
      case 'union': {
        const member = view.union(key);
        if (member === null) return [];
        return [[key, member.known ? { member: member.name, record: read(member.view) } : { member: member.member, record: { unknownFields: member.content } }]];
      }
      default: return [];
    }
  });
  return { ...view.values(), ...Object.fromEntries(children), ...unknownFields(view as unknown as Parameters<typeof unknownFields>[0]) };
}
