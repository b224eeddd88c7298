/** How two parts were found to belong together; null for a part that only one model has. */
export type MatchedBy = 'name' | 'position' | null;

export interface Pair {
  readonly a: number | null;
  readonly b: number | null;
  readonly by: MatchedBy;
}

/** Matches by index, in both directions; what was paired first stays. */
export class Pairing {
  readonly #toB = new Map<number, { readonly b: number; readonly by: MatchedBy }>();
  readonly #toA = new Map<number, number>();

  free(a: number, b: number): boolean {
    return !this.#toB.has(a) && !this.#toA.has(b);
  }

  add(a: number, b: number, by: 'name' | 'position'): void {
    if (!this.free(a, b)) return;
    this.#toB.set(a, { b, by });
    this.#toA.set(b, a);
  }

  toB(a: number): number | null {
    return this.#toB.get(a)?.b ?? null;
  }

  toA(b: number): number | null {
    return this.#toA.get(b) ?? null;
  }

  /** All parts of both lists, in the first one's order, those of the second alone where they stand there. */
  list(partsA: readonly number[], partsB: readonly number[]): Pair[] {
    const pairs: Pair[] = [];
    const alone = partsB.filter((b) => !this.#toA.has(b));
    let next = 0;
    const catchUp = (end: number): void => {
      for (let b = alone[next]; b !== undefined && b < end; b = alone[next]) {
        pairs.push({ a: null, b, by: null });
        next += 1;
      }
    };
    for (const a of partsA) {
      const match = this.#toB.get(a);
      if (match === undefined) {
        pairs.push({ a, b: null, by: null });
      } else {
        catchUp(match.b);
        pairs.push({ a, b: match.b, by: match.by });
      }
    }
    catchUp(Infinity);
    return pairs;
  }
}

/** Parts by their names, without those that have none or share one. */
export function uniqueNames(parts: Iterable<readonly [index: number, name: string]>): ReadonlyMap<string, number> {
  const unique = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, name] of parts) {
    if (unique.has(name)) repeated.add(name);
    unique.set(name, index);
  }
  for (const name of repeated) unique.delete(name);
  unique.delete('');
  return unique;
}
