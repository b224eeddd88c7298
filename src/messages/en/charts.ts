import { formatCount } from '../format';
import { counted } from './counted';

type SweepFigure = 'latency' | 'speed-up';

const sweepTitles = { latency: 'Latency', 'speed-up': 'Speed-up' };

/** Axes, values and tables of charts. */
export const charts = {
  spoken: (name: string, value: string) => `${name}: ${value}`,
  fromZero: 'Latency axis from zero',
  opName: (op: number, kind: string) => `Op ${op}, ${kind}`,
  threads: (count: number) => counted(count, 'thread'),
  withInterval: (value: string, low: string, high: string) => `${value}, 95 % interval ${low} to ${high}`,

  histogram: {
    label: (runs: number, median: string, p95: string) => `Histogram of ${counted(runs, 'run')}: median ${median}, 95 % within ${p95}`,
    runsAxis: 'runs',
    latencyAxis: 'latency, ms',
    median: 'median',
    runCount: (count: number) => counted(count, 'run'),
    byLatency: 'Runs by latency',
    slower: 'slower',
    latency: 'Latency',
    runs: 'Runs',
    range: (from: string, to: string) => `${from} to ${to} ms`,
  },

  kinds: {
    label: 'Time by kind of op',
    kind: (kind: string, ops: number) => `${kind}, ${counted(ops, 'op')}`,
    shareAndTime: (share: string, time: string) => `${share} of the time, ${time}`,
    shares: (kinds: readonly (readonly [kind: string, share: string])[]) => kinds.map(([kind, share]) => `${kind} ${share}`).join(', '),
  },

  roof: {
    label: (ops: number, ceiling: string, bandwidth: string) => `Roofline: ${ops} ops by arithmetic intensity and rate, under ${ceiling} and ${bandwidth} GB/s. The table has every op.`,
    ceiling: (rate: string, bytes: boolean) => (bytes ? `${rate} GOP/s on bytes` : `${rate} GFLOP/s`),
    rateAxis: 'GFLOP/s (logarithmic)',
    intensityAxis: 'arithmetic intensity, FLOP/B (logarithmic)',
    point: (rate: string, intensity: string, share: string, doubtful: boolean, time: string) => `${rate} GFLOP/s at ${intensity} FLOP/B, ${share} of ${doubtful ? 'a doubtful roof' : 'its roof'}, ${time}`,
    points: 'Ops under the roof; Enter selects one',
    caption: 'A circle’s area is the op’s time. Under the slope ops are bound by memory, under the level part by arithmetic. The slope is the memory’s; ops whose data fit into caches may stand above it and are held against the caches’ own rate.',
  },

  samples: {
    label: (runs: number, outliers: number, drift: readonly [from: string, to: string] | null) => `${counted(runs, 'run')} over time, ${counted(outliers, 'slow outlier')}, ${drift === null ? 'no drift' : `drifting from ${drift[0]} to ${drift[1]}`}`,
    runAxis: 'run, in the order of time',
    stretch: (from: number, to: number) => `Samples ${formatCount(from)} to ${formatCount(to)}`,
    stretchValue: (least: string, most: string, median: string) => `${least} to ${most}, median ${median}`,
    run: (run: number, round: number | null, slow: boolean) => `Run ${formatCount(run)}${round === null ? '' : `, round ${formatCount(round)}`}${slow ? ', slow outlier' : ''}`,
    inOrder: 'Runs in the order of time',
    table: 'Runs over time, in groups',
    runs: 'Runs',
    least: 'Least, ms',
    median: 'Median, ms',
    most: 'Most, ms',
    slowOutliers: 'Slow outliers',
    group: (from: number, to: number) => `${from} to ${to}`,
    outliers: (count: number) => `${counted(count, 'slow outlier')}.`,
    drift: (from: string, to: string) => `Drift from ${from} to ${to}.`,
    meanOf: (runs: number) => `Each sample is the mean of ${formatCount(runs)} runs.`,
    rounds: (count: number) => `${counted(count, 'round')}.`,
  },

  sweep: {
    speedUp: (factor: string) => `${factor} times as fast as one`,
    speedUpWithInterval: (factor: string, low: string, high: string) => `${factor} times as fast as one, 95 % interval ${low} to ${high}`,
    point: (series: string, threads: number) => `${series}, ${counted(threads, 'thread')}`,
    latencyAxis: 'ms',
    speedUpAxis: 'speed-up, times one thread',
    threadsAxis: 'threads',
    label: (show: SweepFigure, series: readonly { readonly name: string; readonly values: readonly (readonly [threads: number, value: string])[] }[]) =>
      `${sweepTitles[show]} over threads. ${series.map(({ name, values }) => `${name}: ${values.map(([threads, value]) => `${counted(threads, 'thread')} ${value}`).join(', ')}`).join('. ')}`,
    byThreads: (show: SweepFigure) => `${sweepTitles[show]} by threads`,
    ideal: 'ideal',
    points: (values: readonly (readonly [threads: number, value: string])[]) => values.map(([threads, value]) => `${counted(threads, 'thread')} ${value}`).join(', '),
  },
};
