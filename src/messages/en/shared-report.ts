import { counted } from './counted';

/** A report that a link brought. */
export const sharedReport = {
  title: 'A report from a link',
  measured: (moment: string, notHere: boolean) => `Measured ${moment}.${notHere ? ' It came in the link itself; no model was loaded.' : ''}`,
  close: 'Close the report',
  measuring: 'Benchmark of the report’s configurations',
  dropFile: (model: string, digest: string) => `To run it here, drop the file of ${model} on this page. Its SHA-256 is <digest>${digest}</digest>.`,
  fileMissing: (model: string, digest: string) => `Drop the file of ${model} on the page; its SHA-256 is ${digest}.`,
  run: 'Run on this device',
  loadAndRun: (hosts: string) => `Load from ${hosts} and run on this device`,
  leftOut: (samples: number, ops: number) => `The link had no room for ${counted(samples, 'samples', 'samples')}${ops === 0 ? '' : ` and ${counted(ops, 'op')}, whose times are summed`}. All statistics were made from everything.`,
  where: 'Where it was measured',

  what: 'What',
  there: 'There',
  here: 'Here',
  differs: ', differs',

  allFigures: 'All figures',
  allFiguresOf: (model: string, configuration: string) => `All figures of ${model}, ${configuration}`,
  modelAndConfiguration: 'Model and configuration',
  medianThere: 'Median there, ms',
  p95There: 'p95 there, ms',
  meanThere: 'Mean ± std there',
  medianHere: 'Median here, ms',
  p95Here: 'p95 here, ms',
  ratio: 'Here ÷ there',

  opsOf: (ops: number, model: string) => `${counted(ops, 'op')} of ${model} with their times`,
  op: 'Op',
  kind: 'Kind',
  time: 'Time, ms',
  share: 'Share',
  output: 'Output',
  fasterOps: (ops: number) => `${counted(ops, 'faster op')} together`,
};
