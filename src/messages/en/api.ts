/** What is wrong with what a call was given. Types, keys and values stand as they are written in code. */
export const api = {
  // Arguments
  missing: (place: string) => `${place} is missing.`,
  missingAndWanted: (place: string, wanted: string) => `${place} is missing and must be ${wanted}.`,
  /** @param nearest what was probably meant */
  notWanted: (place: string, given: string, wanted: string, nearest: string | null) => `${place} is ${given} and must be ${wanted}${nearest === null ? '' : `: ${nearest}, probably`}.`,
  noSuchKey: (place: string, key: string, nearest: string) => `${place} has no “${key}”: “${nearest}”, probably.`,
  unknownKey: (place: string, key: string, known: readonly string[]) => `${place} has no “${key}”${known.length === 0 ? '' : `: ${known.map((each) => `“${each}”`).join(', ')}`}.`,
  oneOf: (choices: readonly string[]) => choices.join(' or '),
  objectWith: (methods: readonly string[]) => `an object with ${methods.join(' and ')}`,
  wholeNumber: 'a whole number',
  finiteNumber: 'a finite number',
  regularExpression: 'a regular expression',

  // Inputs
  noPicture: (input: string) => `Input “${input}” does not look like a picture; say how it becomes one (preprocessing).`,
  noSound: (input: string) => `The input “${input}” does not look like one for sound; say how it is to be prepared.`,
  noVocabulary: (input: string) => `Input “${input}” takes numbers, and the file names no tokenizer that makes them of a text.`,
  twoMeanings: ({ input, type, model, otherType, otherModel }: { readonly input: string; readonly type: string; readonly model: string; readonly otherType: string; readonly otherModel: string }) =>
    `Input “${input}” is ${type} of “${model}” and ${otherType} of “${otherModel}”: give each model its own inputs.`,
  inputsOfStranger: (id: string, models: readonly string[]) => `There are inputs of “${id}”, which is not among the models: ${models.map((model) => `“${model}”`).join(', ')}.`,
  rawOfOtherType: ({ input, type, other, otherType }: { readonly input: string; readonly type: string; readonly other: string; readonly otherType: string }) =>
    `Input “${input}” is given as raw elements of ${type}, and “${other}” takes ${otherType}: give an array that says its type (.npy).`,
  sample: (number: number) => `input ${number}`,

  // Models
  notOpen: (id: string) => `No model “${id}” is open.`,
  noGalleryModel: (asked: string, near: readonly string[]) => `There is no “${asked}”.${near.length === 0 ? '' : ` Nearest: ${near.join(', ')}.`}`,
  closedBefore: (model: string) => `“${model}” was closed before it ran.`,
  rewritten: (model: string) => `${model}, rewritten`,
  quantized: (model: string) => `${model}, quantized`,
  notBefore: (detector: string, model: string) => `“${detector}” finds nothing that “${model}” looks at.`,
};
