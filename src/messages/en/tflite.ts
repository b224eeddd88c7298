/** Why a model's shapes cannot be fixed, and why a constant's values cannot be read. Shapes come as they are written, `[1, 4]`. */
export const tflite = {
  // Shapes
  noSignature: (key: string) => `the model has no signature "${key}"`,
  noInputInSignature: (name: string) => `the signature has no input "${name}"`,
  noSubgraph: (subgraph: number) => `there is no subgraph ${subgraph}`,
  noInput: (name: string) => `the model has no input "${name}"`,
  otherShape: (name: string, declared: string, shape: string, why: string) => `"${name}" is ${declared}, not ${shape}: ${why}`,
  hasDimensions: (count: number) => `it has ${count} dimensions`,
  isFixed: (dimension: number) => `dimension ${dimension} is fixed`,
  mustBeWhole: (dimension: number) => `dimension ${dimension} must be a whole number of at least 1`,
  moreElementsThan: (count: number) => `more than ${count} elements`,
  sharesItsDescription: 'the tensor shares its description with another one that keeps its shape',

  // Constants
  isComputed: 'It is computed when the model runs.',
  inAnotherFile: 'Its values lie in another file.',
  contradiction: (problem: string) => `Shape and data contradict each other: ${problem}.`,
  notShown: (type: string) => `Values of type ${type} are not shown.`,
  sparseNotShown: (type: string) => `Sparse values of type ${type} are not shown.`,
  stringsAreNoNumbers: 'Strings are no numbers.',
  noStrings: (type: string) => `Values of type ${type} are no strings.`,
  unfoldedElements: (count: number) => `The sparse tensor has ${count} elements when it is unfolded.`,
  scalesDoNotFit: (scales: number, blockSize: number, elements: number) => `${scales} scales for blocks of ${blockSize} do not fit ${elements} elements.`,
  scalesMissing: 'The tensor of scales is missing.',
  sparseTensor: (name: string, problem: string) => `sparse tensor “${name}”: ${problem}`,
  indexLeavesShape: (indices: string) => `an index leaves the shape: ${indices}`,
  describesMore: 'it describes more elements than it stores',
  segmentsDoNotFit: 'a level’s segments do not fit its indices',
  levelsTooLarge: 'its levels are larger than its shape',
};
