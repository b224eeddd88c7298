import { LitescopeError } from '../errors';
import { text as words } from '../messages/text';
import type { Token, Tokenizer } from './tokenizer';

/** Tokens in the places of a model's input. */
export interface TokenSequence {
  /** All of the same length: ids; 1 where a token is and 0 behind the last; 0 for the first sentence and 1 for the second. */
  readonly ids: readonly number[];
  readonly mask: readonly number[];
  readonly segments: readonly number[];
  /** What stands in the places, from the first, marks included. */
  readonly tokens: readonly Token[];
  /** How many tokens of the sentences found no place. */
  readonly cut: number;
}

/**
 * One sentence, or two that belong together (a question and what it is asked of), in a sequence of a fixed length: between the
 * vocabulary's marks, cut off at the end of the last sentence where they are too long, and padded where they are too short.
 *
 * @throws LitescopeError EMPTY_TEXT for a sentence without a token, INVALID_INPUT where there are more sentences than the vocabulary can part
 */
export function sequenceOf(tokenizer: Tokenizer, sentences: readonly string[], length: number): TokenSequence {
  const { start, end, between, pad } = tokenizer;
  if (sentences.length > 2 || (sentences.length === 2 && between === null)) throw new LitescopeError('INVALID_INPUT', words.tooManySentences(sentences.length, between === null ? 1 : 2));
  const parts = sentences.map((sentence) => tokenizer.tokens(sentence));
  if (parts.length === 0 || parts.some((tokens) => tokens.length === 0)) throw new LitescopeError('EMPTY_TEXT', words.noToken);
  const marks = [start, end].filter((mark) => mark !== null).length + (parts.length - 1);
  let room = Math.max(0, length - marks);
  const kept = parts.map((tokens) => {
    const taken = tokens.slice(0, room);
    room -= taken.length;
    return taken;
  });
  const [first = [], second] = kept;
  const before = [...(start === null ? [] : [start]), ...first, ...(second === undefined || between === null ? [] : [between])];
  const tokens = [...before, ...(second ?? []), ...(end === null ? [] : [end])].slice(0, length);
  const place = (valueOf: (index: number) => number, rest: number): number[] => Array.from({ length }, (_, index) => (index < tokens.length ? valueOf(index) : rest));
  return {
    ids: place((index) => tokens[index]?.id ?? pad, pad),
    mask: place(() => 1, 0),
    segments: place((index) => (second !== undefined && index >= before.length ? 1 : 0), 0),
    tokens,
    cut: parts.reduce((sum, { length: all }) => sum + all, 0) - kept.reduce((sum, { length: all }) => sum + all, 0),
  };
}
