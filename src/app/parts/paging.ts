/** What a list that goes by pages may hold. */
export type Listed = 'rows' | 'ops' | 'layers' | 'activations' | 'labels' | 'channels';

/** `[2, 0, 5]` of the flat index, last dimension fastest. */
export function coordinatesOf(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return shape.map((_, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1);
    const coordinate = Math.floor(rest / stride);
    rest -= coordinate * stride;
    return coordinate;
  });
}

/** The page that holds an index, within the pages that there are. */
export function pageOf(index: number, pageSize: number, total: number): number {
  const last = Math.max(0, Math.ceil(total / pageSize) - 1);
  return Math.min(last, Math.max(0, Math.floor(index / pageSize)));
}
