/** What two ops in a row are compared by. */
export interface Step {
  /** Steps of different kinds are never paired. */
  readonly kind: number;
  readonly shape: number;
  readonly own: number;
  /** What it reads comes from here, a number that means the same in both lists; −1 where that is not known. */
  readonly from: number;
}

/** Cells of the tables of one call of `alignAll`. */
const mostCells = 2 ** 23;

/**
 * Pairs of steps of the same kind in an order that holds on both sides, so that they are as many and as alike as can be
 * (a longest common subsequence whose pairs have weights; Needleman & Wunsch 1970), for several pairs of lists.
 * Where lists are too long for a whole table, only steps that stand in about the same place are compared, which
 * keeps the time by the number of steps and not by its square.
 */
export function alignAll<S extends Step>(lists: readonly (readonly [readonly S[], readonly S[]])[]): [S, S][] {
  const rows = lists.reduce((sum, [a, b]) => sum + Math.max(a.length, b.length) + 1, 0);
  const reach = Math.ceil(mostCells / Math.max(rows, 1) / 2);
  return lists.flatMap(([a, b]) => {
    if (a.length >= b.length) return align(a, b, reach);
    return align(b, a, reach).map(([one, other]): [S, S] => [other, one]);
  });
}

/** @param a as long as `b` at least, so that the band moves by one column a row at most */
function align<S extends Step>(a: readonly S[], b: readonly S[], reach: number): [S, S][] {
  if (b.length === 0) return [];
  const from = (row: number): number => Math.max(0, Math.round((row * b.length) / a.length) - reach);
  const width = Math.min(b.length, 2 * reach) + 1;
  const best = new Uint32Array((a.length + 1) * width);
  const at = (row: number, column: number): number => {
    const place = column - from(row);
    return place < 0 || place >= width || column > b.length ? 0 : best[row * width + place] ?? 0;
  };
  const gain = (one: S | undefined, other: S | undefined): number => {
    if (one === undefined || other === undefined || one.kind !== other.kind) return 0;
    return 8 + (one.shape === other.shape ? 3 : 0) + (one.own === other.own ? 2 : 0) + (one.from >= 0 && one.from === other.from ? 2 : 0);
  };
  for (let row = a.length - 1; row >= 0; row -= 1) {
    const first = from(row);
    for (let column = Math.min(b.length - 1, first + width - 1); column >= first; column -= 1) {
      const both = gain(a[row], b[column]);
      best[row * width + column - first] = Math.max(at(row + 1, column), at(row, column + 1), both === 0 ? 0 : both + at(row + 1, column + 1));
    }
  }
  const pairs: [S, S][] = [];
  let [row, column] = [0, from(0)];
  while (at(row, column) > 0) {
    const [one, other] = [a[row], b[column]];
    const both = gain(one, other);
    if (one !== undefined && other !== undefined && both > 0 && at(row, column) === both + at(row + 1, column + 1)) {
      pairs.push([one, other]);
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
