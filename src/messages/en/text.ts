import { counted } from './counted';

/** Sentences and the vocabularies that make numbers of them. */
export const text = {
  noWords: 'It is no list of words, one a line.',
  lacks: (word: string) => `It has no ${word} for words that it does not know.`,
  noPattern: (pattern: string) => `“${pattern}”, which is to part words, is no regular expression.`,
  noSentencePiece: 'It is no SentencePiece model, or its end is missing.',
  otherAlgorithm: 'It is a SentencePiece model of whole words or of characters; only unigram and byte pairs are read.',
  notUnpacked: 'It lies packed behind the model and cannot be unpacked.',
  unknownKind: 'It has no [UNK] as WordPiece has, no <UNKNOWN> as Model Maker’s regex tokenizer has, and is no SentencePiece model.',
  tooManySentences: (given: number, most: number) => `There are ${given} sentences, and the model takes ${most === 1 ? 'one' : 'one or two'}.`,
  noToken: 'Nothing is left of it that the vocabulary could look up.',
  beyondTable: (size: number, rows: number) => `The vocabulary has ${counted(size, 'word')}, and the model’s table has rows for ${rows} only: it belongs to another model.`,
};
