import { counted } from './counted';

/** What is going on. What stands before a colon stays the same while the figures behind it change. */
export const wordingProgress = {
  downloading: (what: string, loaded: string, total: string | null) => `Downloading ${what}: ${loaded}${total === null ? '' : ` of ${total}`}`,
  readingModel: 'Reading the model',
  starting: (runtime: string) => `Starting ${runtime}`,
  loadingModel: (runtime: string) => `Loading the model into ${runtime}`,
  round: (round: number, rounds: number, row: string) => `Round ${round} of ${rounds}: ${row}`,
  searchingLayers: (tries: number, ratio_db: string) => `Searching for sensitive layers: ${counted(tries, 'try', 'tries')}, ${ratio_db} dB`,
  measuringMachine: 'Measuring the machine itself',
  preparingInputs: 'Preparing the inputs',
  running: 'Running',
  runningSteps: (step: number, steps: number) => `Running: step ${step} of ${steps}`,
  readingOutputs: 'Reading the outputs',
  rewriting: 'Rewriting the model',
  quantizing: 'Quantizing',
  findingRanges: (samples: number, all: number) => `Finding ranges: ${samples} of ${counted(all, 'sample')}`,
  everyTensor: (runtime: string) => `Every tensor on ${runtime}`,
  comparing: (runtime: string) => `Comparing on ${runtime}`,
  everyLayer: 'Every layer of both',
  comparingOutputs: (inputs: number, all: number) => `Comparing outputs: ${inputs} of ${counted(all, 'input')}`,
  warmingUp: (runs: number) => `Warming up: ${counted(runs, 'run')}`,
  profiling: (runs: number) => `Profiling: ${counted(runs, 'run')}`,
  timingParts: (parts: number) => `Timing parts of the model beside the whole: ${counted(parts, 'part')}; cancel to keep what is known`,
  measuring: (runs: number, median: string) => `Measuring: ${counted(runs, 'run')}, median ${median}`,
  takesAbout: (time: string) => `Takes about ${time}.`,
  takesAtLeast: (time: string) => `Takes at least ${time}.`,
};
