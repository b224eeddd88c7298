import { extent, max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { charts } from '../../messages/charts';
import { histogram, type HistogramBin } from '../../stats/summarize';
import { type AxisTick, ticksOf, wholeTicksOf } from './chart-ticks';

export interface Bar {
  readonly bin: HistogramBin;
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** Slower than everything else by far: its width says nothing of its range. */
  readonly overflow: boolean;
}

export interface HistogramLayout {
  readonly bars: readonly Bar[];
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  /** Where a latency lies; inside the overflow bar for what is beyond the scale. */
  readonly xOf: (milliseconds: number) => number;
  /** A bin's ends with as many digits as tell them apart: `2.70 to 2.75 ms`. */
  readonly rangeOf: (bin: HistogramBin) => string;
}

const overflowWidth = 18;
const overflowGap = 6;
const narrowestBar = 4;

/**
 * Lays out latencies in a plot of the given size, x to the right, heights upwards.
 * @param fromZero whether the x axis starts at 0 ms or at the fastest run; counts always start at 0
 */
export function layoutHistogram(samples: readonly number[], width: number, height: number, fromZero: boolean): HistogramLayout {
  const [first = 0, last = 0] = extent(samples);
  // Only as many bins as the span has room for, or bars would be thinner than a line.
  const room = fromZero && last > 0 ? (width * (last - first)) / last : width;
  const bins = histogram(samples, Math.max(3, Math.min(40, Math.floor(room / narrowestBar))));
  const tail = bins.at(-1);
  const before = bins.at(-2);
  const hasOverflow = tail !== undefined && before !== undefined && tail.to - tail.from > 0
    && Math.abs((tail.to - tail.from) - (before.to - before.from)) > (before.to - before.from) * 1e-6;
  const regularEnd = hasOverflow ? tail.from : last;
  const plotWidth = hasOverflow ? width - overflowWidth - overflowGap : width;
  const spread = regularEnd - first;
  const start = fromZero ? 0 : first;
  // Identical samples span nothing; a little room on both sides lets their one bar be seen.
  const domain: [number, number] = spread === 0 && !fromZero ? [first * 0.95, first * 1.05 || 1] : [start, regularEnd || 1];
  const x = scaleLinear().domain(domain).range([0, plotWidth]);
  if (fromZero) x.domain([0, domain[1] * 1.02]);
  const most = max(bins, ({ count }) => count) ?? 1;
  const y = scaleLinear().domain([0, most]).range([0, height]).nice(3);
  const digits = digitsOf(bins[0]);
  return {
    bars: bins.map((bin, index) => {
      const overflow = hasOverflow && index === bins.length - 1;
      const left = overflow ? width - overflowWidth : x(bin.from);
      const natural = overflow ? overflowWidth : x(bin.to) - x(bin.from);
      return { bin, overflow, x: left, width: Math.max(natural - (natural > 3 ? 1 : 0), 2), height: bin.count === 0 ? 0 : Math.max(y(bin.count), 1) };
    }),
    xTicks: ticksOf(x, Math.max(2, Math.floor(plotWidth / 80))),
    yTicks: wholeTicksOf(y, 3),
    xOf: (milliseconds) => (milliseconds > regularEnd && hasOverflow ? width - overflowWidth / 2 : x(milliseconds)),
    rangeOf: ({ from, to }) => charts.histogram.range(from.toFixed(digits), to.toFixed(digits)),
  };
}

/** Behind the point, to the first one in which a bin's ends differ; of a bin of no width three, as elsewhere. */
function digitsOf(bin: HistogramBin | undefined): number {
  const width = bin === undefined ? 0 : bin.to - bin.from;
  return width > 0 ? Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(width)))) : 3;
}
