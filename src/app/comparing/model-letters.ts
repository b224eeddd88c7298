/** A letter for each model of a comparison, the reference's first: A, B, … Z, and numbers behind. */
export function letterOf(position: number): string {
  return position < 26 ? String.fromCharCode(65 + position) : String(position + 1);
}
