/** Samples that follow one another, as a chart or a table shows them where there are too many for one each. */
export interface SampleColumn {
  /** Counted from 1, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly middle: number;
  readonly most: number;
  /** How many of them are slow outliers. */
  readonly slow: number;
}

/**
 * Equal stretches of samples in the order in which they came.
 * @param outliers indices of samples, ascending
 * @param count how many stretches at most; never more than there are samples
 */
export function sampleColumns(samples: readonly number[], outliers: readonly number[], count: number): readonly SampleColumn[] {
  const columns = Math.min(count, samples.length);
  let next = 0;
  return Array.from({ length: columns }, (_, index) => {
    const from = Math.round((index * samples.length) / columns);
    const to = Math.round(((index + 1) * samples.length) / columns);
    const own = Float64Array.from(samples.slice(from, to)).sort();
    const first = next;
    while ((outliers[next] ?? Infinity) < to) next += 1;
    return { from: from + 1, to, least: own[0] ?? 0, middle: own[(own.length - 1) >> 1] ?? 0, most: own.at(-1) ?? 0, slow: next - first };
  });
}
