import { formatCount } from '../format';
import { counted } from './counted';

/** Runs that are timed, alone and in turn. */
export const benchmark = {
  title: 'Benchmark',
  start: 'Start benchmark',
  again: 'Measure again',
  of: (model: string) => `Benchmark of ${model}`,
  preview: 'How long runs take and how much they differ, for the configuration and inputs that are set up: a fresh session, warm-up, then timed runs.',
  build: (variant: string, version: string) => `${variant}, version ${version}`,
  copy: 'Copy the result as text',
  copyShort: 'Copy as text',
  calibration: (before: string, after: string) => `The machine itself: the same arithmetic took ${before} before and ${after} after.`,
  doubts: 'Doubts about these figures',

  // Figures
  mean: 'Mean',
  deviation: 'Std',
  min: 'Min',
  max: 'Max',
  median: 'Median',
  initialization: 'Init',
  firstInference: 'First inference',
  warmUpMean: 'Warm-up mean',
  memory: 'WASM memory',
  memoryChange: (before: string, after: string) => `${before} → ${after}`,
  runs: 'Runs',
  runCounts: (runs: number, warmUp: number) => `${formatCount(runs)} + ${formatCount(warmUp)} warm-up`,

  // The plan
  plan: (warmUpRuns: number, warmUpSeconds: number, runs: number, seconds: number, mostSeconds: number) =>
    `Plan: warm up ${counted(warmUpRuns, 'run')} and ${warmUpSeconds} s, then time ${counted(runs, 'run')} and ${seconds} s, at most ${mostSeconds} s`,
  planFields: {
    warmup_runs: 'Warm-up, at least runs',
    warmup_min_secs: 'and at least seconds',
    num_runs: 'Timed, at least runs',
    min_secs: 'and at least seconds',
    max_secs: 'but at most seconds',
  },
  defaults: 'benchmark_model’s defaults',

  // Tables
  modelAndConfiguration: 'Model and configuration',
  medianColumn: 'Median, ms',
  medianBar: 'Median as a bar',
  p95Column: 'p95, ms',
  measured: 'Measured in this session',
  measuredResults: (count: number) => `Measured in this session: ${counted(count, 'result')}`,

  // In turn
  compared: {
    title: 'Compare configurations',
    about: 'They take turns in an order that is shuffled every round, each time in a session of its own, so that nothing else runs meanwhile and a machine that becomes slower slows all alike.',
    reference: (configuration: string) => `${configuration}, the reference`,
    remove: 'Remove',
    models: 'With these models too',
    of: (model: string) => `Comparison of ${model}`,
    add: 'Add what is set up',
    start: 'Compare',
    plan: (rounds: number, confidence: string, seed: number) => `${rounds} rounds, interval of ${confidence}, seed ${seed}`,
    rounds: 'Rounds',
    confidence: 'Confidence, %',
    seed: 'Seed of the order',
    reportName: (model: string) => `comparison of ${model}`,
    caption: (rounds: number, confidence: string, most: string) => `Time against the first row, in ${counted(rounds, 'round')} taken in turn; interval of ${confidence}, scale from 0 to ${most}`,
    ratio: 'Ratio',
    interval: 'Interval',
    ratioMark: 'Ratio as a mark',
    verdict: 'Verdict',
    referenceRow: 'reference',
    range: (low: string, high: string) => `${low} to ${high}`,
    verdicts: { faster: 'faster', slower: 'slower', 'no measurable difference': 'no measurable difference' },
    moreTime: (share: string) => `${share} more time`,
    lessTime: (share: string) => `${share} less time`,
    rowRuns: (rows: number, doubtful: number) => `Runs of ${counted(rows, 'row')} over time${doubtful === 0 ? '' : `, ${doubtful} of them with doubts`}`,
    runsOf: (row: string) => `Runs of ${row}`,
  },
};
