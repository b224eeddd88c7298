import { scaleLinear } from 'd3-scale';
import type { ValueStatistics, ValueBin } from '../../inspect/describe/shared/descriptions';
import { formatCount, formatReal } from '../../messages/format';

export interface ValueBar {
  readonly bin: ValueBin;
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface ValueHistogramLayout {
  readonly bars: readonly ValueBar[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Where a value lies; null outside the plot. */
  readonly xOf: (value: number | null) => number | null;
}

/**
 * Lays out a constant's values in a plot of the given size, x to the right, heights upwards.
 * @param logarithmic counts as powers of ten: weights cluster around 0, and their tails would not be seen
 */
export function layoutValues({ bins }: Pick<ValueStatistics, 'bins'>, width: number, height: number, logarithmic: boolean): ValueHistogramLayout {
  const from = bins[0]?.from ?? 0;
  const to = bins.at(-1)?.to ?? 1;
  const x = scaleLinear().domain([from, to]).range([0, width]);
  const most = bins.reduce((largest, { count }) => Math.max(largest, count), 1);
  const y = logarithmic ? scaleLinear().domain([0, Math.log10(most + 1)]).range([0, height]) : scaleLinear().domain([0, most]).range([0, height]).nice(3);
  const heightOf = (count: number): number => (count === 0 ? 0 : Math.max(1, y(logarithmic ? Math.log10(count + 1) : count)));
  return {
    bars: bins.map((bin) => {
      const natural = x(bin.to) - x(bin.from);
      return { bin, x: x(bin.from), width: Math.max(1, natural - (natural > 3 ? 1 : 0)), height: heightOf(bin.count) };
    }),
    xTicks: x.ticks(Math.max(2, Math.floor(width / 72))).map((tick) => ({ at: x(tick), text: formatReal(tick) })),
    yTicks: (logarithmic ? powersOfTen(most) : y.ticks(3).filter(Number.isInteger)).map((tick) => ({ at: y(logarithmic ? Math.log10(tick + 1) : tick), text: formatCount(tick) })),
    xOf: (value) => (value === null || value < from || value > to ? null : x(value)),
  };
}

function powersOfTen(most: number): number[] {
  const powers = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, exponent) => 10 ** exponent);
  const every = Math.ceil(powers.length / 4);
  return powers.filter((_, index) => index % every === 0);
}
