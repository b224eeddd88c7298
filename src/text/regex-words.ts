import { LitescopeError } from '../errors';
import { text as words } from '../messages/text';
import type { Token, Tokenizer } from './tokenizer';
import { isLowerCased, type Vocabulary } from './vocabulary';

/** What TensorFlow Lite Model Maker writes into its average-word-vector classifiers: all that is no letter, digit or apostrophe parts words. */
export const usualPattern = "[^\\w']+";

/**
 * Words between what matches a pattern (TFLite Support's `RegexTokenizer`), behind `<START>` and before `<PAD>`; without
 * capitals where the vocabulary has none, as the models were trained.
 *
 * @throws LitescopeError INVALID_VOCABULARY without `<UNKNOWN>`, and for a pattern that is no regular expression
 */
export function regexTokenizer(vocabulary: Vocabulary, pattern: string = usualPattern): Tokenizer {
  const { ids, size } = vocabulary;
  const unknown = ids.get('<UNKNOWN>');
  if (unknown === undefined) throw new LitescopeError('INVALID_VOCABULARY', words.lacks('<UNKNOWN>'));
  const lowerCase = isLowerCased(vocabulary);
  const between = expressionOf(pattern);
  const start = ids.get('<START>');
  return {
    size,
    pad: ids.get('<PAD>') ?? 0,
    start: start === undefined ? null : { text: '<START>', id: start, known: true },
    end: null, between: null,
    tokens: (sentence) => (lowerCase ? sentence.toLowerCase() : sentence).split(between).filter((word) => word !== '').map((word): Token => {
      const id = ids.get(word);
      return id === undefined ? { text: word, id: unknown, known: false } : { text: word, id, known: true };
    }),
  };
}

/** Without groups that would hand out what parts the words. */
function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern.replace(/(?<!\\)\((?!\?)/g, '(?:'));
  } catch (error) {
    throw new LitescopeError('INVALID_VOCABULARY', words.noPattern(pattern.slice(0, 100)), { cause: error });
  }
}
