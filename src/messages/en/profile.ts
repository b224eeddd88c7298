import { formatCount } from '../format';
import { counted } from './counted';

/** Where one invoke's time goes, op by op. */
export const profile = {
  title: 'Profile',
  start: 'Profile this model',
  again: 'Profile again',
  preview: 'Where a run’s time goes: every op with its time, by kind, by name scope and in a table that is sorted by time.',
  expectedSlices: (duration: string) => `LiteRT has no clock for ops: parts of the model are timed in turn with the whole, ${duration} at most. A cancel keeps what is known.`,
  of: (model: string) => `Profile of ${model}`,
  reportName: (model: string) => `profile of ${model}`,
  build: (variant: string, version: string) => `${variant}, version ${version}`,
  invokeMean: 'Invoke, mean',
  together: 'Ops together',
  outside: 'Outside of ops',
  excess: 'More than the invoke',
  opsThatRun: 'Ops that run',
  runOf: (run: number, all: number) => `${formatCount(run)} of ${formatCount(all)}`,
  notAccelerated: 'Not accelerated',
  opsAndTime: (ops: number, time: string) => `${counted(ops, 'op')}, ${time}`,
  colourGraph: 'Colour the graph by time',
  measureWhole: 'Measure whole runs, for a link',
  whyWhole: 'A report has the time of runs that nothing disturbs beside the times of the ops.',
  formats: { csv: 'CSV', text: 'Text, as benchmark_model', trace: 'Trace, for Perfetto', 'node-data': 'Node data, for OpenModel Explorer' },
  byOp: 'By op',
  byScope: 'By name scope',
  kindTable: 'Table by kind of op',
  /** The times as numbers by which a graph is coloured. */
  time: 'Time',

  // Name scopes
  scopes: 'Time by name scope, in order of execution: arrow keys step through the ops, Enter zooms in',
  opName: (op: number, kind: string) => `Op ${op}, ${kind}`,
  timeAndShare: (time: string, share: string) => `${time}, ${share}`,

  // Tables
  opTimes: 'Times of ops',
  order: 'Order',
  runOrder: 'Run order',
  byTime: 'By time',
  hideIdle: (count: number) => `Hide ${counted(count, 'op')} without a time of their own`,
  opsWithTimes: { run: 'Ops with their times, in order of execution', time: 'Ops with their times, the longest first' },
  timeByKind: 'Time by kind of op',
  kindNotAccelerated: (count: number, all: number) => (count === all ? 'not accelerated' : `${count} not accelerated`),
  timedOf: (timed: number, count: number) => (timed === count ? String(count) : `${timed} of ${count}`),
  columns: {
    op: 'Op',
    kind: 'Kind',
    ops: 'Ops',
    time: 'Time, ms',
    interval: '95 %, ms',
    bar: 'Share as a bar',
    share: 'Share',
    sum: 'Sum',
    bytes: 'Bytes',
    called: 'Called',
    ranAs: 'Ran as',
  },
};
