/** Where a key leads in a list of `count` rows from row `at` (−1 for none); null for keys that lead nowhere. */
export function rowAfterKey(key: string, at: number, count: number, page: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown': return Math.min(last, at + 1);
    case 'ArrowUp': return Math.max(0, at - 1);
    case 'PageDown': return Math.min(last, at + page);
    case 'PageUp': return Math.max(0, at - page);
    case 'Home': return Math.min(0, last);
    case 'End': return last;
    default: return null;
  }
}
