/** One piece of a sentence, as a model sees it. */
export interface Token {
  /** The piece, or the word that the vocabulary does not have. */
  readonly text: string;
  readonly id: number;
  /** Whether the vocabulary has it; else the id is the one of all unknown words. */
  readonly known: boolean;
}

/** Sentences into tokens, by one vocabulary. */
export interface Tokenizer {
  /** Ids are below this. */
  readonly size: number;
  /** The id behind the last token of a sentence that is shorter than the input. */
  readonly pad: number;
  /** What stands before a sentence, behind it and between two; null where the vocabulary has nothing for it. */
  readonly start: Token | null;
  readonly end: Token | null;
  readonly between: Token | null;
  tokens(sentence: string): readonly Token[];
}

export const tokenizerKinds = ['wordpiece', 'sentencepiece', 'regex'] as const;
export type TokenizerKind = (typeof tokenizerKinds)[number];
