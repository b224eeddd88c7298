/**
 * Pairs the members of two lists, best pairs first, each member at most once.
 *
 * @param likeness of two members; pairs of 0 or less are none
 */
export function matchBest<T>(reference: readonly T[], others: readonly T[], likeness: (one: T, other: T) => number): readonly (readonly [one: T, other: T, likeness: number])[] {
  const pairs = reference.flatMap((one, row) => others.map((other, column) => ({ row, column, one, other, value: likeness(one, other) })));
  pairs.sort((left, right) => right.value - left.value || left.row - right.row || left.column - right.column);
  const [rows, columns] = [new Set<number>(), new Set<number>()];
  const matched: (readonly [T, T, number])[] = [];
  for (const { row, column, one, other, value } of pairs) {
    if (!(value > 0) || rows.has(row) || columns.has(column)) continue;
    rows.add(row);
    columns.add(column);
    matched.push([one, other, value]);
  }
  return matched;
}

/** How many of two lists belong together, and how many stand alone. */
export function countMatched(matched: number, reference: number, others: number): { readonly matched: number; readonly missing: number; readonly extra: number } {
  return { matched, missing: reference - matched, extra: others - matched };
}
