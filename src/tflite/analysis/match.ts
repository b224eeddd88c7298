import type { SubGraph } from '../format/model';

/** How two parts were found to belong together; null for a part that only one model has. */
export type MatchedBy = 'name' | 'position' | null;

export interface Pair {
  readonly a: number | null;
  readonly b: number | null;
  readonly by: MatchedBy;
}

/** Cells of the alignment's table; longer lists of unnamed ops are paired by kind and order alone. */
const maximumCells = 2 ** 24;

/** Matches by index, in both directions. */
class Pairing {
  readonly #toB = new Map<number, { readonly b: number; readonly by: MatchedBy }>();
  readonly #fromB = new Set<number>();

  free(a: number, b: number): boolean {
    return !this.#toB.has(a) && !this.#fromB.has(b);
  }

  hasA(a: number): boolean {
    return this.#toB.has(a);
  }

  hasB(b: number): boolean {
    return this.#fromB.has(b);
  }

  add(a: number, b: number, by: 'name' | 'position'): void {
    if (!this.free(a, b)) return;
    this.#toB.set(a, { b, by });
    this.#fromB.add(b);
  }

  matchOf(a: number): number | null {
    return this.#toB.get(a)?.b ?? null;
  }

  /** All parts of both lists, in the first one's order, those of the second alone where they stand there. */
  list(countA: number, countB: number): Pair[] {
    const pairs: Pair[] = [];
    let next = 0;
    const catchUp = (end: number): void => {
      for (; next < end; next += 1) if (!this.#fromB.has(next)) pairs.push({ a: null, b: next, by: null });
    };
    for (let a = 0; a < countA; a += 1) {
      const match = this.#toB.get(a);
      if (match === undefined) {
        pairs.push({ a, b: null, by: null });
      } else {
        catchUp(match.b);
        pairs.push({ a, b: match.b, by: match.by });
      }
    }
    catchUp(countB);
    return pairs;
  }
}

export interface SubGraphMatches {
  readonly ops: readonly Pair[];
  readonly tensors: readonly Pair[];
}

/**
 * Finds what belongs together in two subgraphs. Ops: by the name of their first output where it is unique on both
 * sides; the others by position, aligned in the order of execution so that the same kinds (and, where there is a
 * choice, the same output shapes) meet. Tensors: by unique name, then by their place in matched ops, then at the edges.
 */
export function matchSubGraphs(a: SubGraph | undefined, b: SubGraph | undefined): SubGraphMatches {
  const [opsA, opsB, tensorsA, tensorsB] = [a?.operators ?? [], b?.operators ?? [], a?.tensors ?? [], b?.tensors ?? []];
  const ops = new Pairing();
  const outputName = (subgraph: SubGraph | undefined, outputs: readonly number[]): string => subgraph?.tensors[outputs[0] ?? -1]?.name ?? '';
  matchNames(ops, opsA.map(({ outputs }) => outputName(a, outputs)), opsB.map(({ outputs }) => outputName(b, outputs)));
  const restA = opsA.filter(({ index }) => !ops.hasA(index)).map((op) => ({ index: op.index, kind: op.code.name, shape: String(a?.tensors[op.outputs[0] ?? -1]?.shape) }));
  const restB = opsB.filter(({ index }) => !ops.hasB(index)).map((op) => ({ index: op.index, kind: op.code.name, shape: String(b?.tensors[op.outputs[0] ?? -1]?.shape) }));
  for (const [one, other] of align(restA, restB)) ops.add(one, other, 'position');

  const tensors = new Pairing();
  matchNames(tensors, tensorsA.map(({ name }) => name), tensorsB.map(({ name }) => name));
  const matchPlaces = (placesA: readonly number[] = [], placesB: readonly number[] = []): void => {
    placesA.forEach((one, place) => {
      const other = placesB[place] ?? -1;
      if (one >= 0 && other >= 0) tensors.add(one, other, 'position');
    });
  };
  matchPlaces(a?.inputs, b?.inputs);
  matchPlaces(a?.outputs, b?.outputs);
  for (const op of opsA) {
    const other = opsB[ops.matchOf(op.index) ?? -1];
    if (other === undefined || other.code.name !== op.code.name) continue;
    matchPlaces(op.outputs, other.outputs);
    matchPlaces(op.inputs, other.inputs);
  }
  return { ops: ops.list(opsA.length, opsB.length), tensors: tensors.list(tensorsA.length, tensorsB.length) };
}

function matchNames(pairing: Pairing, a: readonly string[], b: readonly string[]): void {
  const inB = uniqueNames(b);
  for (const [name, index] of uniqueNames(a)) {
    const other = inB.get(name);
    if (other !== undefined) pairing.add(index, other, 'name');
  }
}

function uniqueNames(names: readonly string[]): ReadonlyMap<string, number> {
  const unique = new Map<string, number>();
  const repeated = new Set<string>();
  names.forEach((name, index) => {
    if (unique.has(name)) repeated.add(name);
    unique.set(name, index);
  });
  for (const name of repeated) unique.delete(name);
  unique.delete('');
  return unique;
}

interface Step {
  readonly index: number;
  readonly kind: string;
  readonly shape: string;
}

/** Pairs of steps of the same kind in an order that holds on both sides, as many as there can be. */
function align(a: readonly Step[], b: readonly Step[]): [number, number][] {
  const columns = b.length + 1;
  if ((a.length + 1) * columns > maximumCells) return pairByKind(a, b);
  // Most steps first, equal shapes second: 2 for a pair of one kind, 3 when its shapes are the same as well.
  const best = new Uint32Array((a.length + 1) * columns);
  const at = (row: number, column: number): number => best[row * columns + column] ?? 0;
  const gain = (one: Step | undefined, other: Step | undefined): number => (one === undefined || one.kind !== other?.kind ? 0 : one.shape === other.shape ? 3 : 2);
  for (let row = a.length - 1; row >= 0; row -= 1) {
    for (let column = b.length - 1; column >= 0; column -= 1) {
      const both = gain(a[row], b[column]);
      best[row * columns + column] = Math.max(at(row + 1, column), at(row, column + 1), both === 0 ? 0 : both + at(row + 1, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < a.length && column < b.length) {
    const [one, other] = [a[row], b[column]];
    const both = gain(one, other);
    if (one !== undefined && other !== undefined && both > 0 && at(row, column) === both + at(row + 1, column + 1)) {
      pairs.push([one.index, other.index]);
      row += 1;
      column += 1;
    } else if (at(row, column) === at(row + 1, column)) {
      row += 1;
    } else {
      column += 1;
    }
  }
  return pairs;
}

function pairByKind(a: readonly Step[], b: readonly Step[]): [number, number][] {
  const waiting = new Map<string, number[]>();
  for (const { kind, index } of [...b].reverse()) {
    const list = waiting.get(kind);
    if (list === undefined) waiting.set(kind, [index]);
    else list.push(index);
  }
  return a.flatMap(({ kind, index }): [number, number][] => {
    const other = waiting.get(kind)?.pop();
    return other === undefined ? [] : [[index, other]];
  });
}
