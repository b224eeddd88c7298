import { bisectLeft, extent, ticks } from 'd3-array';

/** Digits that round limits begin with: a limit is about 2, 3 or 10 times the one before. */
const series: readonly (readonly number[])[] = [[1, 2, 5], [1, 3], [1]];

/**
 * Round numbers that cut values into classes, each up to and with its limit, so that differences are seen: the limits are
 * in equal steps from 0, or each is a multiple of the one before, whichever spreads the values more evenly over the
 * classes (the greater entropy; of equal ones the fewer classes). One value far above all others then takes one class and not all but one. The last limit
 * is the greatest value. Values below 0 are cut in equal steps; zeros beside values above are no part of any class.
 *
 * @param most limits at most, at least 1
 */
export function roundLimits(values: readonly number[], most: number): readonly number[] {
  const [least, greatest] = extent(values.filter(Number.isFinite));
  if (least === undefined) return [];
  if (least < 0) return [...equalLimits(least, greatest, most), greatest];
  const above = values.filter((value) => value > 0 && Number.isFinite(value));
  const lowest = above.reduce((low, value) => Math.min(low, value), Infinity);
  if (above.length === 0) return [];
  const candidates = [equalLimits(0, greatest, most), ...series.map((digits) => growingLimits(digits, greatest, most))]
    // A class below the least value would be empty.
    .map((limits) => [...limits.filter((limit) => limit >= lowest), greatest])
    .map((limits) => ({ limits, evenness: entropy(above, limits) }));
  candidates.sort((one, other) => other.evenness - one.evenness || one.limits.length - other.limits.length);
  return candidates[0]?.limits ?? [];
}

/** Between two values, without both. */
function equalLimits(least: number, greatest: number, most: number): readonly number[] {
  for (let count = most; count > 0; count--) {
    const inside = ticks(least, greatest, count).filter((tick) => tick > least && tick < greatest);
    if (inside.length < most) return inside;
  }
  return [];
}

/** Below a value, in ascending order. */
function growingLimits(digits: readonly number[], greatest: number, most: number): readonly number[] {
  const found: number[] = [];
  for (let exponent = Math.floor(Math.log10(greatest)); found.length < most - 1; exponent--) {
    // As text, because 3 × 0.1 is not 0.3.
    const limits = digits.map((digit) => Number(`${digit}e${exponent}`)).filter((limit) => limit < greatest);
    if (limits.includes(0)) break;
    found.unshift(...limits);
  }
  return found.slice(Math.max(0, found.length - (most - 1)));
}

function entropy(values: readonly number[], limits: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) {
    const place = bisectLeft(limits, value);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - (count / values.length) * Math.log(count / values.length), 0);
}
