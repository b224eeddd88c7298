/**
 * The name that was probably meant: the one that takes the fewest changes of a character, if those are fewer than half of
 * what was written; null where none is near.
 */
export function nearestName(written: string, names: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Math.max(2, written.length / 2);
  for (const name of names) {
    const changes = changesBetween(written.toLowerCase(), name.toLowerCase());
    if (changes < fewest) [nearest, fewest] = [name, changes];
  }
  return nearest;
}

/**
 * The least number of characters to add, take out or exchange that makes one text of the other (Levenshtein 1966).
 * @param within lets the second text begin and end with anything at no cost, so that the part of it counts which is nearest (Sellers 1980)
 */
export function changesBetween(from: string, to: string, within = false): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => (within ? 0 : index));
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return within ? Math.min(...row) : row[to.length] ?? 0;
}
