import { formatCount } from '../format';
import { counted } from './counted';

/** Compare & shrink: which two are compared, on what, and what came of it. Tables of figures are in `comparing-tables`. */
export const comparing = {
  parts: 'Parts of Compare & shrink',
  part: { outputs: 'Outputs', variants: 'Variants', structure: 'Structure', runtimes: 'Runtimes' },
  makeAndCompare: 'Make and compare',
  selectionInBoth: 'Selection in A and B',
  selectionIn: (letter: string) => `Selection in ${letter}`,
  nothingIn: (letter: string) => `Nothing in ${letter} belongs to it.`,
  heading: 'Compare outputs',
  comparison: (name: string) => `Comparison with ${name}`,
  comparedOn: (inputs: number, configuration: string) => `Compared on ${counted(inputs, 'input')}, ${configuration}.`,
  tables: 'Tables: what each costs, errors of every output, and layer by layer',
  /** A model, and what is said of it; or its letter and its name. */
  named: (what: string, text: string) => `${what}: ${text}`,
  setUp: 'the input that is set up',

  pair: {
    label: 'What is compared',
    reference: 'A, the reference',
    other: 'B, held against it',
    swap: 'Swap A and B',
    open: 'Open models',
    variants: 'Variants of A',
    recipes: 'Made of A by a recipe',
  },

  answer: {
    model: 'Model',
    size: 'Size',
    latency: 'Median latency',
    awaited: (name: string) => `${name}, the input that is set up`,
    preview: (expected: string) => `<strong>A line over this picture will part what A and B make of it.</strong> Both run on the same input, then take turns to be timed: size, latency and agreement stand beside it. ${expected}`,
    madeFirst: (purpose: string) => `B is made of A first, on what is set up for a run or on the samples below. ${purpose}`,
    line: 'Line between the two results',
    lineAt: (percent: number, left: string, right: string) => `${percent} % of the picture from ${left}, the rest from ${right}`,
  },

  settings: {
    latency: 'Compare latency, in turn',
    latencies: { setup: 'as set up', all: 'both fast runtimes, 1 thread and all', none: 'not at all' },
    flagAbove: 'Flag outputs with an MSE above, squared units of the output',
    configurations: (outputs: string, latencies: readonly string[]) => `Outputs: ${outputs}, chosen under Overview.${latencies.length > 1 ? ` Latency: ${latencies.join('; ')}.` : ''}`,
    further: 'Compare these with A, too',
  },

  files: {
    legend: 'Inputs',
    setUp: 'The input that is set up under Overview',
    chosen: (files: number) => counted(files, 'file'),
    labelled: (files: number, classes: number, by: string, unlabelled: number) => `${counted(files, 'file')}, ${counted(classes, 'class', 'classes')} by ${by}${unlabelled > 0 ? `, ${formatCount(unlabelled)} without a label` : ''}`,
    labelledBy: { folders: 'folders', CSV: 'CSV', numbers: 'a list of labels' },
    unused: (files: number) => `${counted(files, 'file')} of other kinds left out.`,
    unknownRows: (rows: number) => `${counted(rows, 'row')} of the CSV ${rows === 1 ? 'names' : 'name'} no file that was chosen.`,
    pictures: 'Pictures …',
    rows: 'CSV, text or .npy …',
    hintRows: 'Or drop them here: rows of a table (CSV), of models of text a sentence a line, with a column for labels; or an array (.npy) with a text file of as many labels. Nothing leaves your device.',
    folder: 'Folder …',
    testSet: 'Its own test set',
    backToSetUp: 'What is set up',
    hint: 'Or drop them here. Labels: a folder for each class, a CSV with the columns file and label, or an array (.npy) with a text file of as many lines. Nothing leaves your device.',
    labelsAlone: 'A table of labels alone: choose the pictures that it names first.',
    nothingToRun: (files: number) => `${counted(files, 'file')}, none of them a picture or .npy.`,
  },

  samples: {
    heading: 'Inputs',
    order: 'Order',
    orders: { disagreement: 'Disagreement, largest first', error: 'SQNR, lowest first', name: 'Name' },
    input: 'Input',
    label: 'Label',
    agreement: 'Agreement',
    lowest: 'Lowest SQNR, dB',
    greatest: 'Greatest error',
    answer: (label: string, score: string) => `${label}, ${score}`,
    both: (name: string) => `${name}, both results`,
    unknown: 'Nothing to be drawn: what the outputs mean is not known.',
    none: 'No result.',
  },

  live: {
    heading: 'Live, side by side',
    noPictures: 'Only models that take pictures can take frames.',
    stop: 'Stop',
    starting: 'Starting',
    hint: 'Both get the same frames and run at once; the faster one waits for the slower. Sharing the processor makes each slower than alone: compare latency in turn above. Nothing leaves your device.',
    frame: (name: string) => `Latest frame with what ${name} found in it`,
    invoke: 'Invoke, median',
    latency: 'Capture to picture, median',
    rate: 'Frames a second',
    shown: 'Frames shown',
  },
};
