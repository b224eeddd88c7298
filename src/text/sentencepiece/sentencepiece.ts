import type { Token, Tokenizer } from '../tokenizer';
import { pieceTypes, readSentencePiece } from './model';
import { normaliserOf } from './normalise';
import { bytePairSegmenter, type Segment, unigramSegmenter } from './segment';

/**
 * Google's SentencePiece, from the bytes of a `.model` file. Sentences stand between `[CLS]` and `[SEP]` where the model has
 * them, as ALBERT's do; else before the mark of the end where it has none of the beginning, as T5's do; else alone.
 *
 * @throws LitescopeError INVALID_VOCABULARY
 */
export function sentencePieceTokenizer(bytes: Uint8Array): Tokenizer {
  const model = readSentencePiece(bytes);
  const { pieces, ids, byteFallback } = model;
  const unknown = pieces.findIndex(({ type }) => type === pieceTypes.unknown);
  const normalise = normaliserOf(model, pieces.flatMap(({ text, type }) => (type === pieceTypes.userDefined ? [text] : [])));
  const segment = model.algorithm === 2 ? bytePairSegmenter(model) : unigramSegmenter(model);
  const bytePieces = new Map(pieces.flatMap(({ text, type }, id) => (type === pieceTypes.byte ? [[text, id] as const] : [])));
  const mark = (id: number): Token | null => {
    const piece = id < 0 ? undefined : pieces[id];
    return piece === undefined ? null : { text: piece.text, id, known: true };
  };
  const named = (text: string): Token | null => mark(pieces.findIndex((piece) => piece.text === text));
  const [start, between] = [named('[CLS]'), named('[SEP]')];
  const framed = start !== null && between !== null;
  const tokensOf = ({ text, id }: Segment): readonly Token[] => {
    if (id !== null) return [{ text, id, known: true }];
    const inBytes = byteFallback ? [...new TextEncoder().encode(text)].map((byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`) : [];
    const found = inBytes.flatMap((piece) => { const place = bytePieces.get(piece); return place === undefined ? [] : [{ text: piece, id: place, known: true }]; });
    return inBytes.length > 0 && found.length === inBytes.length ? found : [{ text, id: unknown, known: false }];
  };
  return {
    size: pieces.length,
    pad: named('<pad>')?.id ?? named('[PAD]')?.id ?? Math.max(0, ids.pad),
    start: framed ? start : null,
    between: framed ? between : null,
    end: framed ? between : mark(ids.bos) === null ? mark(ids.eos) : null,
    tokens: (sentence) => joinUnknown(segment(normalise(sentence)).flatMap(tokensOf)),
  };
}

/** Characters in a row that no piece has are one unknown token. */
function joinUnknown(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last !== undefined && !last.known && !token.known) joined[joined.length - 1] = { ...last, text: last.text + token.text };
    else joined.push(token);
  }
  return joined;
}
