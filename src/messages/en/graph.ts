/** What stands in the drawing of a graph, and what is wrong with files of numbers for its ops. */
export const graph = {
  /** Kinds of ops that share a colour, as the legend says them. */
  families: {
    convolution: 'Convolution',
    dense: 'Matrix and recurrent',
    pooling: 'Pooling and reduction',
    elementwise: 'Elementwise',
    movement: 'Data movement',
    quantization: 'Quantization',
    control: 'Control and state',
    custom: 'Custom',
  },
  /** What ops can be coloured by. */
  costs: { macs: 'MACs', weightBytes: 'Weight bytes', activationBytes: 'Activation bytes' },
  // In nodes, as short as can be
  tensor: (index: number) => `tensor ${index}`,
  callsSubgraphs: (subgraphs: string) => `calls subgraph ${subgraphs}`,
  moreConstants: (count: number) => `and ${count} more`,
  ops: (count: number) => `${count} ops`,
  axis: (axis: number) => `axis ${axis}`,
  block: (size: number) => `block ${size}`,
  parts: (count: number) => `${count} parts`,
  signBit: 'sign bit',
  // Files of numbers
  noNumbers: 'The values of the ops are no numbers.',
  noOps: 'The file names no op.',
  strayEntries: (stray: number, all: number, example: string) => `${stray} of ${all} entries are not in this model, “${example}” for one.`,
  holdsList: 'The file holds a list.',
  otherOp: (op: string, named: string, actual: string | undefined) => `The file says that op ${op} is ${named}; in this model it is ${actual ?? 'not there'}.`,
  noNumberForNodes: 'The attachment holds no number for any node.',
  noJson: (file: string, reason: string) => `${file} is not JSON: ${reason}`,
  tooLarge: (file: string, bytes: number, most: number) => `${file} has ${bytes} bytes; at most ${most} are read.`,
  // Errors
  nothingOpen: 'The graph of no model is open.',
  noSubgraph: (index: number) => `The model has no subgraph ${index}.`,
  noCanvas: 'The browser gave no canvas.',
};
