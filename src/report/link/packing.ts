import { report as text } from '../../messages/report';

/**
 * JSON values in fewer characters: keys are said once, lists of objects stand as columns, and lists of whole numbers as
 * differences, so that equal things lie side by side where deflate finds them. It knows nothing of reports, so it never
 * has to change when their schema does.
 *
 * A packed value is a scalar, or an array whose first item tells what it is:
 * `[0, …items]` a list; `[-1, first, …steps]` a list of whole numbers by their differences; `[2k+1, …values]` an object with
 * the keys of shape k; `[2k+2, …columns]` a list of objects with the keys of shape k, where `[]` stands for a missing value.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

type Fields = { readonly [key: string]: Json };

/** Shapes (lists of keys), then the packed value. */
export type Packed = readonly [shapes: readonly (readonly string[])[], value: Json];

const list = 0;
const steps = -1;
/** Deeper than any report, shallower than any stack. */
const deepest = 48;

class Shapes {
  readonly keys: (readonly string[])[] = [];
  readonly #known = new Map<string, number>();

  indexOf(keys: readonly string[]): number {
    const text = JSON.stringify(keys);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const index = this.keys.push(keys) - 1;
    this.#known.set(text, index);
    return index;
  }
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As JSON.stringify leaves them out. */
function keysOf(value: Fields): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

export function pack(value: Json): Packed {
  const shapes = new Shapes();
  return [shapes.keys, packValue(value, shapes)];
}

function packValue(value: Json, shapes: Shapes): Json {
  if (Array.isArray(value)) return packList(value as readonly Json[], shapes);
  if (!isFields(value)) return value;
  const keys = keysOf(value);
  return [2 * shapes.indexOf(keys) + 1, ...keys.map((key) => packValue(value[key] ?? null, shapes))];
}

/** @param items undefined where a row of a table lacks the value */
function packList(items: readonly (Json | undefined)[], shapes: Shapes): Json {
  if (items.length > 1 && items.every(isFields)) return packTable(items, shapes);
  if (items.length > 2 && items.every((item) => Number.isSafeInteger(item))) {
    const numbers = items as readonly number[];
    const differences = numbers.map((number, index) => (index === 0 ? number : number - (numbers[index - 1] ?? 0)));
    if (differences.every(Number.isSafeInteger) && JSON.stringify(differences).length < JSON.stringify(numbers).length) return [steps, ...differences];
  }
  return [list, ...items.map((item) => (item === undefined ? [] : packValue(item, shapes)))];
}

function packTable(rows: readonly Fields[], shapes: Shapes): Json {
  const keys = [...new Set(rows.flatMap(keysOf))];
  return [2 * shapes.indexOf(keys) + 2, ...keys.map((key) => packList(rows.map((row) => row[key]), shapes))];
}

/**
 * The value that was packed. What it takes in time and memory grows with the length of the packed text and no faster.
 * @throws SyntaxError for what `pack` does not give
 */
export function unpack(packed: unknown): Json {
  if (!Array.isArray(packed) || packed.length !== 2 || !Array.isArray(packed[0])) throw new SyntaxError(text.packed.notPacked);
  const shapes: readonly unknown[] = packed[0];
  if (!shapes.every((keys): keys is string[] => Array.isArray(keys) && keys.every((key) => typeof key === 'string'))) throw new SyntaxError(text.packed.damagedKeys);
  return unpackValue(packed[1] as Json, shapes, 0);
}

function unpackValue(value: Json, shapes: readonly (readonly string[])[], depth: number): Json {
  if (!Array.isArray(value)) {
    if (isFields(value)) throw new SyntaxError(text.packed.plainObject);
    return value;
  }
  if (depth > deepest) throw new SyntaxError(text.packed.tooDeep);
  const [tag, ...items] = value as readonly Json[];
  if (!Number.isSafeInteger(tag)) throw new SyntaxError(text.packed.noKind);
  const kind = tag as number;
  if (kind === list) return items.map((item) => unpackValue(item, shapes, depth + 1));
  if (kind === steps) return addUp(items);
  const keys = kind > 0 ? shapes[(kind - 1) >> 1] : undefined;
  if (keys === undefined || keys.length !== items.length) throw new SyntaxError(text.packed.otherValues);
  return kind % 2 === 1
    ? Object.fromEntries(keys.map((key, index) => [key, unpackValue(items[index] ?? null, shapes, depth + 1)]))
    : unpackTable(keys, items, shapes, depth + 1);
}

function addUp(differences: readonly Json[]): Json {
  let sum = 0;
  return differences.map((difference) => {
    if (typeof difference !== 'number') throw new SyntaxError(text.packed.noDifference);
    sum += difference;
    return sum;
  });
}

function unpackTable(keys: readonly string[], columns: readonly Json[], shapes: readonly (readonly string[])[], depth: number): Json {
  const unpacked = columns.map((column) => unpackColumn(column, shapes, depth));
  const rows = unpacked[0]?.length ?? 0;
  if (unpacked.some((column) => column.length !== rows)) throw new SyntaxError(text.packed.unevenColumns);
  // A table may have tens of thousands of rows: lists of entries for each would take most of the time.
  const table: Record<string, Json>[] = [];
  for (let row = 0; row < rows; row++) table.push({});
  keys.forEach((key, at) => {
    const column = unpacked[at] ?? [];
    for (let row = 0; row < rows; row++) {
      const [fields, value] = [table[row], column[row]];
      if (fields === undefined || value === undefined) continue;
      // Assigned, this key would be no field but the object's prototype.
      if (key === '__proto__') Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
      else fields[key] = value;
    }
  });
  return table;
}

function unpackColumn(column: Json, shapes: readonly (readonly string[])[], depth: number): readonly (Json | undefined)[] {
  if (!Array.isArray(column)) throw new SyntaxError(text.packed.noColumn);
  const items = column as readonly Json[];
  if (items[0] === list) return items.slice(1).map((item) => (Array.isArray(item) && item.length === 0 ? undefined : unpackValue(item, shapes, depth + 1)));
  const value = unpackValue(items, shapes, depth);
  if (!Array.isArray(value)) throw new SyntaxError(text.packed.noColumn);
  return value as readonly Json[];
}
