/** Numbers as a person writes them: `127.5` or `123.7, 116.8 103.9`. Null for anything that is not such a list. */
export function parseNumberList(text: string): number[] | null {
  const parts = text.trim().split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
}
