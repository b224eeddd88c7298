import type { OpRow } from '../../inspect/describe/shared/descriptions';

/** Rows that hold every word of a search, whatever their case; `3×3` and `3x3` are one. */
export function searchOps(rows: readonly OpRow[], search: string): readonly OpRow[] {
  const words = search.trim().toLowerCase().replaceAll('×', 'x').split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? rows : rows.filter(({ text }) => words.every((word) => text.includes(word)));
}
