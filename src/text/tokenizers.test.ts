import { describe, expect, it } from 'vitest';
import { errorOf } from '../threads/testing/errors';
import { kindOf, makeTokenizer } from './make-tokenizer';
import { regexTokenizer } from './regex-words';
import { sequenceOf } from './sequence';
import { isLowerCased, readVocabulary } from './vocabulary';
import { basicWords, wordPieceTokenizer } from './wordpiece';

const bytes = (content: string) => new TextEncoder().encode(content);
// The vocabulary of google-research/bert's own test.
const bert = '[UNK]\n[CLS]\n[SEP]\nwant\n##want\n##ed\nwa\nun\nrunn\n##ing\n,\n';

describe('BERT’s words', () => {
  // Values of tokenization_test.py in google-research/bert.
  it.each<[string, boolean, readonly string[]]>([
    [' \tHeLLo!how  \n Are yoU?  ', true, ['hello', '!', 'how', 'are', 'you', '?']],
    ['H\u00E9llo', true, ['hello']],
    [' \tHeLLo!how  \n Are yoU?  ', false, ['HeLLo', '!', 'how', 'Are', 'yoU', '?']],
    ['ah\u535A\u63A8zz', true, ['ah', '\u535A', '\u63A8', 'zz']],
    // Ideographs beyond the first plane, symbols of ASCII, other spaces, what is not seen.
    ['a\u{20000}b', true, ['a', '\u{20000}', 'b']],
    ['5$^2`x', true, ['5', '$', '^', '2', '`', 'x']],
    ['a\u00A0b\u3000c\u200Dd\u0000e', true, ['a', 'b', 'cde']],
    ['日本語のひらがな 한국어', false, ['日', '本', '語', 'のひらがな', '한국어']],
    ['…“so”', true, ['…', '“', 'so', '”']],
    [' \n', true, []],
  ])('%j are parted (without capitals: %s)', (sentence, lowerCase, words) => { expect(basicWords(sentence, lowerCase)).toEqual(words); });

  it.each<[string, readonly string[], readonly boolean[]]>([
    ['unwanted running', ['un', '##want', '##ed', 'runn', '##ing'], [true, true, true, true, true]],
    ['unwantedX running', ['unwantedx', 'runn', '##ing'], [false, true, true]],
    ['UNwant\u00E9d,running', ['un', '##want', '##ed', ',', 'runn', '##ing'], [true, true, true, true, true, true]],
    ['', [], []],
    ['u'.repeat(300), ['u'.repeat(300)], [false]],
  ])('%j are pieced together from the longest', (sentence, texts, known) => {
    const tokens = wordPieceTokenizer(readVocabulary(bert)).tokens(sentence);
    expect([tokens.map(({ text }) => text), tokens.map((token) => token.known)]).toEqual([texts, known]);
    expect(tokens.filter((token) => !token.known).every(({ id }) => id === 0)).toBe(true);
  });

  it('keep capitals and accents where the vocabulary has some', () => {
    expect(wordPieceTokenizer(readVocabulary('[UNK]\nHéllo\nhello')).tokens('Héllo').map(({ id }) => id)).toEqual([1]);
  });
});

describe('words of the regex tokenizer', () => {
  // The sentence of TFLite Support's own test.
  const vocabulary = readVocabulary("<PAD> 0\n<START> 1\n<UNKNOWN> 2\ngood 3\nmorning 4\ni'm 5\nyour 6\nteacher 7\n");

  it('are what lies between the pattern', () => {
    const tokens = regexTokenizer(vocabulary).tokens("Good    morning, i'm your teacher.\n");
    expect(tokens.map(({ text, id }) => [text, id])).toEqual([['good', 3], ['morning', 4], ["i'm", 5], ['your', 6], ['teacher', 7]]);
    expect(regexTokenizer(vocabulary, '(, )').tokens('good, evil, ').map(({ text, known }) => [text, known])).toEqual([['good', true], ['evil', false]]);
  });

  it('stand behind the start', () => {
    expect(sequenceOf(regexTokenizer(vocabulary), ['Good evening'], 5)).toMatchObject({ ids: [1, 3, 2, 0, 0], mask: [1, 1, 1, 0, 0], cut: 0 });
  });
});

describe('vocabularies', () => {
  it('number words by their place or say the number, also where one line forgot it', () => {
    expect(readVocabulary('\uFEFFa\r\nb\r\n')).toEqual({ ids: new Map([['a', 0], ['b', 1]]), size: 2 });
    // TensorFlow's own example leaves the number of its first word out.
    expect(readVocabulary('<PAD> \n<START> 1\n<UNKNOWN> 2\nthe 4\n')).toEqual({ ids: new Map([['<PAD>', 0], ['<START>', 1], ['<UNKNOWN>', 2], ['the', 4]]), size: 5 });
  });

  it('have capitals or not; marks are no words', () => {
    expect([isLowerCased(readVocabulary('[UNK]\n<PAD>\na')), isLowerCased(readVocabulary('[UNK]\nÄ\na'))]).toEqual([true, false]);
  });

  it('say for which tokenizer they are made', () => {
    expect([kindOf(bytes(bert)), kindOf(bytes('<PAD> 0\n<UNKNOWN> 1\n'))]).toEqual(['wordpiece', 'regex']);
    expect(makeTokenizer(bytes(bert), undefined).size).toBe(11);
  });

  it.each<[string, () => unknown, string]>([
    ['no words', () => readVocabulary('one'), 'It is no list of words, one a line.'],
    ['bytes', () => readVocabulary('a\n\u0001b'), 'It is no list of words, one a line.'],
    ['another kind', () => makeTokenizer(bytes('a\nb\n'), undefined), 'It has no [UNK] as WordPiece has, no <UNKNOWN> as Model Maker’s regex tokenizer has, and is no SentencePiece model.'],
    ['nothing for unknown words', () => makeTokenizer(bytes('a\nb\n'), 'wordpiece'), 'It has no [UNK] for words that it does not know.'],
    ['no expression', () => makeTokenizer(bytes('<UNKNOWN> 0\nb 1'), 'regex', '[a'), '“[a”, which is to part words, is no regular expression.'],
  ])('are refused: %s', (_, work, details) => {
    const error = errorOf(work);
    expect([error.code, error.details]).toEqual(['INVALID_VOCABULARY', details]);
  });
});

describe('a sequence of a fixed length', () => {
  const tokenizer = wordPieceTokenizer(readVocabulary('[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd'));

  it('holds a sentence between its marks, padded', () => {
    expect(sequenceOf(tokenizer, ['a b'], 6)).toMatchObject({ ids: [2, 4, 5, 3, 0, 0], mask: [1, 1, 1, 1, 0, 0], segments: [0, 0, 0, 0, 0, 0], cut: 0 });
  });

  it('holds a question and what it is asked of', () => {
    expect(sequenceOf(tokenizer, ['a', 'b c'], 8)).toMatchObject({ ids: [2, 4, 3, 5, 6, 3, 0, 0], mask: [1, 1, 1, 1, 1, 1, 0, 0], segments: [0, 0, 0, 1, 1, 1, 0, 0], cut: 0 });
  });

  it('is cut off where there is no more room, and says by how much', () => {
    expect(sequenceOf(tokenizer, ['a', 'b c d'], 6)).toMatchObject({ ids: [2, 4, 3, 5, 6, 3], segments: [0, 0, 0, 1, 1, 1], cut: 1 });
    expect(sequenceOf(tokenizer, ['a b c d'], 4)).toMatchObject({ ids: [2, 4, 5, 3], cut: 2 });
    expect(sequenceOf(tokenizer, ['a'], 1)).toMatchObject({ ids: [2], cut: 1 });
  });

  it.each<[string, string, readonly string[]]>([['no sentence', 'EMPTY_TEXT', []], ['an empty one', 'EMPTY_TEXT', [' \n']], ['an empty passage', 'EMPTY_TEXT', ['a', '']], ['three', 'INVALID_INPUT', ['a', 'b', 'c']]])('is not made of %s', (_, code, sentences) => {
    expect(errorOf(() => sequenceOf(tokenizer, sentences, 8)).code).toBe(code);
  });
});
