import { LitescopeError } from '../errors';
import { text as words } from '../messages/text';
import { regexTokenizer } from './regex-words';
import { sentencePieceTokenizer } from './sentencepiece/sentencepiece';
import type { Tokenizer, TokenizerKind } from './tokenizer';
import { readVocabulary } from './vocabulary';
import { wordPieceTokenizer } from './wordpiece';

/**
 * A tokenizer from the bytes of its vocabulary: `vocab.txt` for WordPiece and regex, `.model` for SentencePiece.
 *
 * @param kind told by the vocabulary itself when left out
 * @param pattern between words, of the regex tokenizer
 * @throws LitescopeError INVALID_VOCABULARY
 */
export function makeTokenizer(bytes: Uint8Array, kind: TokenizerKind | undefined, pattern?: string): Tokenizer {
  switch (kind ?? kindOf(bytes)) {
    case 'sentencepiece': return sentencePieceTokenizer(bytes);
    case 'wordpiece': return wordPieceTokenizer(readVocabulary(new TextDecoder().decode(bytes)));
    case 'regex': return regexTokenizer(readVocabulary(new TextDecoder().decode(bytes)), pattern);
  }
}

/** Which tokenizer a vocabulary is made for, by the name that it has for unknown words. @throws LitescopeError INVALID_VOCABULARY where nothing tells it */
export function kindOf(bytes: Uint8Array): TokenizerKind {
  // A `.model` begins with its first piece: field 1, a message.
  if (bytes[0] === 0x0a && bytes[2] === 0x0a) return 'sentencepiece';
  const content = new TextDecoder().decode(bytes);
  if (/^\[UNK\](\s|$)/m.test(content)) return 'wordpiece';
  if (/^<UNKNOWN>(\s|$)/m.test(content)) return 'regex';
  throw new LitescopeError('INVALID_VOCABULARY', words.unknownKind);
}
