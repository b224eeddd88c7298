/** Numbers, lists and names of the format as people read them. */
import { inspect as text } from '../../../messages/inspect';
import { numbers } from '../../../messages/numbers';

/** Six significant digits, with a real minus sign. */
export function numberWord(value: number | bigint): string {
  if (typeof value === 'bigint' || Number.isInteger(value)) return String(value).replace('-', '−');
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : '−∞';
  const size = Math.abs(value);
  const written = size < 1e-4 || size >= 1e9 ? value.toExponential(4).replace(/\.?0+e/, 'e') : String(Number(value.toPrecision(6)));
  return written.replaceAll('-', '−');
}

/** `1×128×128×3`; a scalar is named. */
export function shapeWord(shape: readonly (number | bigint)[]): string {
  return shape.length === 0 ? numbers.scalar : shape.map(numberWord).join('×');
}

const longestList = 32;

/** `0, 3, 1, 2`; a long list is cut and counted. */
export function listWord(values: readonly (number | bigint | boolean | string)[]): string {
  if (values.length === 0) return text.none;
  const words = values.slice(0, longestList).map((value) => (typeof value === 'number' || typeof value === 'bigint' ? numberWord(value) : typeof value === 'boolean' ? yesNo(value) : value));
  return values.length > longestList ? text.cutList(words.join(', '), values.length) : words.join(', ');
}

export function yesNo(value: boolean): string {
  return value ? text.yes : text.no;
}

/** What a field of the format is called; one that has no words becomes `key dtype` from `key_dtype`, `then subgraph` from `then_subgraph_index`. */
export function settingName(field: string): string {
  const names: Readonly<Record<string, string>> = text.settings;
  return names[field] ?? field.replace(/_(index|indices)$/, '').replaceAll('_', ' ');
}

/** Bytes as two hexadecimal digits each, as many as asked for at most. */
export function hexWord(bytes: Uint8Array, most: number): string {
  return Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
