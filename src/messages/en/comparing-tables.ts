import { formatCount } from '../format';
import { counted } from './counted';

/** Figures of a comparison of models: what each costs, accuracy, errors of outputs, errors layer by layer. */
export const comparingTables = {
  costs: {
    caption: (configuration: string | null) => `What each costs${configuration === null ? '' : `, ${configuration}`}`,
    model: 'Model',
    file: 'File',
    fileOfA: 'of A',
    loading: 'Loading',
    first: 'First inference',
    memory: 'WASM memory',
    onlyFirst: 'Only the first inputs were compared:',
    notMeasured: 'not measured',
  },

  latency: {
    caption: (rounds: number, percent: number) => `Latency, in turn with the reference in ${rounds} rounds; interval of ${percent} %`,
    configuration: 'Configuration',
    model: 'Model',
    median: 'Median, ms',
    timeOfA: 'Time of A',
    interval: 'Interval',
    mark: 'Ratio as a mark',
    verdict: 'Verdict',
    reference: 'reference',
    range: (low: string, high: string) => `${low} to ${high}`,
    verdicts: { faster: 'faster', slower: 'slower', 'no measurable difference': 'no measurable difference' },
  },

  accuracy: {
    heading: 'Accuracy',
    unknownLabels: (inputs: number) => `${counted(inputs, 'input')} ${inputs === 1 ? 'has' : 'have'} a label that is no class of the model; a label is a class’s name or its number from 0.`,
    none: 'No accuracy: labels say something of classes, and the outputs are not read as classes. Choose “Classes” under Overview if they are.',
    model: 'Model',
    right: 'Right',
    accuracy: 'Accuracy',
    bestFive: 'Among the best five',
    lost: 'Lost against A',
    gained: 'Gained',
    rightOf: (right: number, labelled: number) => `${formatCount(right)} of ${formatCount(labelled)}`,
    lostIn: (letter: string) => `Right in A, wrong in ${letter}`,
    gainedIn: (letter: string) => `Wrong in A, right in ${letter}`,
    more: (inputs: number) => `and ${formatCount(inputs)} more, among the inputs below`,
    noFlips: 'No input flipped between right and wrong.',
    confusion: 'Confusion matrix',
    confusionOf: 'Of',
    tooMany: (classes: number) => `${formatCount(classes)} classes occur: too many for a table.`,
    confusionCaption: 'Inputs by label (rows) and answer (columns)',
  },

  outputs: {
    heading: (letter: string) => `${letter} against A`,
    shown: 'Model whose differences are shown',
    nothing: 'Nothing was compared.',
    unknownOf: (letter: string) => `What the outputs of ${letter} mean is not known:`,
    unknown: 'What the outputs mean is not known: choose it under Overview to compare in the task’s own terms.',
    incomparable: (task: string) => `The two cannot be compared as ${task}.`,
    caption: (inputs: number, flagged: number, line: number) => `Error of every output, in its own units, over ${counted(inputs, 'input')}${flagged === 0 ? '' : `; ${formatCount(flagged)} above an MSE of ${line}`}`,
    output: 'Output',
    greatest: 'Greatest',
    mean: 'Mean',
    cosine: 'Cosine',
    sqnr: 'SQNR, dB',
    psnr: 'PSNR, dB',
    byPlace: (other: string) => `by its place with ${other}`,
    missing: (letter: string) => `${letter} has no such output.`,
    sizes: (ofA: number, ofOther: number, letter: string) => `${formatCount(ofA)} values in A, ${formatCount(ofOther)} in ${letter}: not compared.`,
    above: 'above',
    notFinite: (values: number, output: string) => `${formatCount(values)} values of ${output} are infinite or no numbers on one side.`,
    alone: (output: string, letter: string) => `${output} is an output of ${letter} alone.`,
    differencesOf: 'Differences of',
    differences: (letter: string) => `differences, ${letter} minus A`,
    differenceAxis: 'difference, in the output’s units',
  },

  layers: {
    heading: (letter: string) => `Error along the graph, ${letter} against A`,
    start: 'Compare layer by layer',
    again: 'Compare again',
    comparison: (name: string) => `Comparison of layers of ${name}`,
    purpose: 'Runs both where every tensor can be seen, on TensorFlow.js’ kernels, and compares the tensors that both have, by name and position, as real numbers: the layer where it breaks is named.',
    nothing: '<strong>No layer stands out:</strong> none loses more than 6 dB against what it is computed from.',
    breaks: (op: number, kind: string, tensor: string, before: string, after: string) => `<strong>It breaks at op ${op}, ${kind},</strong> <tensor>${tensor}</tensor>: from ${before} to ${after} dB.`,
    tensor: (index: number) => `tensor ${index}`,
    covered: ({ tensors, inputs, unmatched, resized, rescaled, letter }: Covered) => [
      `${counted(tensors, 'tensor')} on ${counted(inputs, 'input')}; ${formatCount(unmatched)} of A without a counterpart${resized === 0 ? '' : `, ${formatCount(resized)} with one of another size`}.`,
      ...(rescaled === 0 ? [] : [`${counted(rescaled, 'tensor')} of ${letter} ${rescaled === 1 ? 'has' : 'have'} channels that are those of A times a factor, as equalisation leaves them: the factors count for no error.`]),
    ].join(' '),
    colour: (letter: string) => `Colour the graph of ${letter}`,
    table: 'Table of layers',
    caption: (letter: string) => `SQNR of ${letter} against A, and greatest error in the tensor’s own units`,
    opIn: (letter: string) => `Op in ${letter}`,
    kind: 'Kind',
    tensorHead: 'Tensor',
    sqnr: 'SQNR, dB',
    greatest: 'Greatest error',
    matchedBy: { name: 'matched by name', position: 'matched by position' },
    rescaled: 'rescaled',
    rescaledHint: 'after each channel’s own factor was taken out',
    errorAgainst: (name: string) => `Error against ${name}`,
    errorUnit: 'dB of signal',
    chart: (tensors: number, least: string, last: string) => `SQNR along the graph, ${counted(tensors, 'tensor')}: lowest ${least} dB, at the end ${last} dB, 60 and more drawn at 60`,
    chartAxis: 'op of A, in order of execution; 60 dB and more are drawn at 60',
    chartValues: 'SQNR of tensors, in order of execution',
    chartPlace: (op: number, kind: string, tensor: string) => `Op ${op}, ${kind}, ${tensor}`,
    mark: (op: number | string) => `op ${op}`,
  },
};

/** What a comparison of layers took in. */
interface Covered {
  readonly tensors: number;
  readonly inputs: number;
  /** Tensors of A that the other does not have, or has in another size. */
  readonly unmatched: number;
  readonly resized: number;
  /** Tensors of the other whose channels differ by factors alone. */
  readonly rescaled: number;
  /** The other model's. */
  readonly letter: string;
}
