import { formatCount } from '../format';
import { counted } from './counted';

/** What the command line prints, and what it says of wrong calls. Names of commands and options are the same in every language. */
export const commandLine = {
  description: 'Runs, measures and inspects .tflite models in a browser’s runtimes.',
  afterHelp: '\nA model is a file, a web address, or gallery:ID.\nExit codes: 0 all right, 1 over budget, 2 wrong use, 3 a model that cannot run.',
  commands: {
    inspect: 'what a model is made of',
    bench: 'measures models as benchmark_model does; several are compared',
    compare: 'what a model and a variant of it differ in: latency, size, outputs, agreement',
    run: 'runs a model once',
    replay: 'runs a saved run again, and tells how its outputs compare',
    help: 'display help for command',
  },
  options: {
    version: 'output the version number',
    language: 'the language to speak; the system’s when left out',
    browser: 'chrome, chromium, edge or a program; what the system has when left out',
    connect: 'a browser elsewhere, by Playwright’s connect',
    grid: 'a browser elsewhere, by a Selenium Grid',
    host: 'how a browser of the grid reaches this machine',
    runtime: 'what executes the model',
    accelerator: 'what it runs on',
    threads: 'one or several, such as 1,2,4',
    input: 'a picture, a sound, a .npy file, raw values, numbers such as 5.1,3.5,1.4,0.2 or a sentence; may be repeated',
    runs: 'time at least this many runs',
    warmUpRuns: 'warm up at least this many runs',
    leastSeconds: 'time at least this long',
    mostSeconds: 'but no longer than this',
    wide: 'tables with whole names, wider than the terminal where need be',
    profiling: 'time every op too, in a session of its own',
    csv: 'the report as CSV; - for standard output',
    link: 'a link that carries the report, to the page that is named',
    budget: 'such as median_ms<=20, size_mb<=4, ratio:baseline.json<=1.1; may be repeated',
    baseline: 'an earlier JSON to compare with',
    images: 'pictures to compare outputs on; seeded random values when left out',
    output: 'where an output goes, as .npy; may be repeated',
    inspectJson: 'as JSON; on standard output when no file or - is named',
    benchJson: 'the report as JSON; - for standard output',
    compareJson: 'all of it as JSON; - for standard output',
    save: 'saves the run: inputs, outputs, preprocessing and programs that do the same elsewhere (.zip)',
    replayModel: 'the model that the run was saved of; one of the gallery is opened by itself',
    replayRuntime: 'what executes the model; what the run was saved with when left out',
    tolerance: 'how far outputs may be from the saved ones, as a share of their range; without it they must be the same on what they were saved with',
    replayJson: 'the comparison as JSON; - for standard output',
    runJson: 'statistics of the outputs as JSON; - for standard output',
  },

  // The frame of --help
  helpTitles: { usage: 'Usage:', options: 'Options:', commands: 'Commands:' },
  someOptions: '[options]',
  someCommand: '[command]',
  optionDescription: (description: string, choices: readonly string[], byDefault: string | null) => {
    const more = [...(choices.length === 0 ? [] : [`choices: ${choices.join(', ')}`]), ...(byDefault === null ? [] : [`default: ${byDefault}`])];
    return more.length === 0 ? description : `${description} (${more.join(', ')})`;
  },

  replayed: (model: string) => `Replayed on ${model}`,

  // Wrong calls
  helpTellsMore: '(--help tells more)',
  unknownOption: (option: string) => `error: unknown option '${option}'`,
  unknownCommand: (command: string) => `error: unknown command '${command}'`,
  missingArgument: (name: string) => `error: missing required argument '${name}'`,
  missingValue: (option: string) => `error: option '${option}' argument missing`,
  tooManyArguments: (command: string | null, expected: number, given: number) =>
    `error: too many arguments${command === null ? '' : ` for '${command}'`}. Expected ${counted(expected, 'argument')} but got ${given}.`,
  invalidValue: (option: string, value: string, reason: string) => `error: option '${option}' argument '${value}' is invalid. ${reason}`,
  allowedChoices: (choices: string) => `Allowed choices are ${choices}.`,
  didYouMean: (names: readonly string[]) => `(Did you mean ${names.length > 1 ? 'one of ' : ''}${names.join(', ')}?)`,
  mustBeNumber: (least: number) => `It must be a number of at least ${least}.`,
  mustBeThreads: 'It must be whole numbers of at least 1, such as 1,2,4.',
  noFile: (name: string) => `There is no file ${name}.`,
  noFolder: (name: string) => `There is no folder ${name}.`,
  noPicture: (folder: string) => `${folder} holds no picture.`,
  noGalleryModel: (id: string) => `The gallery has no model “${id}”.`,
  noOutput: (asked: string, outputs: readonly string[]) => `The model has no output for --output ${asked}. It has ${outputs.join(', ')}.`,
  oneThreadCount: 'compare takes one number of threads.',
  twoModels: 'compare takes two models.',
  noPageAddress: (page: string) => `--link names ${page}, which is no address of a page.`,
  cannotWrite: (path: string, reason: string) => `${path} cannot be written: ${reason}`,
  noBudget: (written: string) => `“${written}” is no budget. It has the form median_ms<=20.`,
  noFigure: (written: string, figures: readonly string[]) => `“${written}” is no figure of a budget. There are ${figures.join(', ')} and ratio:FILE.`,
  noJson: (file: string) => `${file} is no JSON.`,
  noReport: (file: string, reason: string) => `${file} is no report: ${reason}`,

  // The browser
  noProgram: (name: string) => `--browser names ${name}, which is no program here.`,
  noBrowser: (name: string | null) => `There is no ${name ?? 'Chrome, Chromium or Edge'} on this system. Install one, or name one with --browser PATH.`,
  browserDoesNotStart: (reason: string) => `The browser does not start: ${reason}`,
  notBuilt: (folder: string) => `There is no built page in ${folder}. Build it first: npm run build`,
  pageDoesNotAnswer: (reason: string) => `The browser’s page does not answer. ${reason}`,
  /** @param reason the browser's own, or the status of an answer */
  unreadable: (file: string, reason: string | number) => `The page cannot read ${file} from the command line: ${typeof reason === 'number' ? `status ${reason}` : reason}`,
  stopping: 'Stopping.',

  // Failures
  failure: (title: string, details: string) => `${title}: ${details}`,
  where: (place: string) => `Where: ${place}`,
  hint: (hint: string, code: string) => `${hint} (${code})`,

  // inspect
  modelHead: (name: string, size: string, sha256: string) => `${name}: ${size}, SHA-256 ${sha256}`,
  note: (note: string, code: string) => `Note: ${note} (${code})`,
  modelCounts: ({ ops, tensors, parameters, macs }: { readonly ops: number; readonly tensors: number; readonly parameters: number; readonly macs: number }) =>
    `${formatCount(ops)} ops, ${formatCount(tensors)} tensors, ${formatCount(parameters)} parameters, ${formatCount(macs)} multiply-accumulates a run`,
  signature: (key: string) => `Signature ${key === '' ? '(the only one)' : key}`,
  quantized: 'quantized',
  weights: 'Weights',
  opsInOrder: 'Ops in the order of execution',
  columns: {
    answer: 'answer', score: 'score', tensor: 'tensor', tensors: 'tensors', type: 'type', shape: 'shape', elements: 'elements', bytes: 'bytes', op: 'op', kind: 'kind', output: 'output', macs: 'MACs', weightBytes: 'weight bytes',
    size: 'size', median: 'median', rmse: 'RMSE', greatestError: 'greatest error', cosine: 'cosine', sqnr: 'SQNR, dB', mse: 'MSE', min: 'min', max: 'max', mean: 'mean',
  },

  // bench
  profileOf: (row: string) => `Profiling Info for ${row}:`,
  notInBaseline: (row: string) => `${row}: not in the baseline`,
  againstBaseline: ({ row, now, then, ratio }: { readonly row: string; readonly now: string; readonly then: string; readonly ratio: string }) => `${row}: median ${now} ms, was ${then} ms, ratio ${ratio}`,
  notMeasured: (row: string) => `${row} could not be measured.`,
  overBudget: (line: string) => `Over budget: ${line}`,
  figureOver: ({ row, figure, value, budget }: { readonly row: string; readonly figure: string; readonly value: string; readonly budget: string }) => `${row}: ${figure} is ${value}, budget ${budget}`,
  noBaselineRow: (row: string, baseline: string, budget: string) => `${row}: ${baseline} has no row of this model and configuration, budget ${budget}`,
  ratioOver: ({ row, ratio, now, then, budget }: { readonly row: string; readonly ratio: string; readonly now: string; readonly then: string; readonly budget: string }) =>
    `${row}: ratio is ${ratio} (${now} ms, was ${then} ms), budget ${budget}`,

  // compare
  sizeRatio: (ratio: string) => `Size: B is ${ratio} times as large as A.`,
  noLatency: 'Latency: it could not be compared.',
  latencyRatio: ({ ratio, low, high, verdict }: { readonly ratio: string; readonly low: string; readonly high: string; readonly verdict: string }) => `Latency: B takes ${ratio} times as long as A (${low} to ${high}): ${verdict}.`,
  outputsOnRandom: (inputs: number) => `Outputs of B against those of A, on ${inputs} random inputs`,
  outputsOnPictures: (pictures: number) => `Outputs of B against those of A, on ${counted(pictures, 'picture')}`,
  notCompared: (sample: string, title: string, details: string) => `${sample}: not compared. ${title}: ${details}`,
  above: (limit: number) => `above ${limit}`,
  within: 'within',
  noCounterpart: (output: string) => `“${output}” has no counterpart in B.`,
  otherCount: (output: string, inA: number, inB: number) => `“${output}” has ${inA} values in A and ${inB} in B.`,
  byPlace: (output: string, other: string) => `“${output}” is compared with “${other}”, by its place.`,
  outputOfB: (output: string) => `“${output}” is an output of B alone.`,

  // run
  unknownWords: (words: readonly string[]) => `Not in the vocabulary: ${words.map((word) => `“${word}”`).join(', ')}.`,
  cutTokens: (tokens: number, places: number) => `Cut off after ${places} places: ${counted(tokens, 'token')} found none.`,
  ran: ({ runtime, version, accelerator, threads, build, time }: { readonly runtime: string; readonly version: string; readonly accelerator: string; readonly threads: number; readonly build: string; readonly time: string }) =>
    `${runtime} ${version}, ${accelerator}, ${threads} threads, ${build}: ${time}`,
};
