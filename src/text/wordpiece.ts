import { LitescopeError } from '../errors';
import { text as words } from '../messages/text';
import type { Token, Tokenizer } from './tokenizer';
import { isLowerCased, type Vocabulary } from './vocabulary';

/** Longer words are unknown as a whole. */
const longestWord = 200;

/** Blocks of CJK ideographs, each of which is a word of its own; not Hangul, Hiragana and Katakana, whose words have spaces or run on. */
const ideograph = /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** All ASCII that is neither letter, digit nor space counts as punctuation, also what Unicode calls a symbol. */
const punctuation = /[\p{P}!-/:-@[-`{-~]/gu;

/**
 * Words as BERT's basic tokenizer parts them (google-research/bert, `BasicTokenizer`): without control characters, each
 * ideograph and each mark of punctuation alone, and without capitals and accents where the vocabulary has none.
 */
export function basicWords(sentence: string, lowerCase: boolean): readonly string[] {
  // eslint-disable-next-line no-control-regex -- it is what is taken out
  const clean = sentence.replace(/[\u0000\uFFFD]|(?![\t\n\r])[\p{Cc}\p{Cf}]/gu, '').replace(ideograph, ' $& ');
  const plain = lowerCase ? clean.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '') : clean;
  return plain.replace(punctuation, ' $& ').split(/[\s\p{Zs}]+/u).filter((word) => word !== '');
}

/**
 * BERT's WordPiece: each word from its start by the longest pieces that the vocabulary has, those inside of a word behind `##`.
 *
 * @throws LitescopeError INVALID_VOCABULARY without `[UNK]`
 */
export function wordPieceTokenizer(vocabulary: Vocabulary): Tokenizer {
  const { ids, size } = vocabulary;
  const unknown = ids.get('[UNK]');
  if (unknown === undefined) throw new LitescopeError('INVALID_VOCABULARY', words.lacks('[UNK]'));
  const lowerCase = isLowerCased(vocabulary);
  const special = (text: string): Token | null => {
    const id = ids.get(text);
    return id === undefined ? null : { text, id, known: true };
  };
  const piecesOf = (word: string): readonly Token[] => {
    const characters = [...word];
    const pieces: Token[] = [];
    for (let start = 0; start < characters.length;) {
      let end = characters.length <= longestWord ? characters.length : 0;
      let piece = special((start > 0 ? '##' : '') + characters.slice(start, end).join(''));
      while (piece === null && end > start + 1) piece = special((start > 0 ? '##' : '') + characters.slice(start, --end).join(''));
      if (piece === null || end <= start) return [{ text: word, id: unknown, known: false }];
      pieces.push(piece);
      start = end;
    }
    return pieces;
  };
  return {
    size,
    pad: ids.get('[PAD]') ?? 0,
    start: special('[CLS]'), end: special('[SEP]'), between: special('[SEP]'),
    tokens: (sentence) => basicWords(sentence, lowerCase).flatMap(piecesOf),
  };
}
