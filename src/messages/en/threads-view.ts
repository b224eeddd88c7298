import { counted } from './counted';

/** How a model's speed follows the number of threads. */
export const threadsView = {
  title: 'Threads',
  measure: 'Measure threads',
  again: 'Measure again',
  sentence: (title: string) => `${title}.`,
  untilThen: (hint: string) => `${hint} Until then one thread is all that can be measured.`,
  threadsOf: (model: string) => `Threads of ${model}`,
  reportName: (model: string) => `threads of ${model}`,
  measuredInTurn: (counts: number, rounds: number) => `${counted(counts, 'count')}, measured in turn in ${counted(rounds, 'round')}.`,
  preview: 'How the model’s speed follows the number of threads, all counts measured in turn, and from where on more bring nothing.',
  plan: (runtimes: string, counts: string, onlyOne: boolean, models: number, ops: boolean) =>
    `Plan: ${runtimes} on ${counts} ${onlyOne ? 'thread' : 'threads'}${models === 1 ? '' : `, ${counted(models, 'model')}`}${ops ? ', every op too' : ''}`,
  runtimes: 'Runtimes, on WebAssembly',
  otherModels: 'With these models too',
  counts: (cores: number) => `Thread counts (this device has ${counted(cores, 'core')}; more of them may be tried)`,
  everyOp: 'Time every op too',

  range: (low: string, high: string) => `${low} to ${high}`,
  series: 'Series',
  bars: 'Bars are 95 % intervals.',
  barsAndLaw: 'Bars are 95 % intervals. Dotted is a law that goes through all of them.',
  threadsOfConfigurations: (configurations: number) => `Threads of ${counted(configurations, 'configuration')}, measured in turn`,
  configuration: 'Configuration',
  median: 'Median, ms',
  intervalMs: '95 % interval, ms',
  speedUp: 'Speed-up',
  interval: '95 % interval',
  efficiency: 'Efficiency',
  noSeries: 'A run is shorter than this browser’s clock can tell: threads cannot be compared.',
  failed: (name: string) => `${name}:`,

  opsNotTimed: (runtime: string, threads: number) => `The ops of ${runtime} could not be timed on ${counted(threads, 'thread')}:`,
  opsByLoss: (runtime: string, threads: number) => `Ops of ${runtime} by what they lose against ideal scaling on ${counted(threads, 'thread')}`,
  op: 'Op',
  threadsMs: (threads: number) => `${counted(threads, 'thread')}, ms`,
  serialShare: 'Serial share',
  lost: 'Lost, ms',
  firstOnly: 'The first ones only',
  allOps: (ops: number) => `All ${ops} ops`,
};
