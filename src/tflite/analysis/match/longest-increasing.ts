/** Positions of the longest part of a list that rises from each to the next, in O(n log n) (Fredman 1975). */
export function longestIncreasing(values: readonly number[]): number[] {
  /** For each length, the position of the smallest value that ends a rising part of it. */
  const ends: number[] = [];
  const before = new Int32Array(values.length).fill(-1);
  values.forEach((value, position) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[ends[middle] ?? -1] ?? NaN) < value) low = middle + 1;
      else high = middle;
    }
    before[position] = ends[low - 1] ?? -1;
    ends[low] = position;
  });
  const positions: number[] = [];
  for (let position = ends.at(-1) ?? -1; position >= 0; position = before[position] ?? -1) positions.push(position);
  return positions.reverse();
}
