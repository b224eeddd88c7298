/** Why an op is not quantized as a recipe asks, and what of a file is no recipe: sentences without an end, the op named before. */
export const quantize = {
  inTail: 'it belongs to the last layers, of which an output would show every step',
  noIntegerKernel: 'TFLite has no integer kernel for this op that can be relied on',
  takesNoBits: (bits: number) => `it takes no ${bits}-bit activations`,
  notInFloat: 'it does not compute in float32',
  keepsState: 'it keeps a state between runs',
  sparseWeights: 'its weights are sparse',
  noWeights: 'it has no weights that are quantized alone',
  weightsNotInFile: 'its weights are not in the file',
  weightsAre: (type: string) => `its weights are ${type}`,
  computedBias: 'its bias is computed',
  unfolded: (constants: number) => `${constants} constants were float16 and are float32`,

  // Files
  noRecipe: (why: string) => `This is not a recipe: ${why}`,
  theFile: 'the file',
  rule: (index: number) => `rule ${index}`,
  leastWeights: 'a least number of weights is not looked at',
  noExpression: (text: string) => `“${text}” is no regular expression`,
  unknownAlgorithm: (name: string) => `the algorithm ${name} is not known`,
  noFloats: (bits: number) => `weights of ${bits} bits in floating point are not written`,
  noWeightType: (type: string) => `weights of type ${type} are not written`,
  noWeightBits: (bits: number) => `weights of ${bits} bits are not written`,
  weightsWithZeroPoint: 'weights with a zero point are slow, and LiteRT computes nonsense with them',
  unknownGranularity: (granularity: string) => `weights are not quantized by ${granularity}`,
  noActivationBits: (bits: number) => `activations of ${bits} bits do not exist`,
  activationsWithZeroPoint: 'activations of 16 bits have no zero point',
};
