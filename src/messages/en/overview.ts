import { counted } from './counted';

/** The scorecard of a model, and what to do next. */
export const overview = {
  title: 'Overview',
  cancelled: 'Cancelled. What was measured before stays.',
  waits: (size: string) => `Models above ${size} wait until they are asked to run.`,
  promise: 'Runs the model on a sample and measures it for some seconds.',
  goOn: 'Go on',
  start: 'Run and measure',
  graphOf: (ops: number) => `The graph of ${counted(ops, 'op')}`,

  latency: 'Latency',
  latencyPreview: 'The median of some runs in a row, and how sure it is. Takes a second.',
  medianOf: (runs: number, low: string, high: string) => `median of ${counted(runs, 'run')}; 95 % interval ${low} to ${high}`,

  ops: 'Where the time goes',
  opsPreview: 'Which kinds of ops the time of a run goes to.',
  timedOn: (timed: string, runtime: string) => `Timed on ${timed}: ${runtime} has no clock for ops.`,

  threads: 'Threads',
  threadsPreview: 'How much faster more threads are. Takes some seconds.',
  noSeries: 'A run is shorter than this browser’s clock can tell: threads cannot be compared.',
  oneThread: (reason: string) => `${reason}: one thread is all there is.`,
  oneThreadHere: 'There is one thread only to run it on: this device has one core, or it runs on no WebAssembly.',

  smaller: 'Smaller and faster',
  smallerPreview: 'What 8-bit numbers would bring for this very file.',
  makingInt8: (model: string) => `An int8 variant of ${model}`,
  /** Behind the size. */
  tried: (ratio: string, verdict: string | null) => `, ${ratio} × the size${verdict === null ? '' : `: ${verdict}`}`,
  compare: 'Compare on the picture',
  nothingSmaller: 'No op of this model has weights that could be stored smaller.',
  tryIt: 'Try it',

  inputPicture: (name: string) => `${name}, the input`,
  awaited: 'What the model makes of its input will stand here.',
  given: (input: string) => `Of ${input}`,
  madeUp: 'It ran on made-up values, because no sample fits its inputs: choose your own on the left.',
  outputs: (count: number) => counted(count, 'output'),
  output: (shape: string, dtype: string, lowest: string, highest: string) => `${shape} ${dtype}, ${lowest} to ${highest}`,
  cutOff: 'The shaded parts were cut off: the model did not see them.',
  found: (picture: string, result: string) => `${picture}: ${result}`,

  seeWhy: 'See why',
  makeVariant: 'Make a variant',
  lookCloser: 'Look closer',
  nothingFound: 'Nothing was found that takes time and need not.',
  onlySmaller: (smaller: string) => `Nothing was found that takes time in every run and need not. ${smaller}`,
  finding: (title: string, cost: string, atMost: boolean, once: boolean, advice: string) => `${title}. It costs ${atMost ? 'at most ' : ''}${cost} ${once ? 'once' : 'in every run'}. ${advice}`,
  runOn: (threads: number) => `Run on ${counted(threads, 'thread')}`,
};
