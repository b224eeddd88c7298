import { median } from 'd3-array';

/**
 * The medians of equal stretches of values in the order in which they came. What follows one another is alike; stretches
 * are far enough apart to tell how much the whole can be relied on, and few enough to be drawn.
 * @param most how many stretches at most; fewer values than this are given as they are
 */
export function burstMedians(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, burst) => {
    const [from, to] = [Math.floor((burst * values.length) / most), Math.floor(((burst + 1) * values.length) / most)];
    return median(values.slice(from, to)) ?? NaN;
  });
}
