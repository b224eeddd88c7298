/** Files that are dropped, pasted or chosen. */
export const files = {
  folder: 'The folder',
  separator: ', ',
  dropMore: 'Drop models, a picture, labels (.txt, .csv), input values (.npy, .bin) or a saved run (.zip)',
  dropModels: 'Drop .tflite models, and a picture if you like',
  jsonElsewhere: (names: string) => `${names}: JSON files are taken where they belong, runs under “Runs”, numbers for ops under “Graph”, recipes under “Compare & shrink”.`,
  early: (names: string) => `${names}: such files belong to a model. Open one first, then drop them again.`,
  noModelInFolder: 'There is no model in that folder. Pictures of a folder are samples in “Compare & shrink”: drop them there.',
  pictureForNext: (picture: string) => `${picture} will be the input of the next model that takes pictures.`,
  pictureNotUsed: (picture: string, model: string) => `${picture} is not used: ${model} takes no picture.`,
  soundEarly: (sound: string) => `${sound} goes into a model: open one that takes sound first.`,
  soundTaken: (sound: string) => `${sound} is the input sound now.`,
  soundNotUsed: (sound: string, model: string) => `${sound} was not used: ${model} takes no sound.`,
  pictureTaken: (picture: string) => `${picture} is the input picture now.`,
  vocabularyTaken: (file: string) => `${file} is the vocabulary now.`,
  valuesTaken: (file: string, tensor: string) => `${file} is the input “${tensor}” now.`,
};
