import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { errorOf } from '../../threads/testing/errors';
import { makeTokenizer } from '../make-tokenizer';
import { sentencePieceModel } from '../testing/made-sentencepiece';
import { cases } from '../testing/sentencepiece-cases';
import { sentencePieceTokenizer } from './sentencepiece';

describe('SentencePiece', () => {
  it.each(Object.entries(cases))('parts sentences as Google’s own library does: %s', (_, { model, segmentations }) => {
    const tokenizer = makeTokenizer(sentencePieceModel(model), undefined);
    expect(segmentations.map(([sentence]) => [sentence, tokenizer.tokens(sentence).map(({ id }) => id)])).toEqual(segmentations);
  });

  it('says what is not in the vocabulary, a run of it once', () => {
    const tokens = sentencePieceTokenizer(sentencePieceModel(cases.unigram?.model ?? { pieces: [] })).tokens('the xyz');
    expect(tokens.filter(({ known }) => !known)).toEqual([{ text: 'xyz', id: 0, known: false }]);
  });

  it('stands between [CLS] and [SEP] where the model has them, else before the end where it has no beginning', () => {
    const frame = [{ text: '<pad>', type: 'control' }, { text: '<unk>', type: 'unknown' }, { text: '[CLS]', type: 'control' }, { text: '[SEP]', type: 'control' }, { text: '▁a' }] as const;
    const marks = ({ start, between, end, pad }: ReturnType<typeof sentencePieceTokenizer>) => [start?.id, between?.id, end?.id, pad];
    expect(marks(sentencePieceTokenizer(sentencePieceModel({ pieces: frame, ids: { bos: 2, eos: 3 } })))).toEqual([2, 3, 3, 0]);
    expect(marks(sentencePieceTokenizer(sentencePieceModel({ pieces: [{ text: '<pad>', type: 'control' }, { text: '</s>', type: 'control' }, { text: '<unk>', type: 'unknown' }, { text: '▁a' }], ids: { bos: -1, eos: 1 } })))).toEqual([undefined, undefined, 1, 0]);
    expect(marks(sentencePieceTokenizer(sentencePieceModel({ pieces: [{ text: '<unk>', type: 'unknown' }, { text: '<s>', type: 'control' }, { text: '</s>', type: 'control' }] })))).toEqual([undefined, undefined, undefined, 0]);
  });

  it('may leave spaces as they are, and begin without one', () => {
    const model = { ...cases.unigram?.model, pieces: cases.unigram?.model.pieces ?? [], addDummyPrefix: false, removeExtraWhitespaces: false };
    expect(sentencePieceTokenizer(sentencePieceModel(model)).tokens('the  the').map(({ text }) => text)).toEqual(['t', 'h', 'e', '▁', '▁the']);
  });

  it('is refused for other algorithms and for other bytes, and never fails in another way', () => {
    const refused = (bytes: Uint8Array) => errorOf(() => sentencePieceTokenizer(bytes)).code;
    expect(refused(sentencePieceModel({ pieces: [{ text: '<unk>', type: 'unknown' }], algorithm: 3 }))).toBe('INVALID_VOCABULARY');
    expect(refused(sentencePieceModel({ pieces: [{ text: 'a' }] }))).toBe('INVALID_VOCABULARY');
    const made = sentencePieceModel(cases.unigram?.model ?? { pieces: [] });
    fc.assert(fc.property(fc.nat(made.length - 1), fc.nat(255), fc.nat(made.length), (at, byte, end) => {
      const bytes = made.slice(0, Math.max(end, at + 1));
      bytes[at] = byte;
      try {
        sentencePieceTokenizer(bytes).tokens('the film Ａ ﬁ');
      } catch (error) {
        if (!(error instanceof LitescopeError)) throw error;
      }
    }), { numRuns: 300 });
  });
});
