/**
 * The vocabulary in which a FlatBuffer schema is stated as data. A schema is a record of tables, a table a
 * record of fields in slot order; reading, checking and writing derive from it, so that nothing is generated.
 */

/** Numbers that a JavaScript number holds exactly. */
export type NumberKind = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64';
/** 64-bit integers: read as a number where that is exact, as a bigint otherwise. */
export type WideKind = 'int64' | 'uint64';
export type ScalarKind = NumberKind | WideKind | 'bool';

/** Bytes of one scalar. */
export const scalarBytes: Readonly<Record<ScalarKind, number>> = {
  bool: 1, int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, int64: 8, uint64: 8, float64: 8,
};

export interface NumberField { readonly kind: 'number'; readonly scalar: NumberKind; readonly fallback: number }
export interface WideField { readonly kind: 'wide'; readonly scalar: WideKind; readonly fallback: 0 }
export interface BooleanField { readonly kind: 'boolean'; readonly fallback: boolean }
/** `names[value]` is the value's name; values count from 0 without gaps. */
export interface EnumField<Name extends string = string> {
  readonly kind: 'enum';
  readonly enumeration: string;
  readonly scalar: NumberKind;
  readonly names: readonly Name[];
  readonly fallback: number;
}
export interface StringField { readonly kind: 'string' }
/** Raw bytes ([ubyte]), read as a view and never copied. */
export interface BytesField { readonly kind: 'bytes'; readonly alignment: number }
export interface VectorField<Element extends ScalarKind | 'string' = ScalarKind | 'string'> {
  readonly kind: 'vector';
  readonly element: Element;
  /** Bytes that the first element is aligned to where the schema asks for more than the element's own size. */
  readonly alignment?: number;
}
export interface TableField<Table extends string = string> { readonly kind: 'table'; readonly table: Table }
export interface TablesField<Table extends string = string> { readonly kind: 'tables'; readonly table: Table }
/** Takes two slots: the member's number (its index here plus 1; 0 is none), then the member's table. */
export interface UnionField<Member extends string = string> { readonly kind: 'union'; readonly members: readonly Member[] }
/** A slot that files may still fill and nobody reads. */
export interface DeprecatedField { readonly kind: 'deprecated' }

export type Field =
  | NumberField | WideField | BooleanField | EnumField | StringField | BytesField | VectorField
  | TableField | TablesField | UnionField | DeprecatedField;
export type Table = Readonly<Record<string, Field>>;
export type Schema = Readonly<Record<string, Table>>;

/** What a field without sub-tables reads as; `null` where the file leaves it out. */
export type ValueOf<F extends Field> =
  F extends NumberField ? number
  : F extends WideField ? number | bigint
  : F extends BooleanField ? boolean
  : F extends EnumField<infer Name> ? Name
  : F extends StringField ? string | null
  : F extends BytesField ? Uint8Array | null
  : F extends VectorField<infer Element> ? readonly ElementOf<Element>[] | null
  : never;

type ElementOf<Element extends ScalarKind | 'string'> =
  Element extends NumberKind ? number : Element extends WideKind ? number | bigint : Element extends 'bool' ? boolean : string;

/** Names of a table's fields that hold values rather than sub-tables. */
export type ValueFieldName<T extends Table> = {
  [Name in keyof T & string]: T[Name] extends TableField | TablesField | UnionField | DeprecatedField ? never : Name
}[keyof T & string];

/** A table's values as a plain record. */
export type ValuesOf<T extends Table> = { readonly [Name in ValueFieldName<T>]: ValueOf<T[Name]> };

export const int8 = (fallback = 0): NumberField => ({ kind: 'number', scalar: 'int8', fallback });
export const int32 = (fallback = 0): NumberField => ({ kind: 'number', scalar: 'int32', fallback });
export const uint32 = (fallback = 0): NumberField => ({ kind: 'number', scalar: 'uint32', fallback });
export const float32 = (fallback = 0): NumberField => ({ kind: 'number', scalar: 'float32', fallback });
export const int64 = (): WideField => ({ kind: 'wide', scalar: 'int64', fallback: 0 });
export const uint64 = (): WideField => ({ kind: 'wide', scalar: 'uint64', fallback: 0 });
export const boolean = (fallback = false): BooleanField => ({ kind: 'boolean', fallback });
export const string = (): StringField => ({ kind: 'string' });
export const bytes = (alignment = 1): BytesField => ({ kind: 'bytes', alignment });
export const deprecated = (): DeprecatedField => ({ kind: 'deprecated' });

export function enumeration<const Name extends string>(
  name: string, names: readonly Name[], scalar: NumberKind = 'int8', fallback = 0,
): EnumField<Name> {
  return { kind: 'enum', enumeration: name, scalar, names, fallback };
}

export function vector<Element extends ScalarKind | 'string'>(element: Element, alignment?: number): VectorField<Element> {
  return { kind: 'vector', element, ...(alignment === undefined ? {} : { alignment }) };
}

export function table<const Name extends string>(name: Name): TableField<Name> {
  return { kind: 'table', table: name };
}

export function tables<const Name extends string>(name: Name): TablesField<Name> {
  return { kind: 'tables', table: name };
}

export function union<const Member extends string>(members: readonly Member[]): UnionField<Member> {
  return { kind: 'union', members };
}

/** A field with its vtable slot; a union's first slot holds the member's number, the next one its table. */
export interface PlacedField { readonly field: Field; readonly slot: number }

const layouts = new WeakMap<Table, ReadonlyMap<string, PlacedField>>();

/** A table's fields by name with their vtable slots. */
export function layoutOf(fields: Table): ReadonlyMap<string, PlacedField> {
  const known = layouts.get(fields);
  if (known !== undefined) return known;
  const layout = new Map<string, PlacedField>();
  let slot = 0;
  for (const [name, field] of Object.entries(fields)) {
    layout.set(name, { field, slot });
    slot += field.kind === 'union' ? 2 : 1;
  }
  layouts.set(fields, layout);
  return layout;
}
