import type { ScaleContinuousNumeric } from 'd3-scale';
import { formatCount } from '../../messages/format';

/** A named place on an axis, in pixels from the plot's left or top edge. */
export interface AxisTick {
  readonly at: number;
  readonly text: string;
}

/** About what a figure takes at the charts' size of type, in pixels: those of the systems' fonts take 6.6 to 7 at 12 px. */
const figureWidth = 7;
/** Between two names side by side, in pixels. */
const gap = 8;

/** About how wide a name on an axis is, in pixels. */
export function nameWidth(text: string): number {
  return text.length * figureWidth;
}

/** Some round values of a scale, each with as many digits as tell it from its neighbours. */
export function ticksOf(scale: ScaleContinuousNumeric<number, number>, count: number): AxisTick[] {
  // The same count for both: d3 takes the digits from the step that it makes.
  const nameOf = scale.tickFormat(count);
  return scale.ticks(count).map((value) => ({ at: scale(value), text: nameOf(value) }));
}

/** The same for what is counted. */
export function wholeTicksOf(scale: ScaleContinuousNumeric<number, number>, count: number): AxisTick[] {
  return scale.ticks(count).filter(Number.isInteger).map((value) => ({ at: scale(value), text: formatCount(value) }));
}

/**
 * Where the names of a horizontal axis stand: in the middle below their ticks, moved inwards where they would be cut off,
 * and left out where they would touch the one before.
 * @param from where the drawing begins, in the ticks' pixels; `to` where it ends
 */
export function placeNames(ticks: readonly AxisTick[], from: number, to: number): (AxisTick & { readonly middle: number })[] {
  let taken = -Infinity;
  return ticks.flatMap((tick) => {
    const half = nameWidth(tick.text) / 2;
    const middle = Math.max(from + half, Math.min(to - half, tick.at));
    if (middle - half < taken + gap) return [];
    taken = middle + half;
    return [{ ...tick, middle }];
  });
}
