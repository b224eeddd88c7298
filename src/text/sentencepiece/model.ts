import { LitescopeError } from '../../errors';
import { text as words } from '../../messages/text';

/** What a piece is for, by the numbers of `sentencepiece_model.proto`. */
export const pieceTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

export interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

/** What a SentencePiece `.model` says, as far as it is needed to part sentences. */
export interface SentencePieceModel {
  /** By id. */
  readonly pieces: readonly Piece[];
  /** 1 unigram, 2 byte pair encoding. */
  readonly algorithm: number;
  readonly byteFallback: boolean;
  readonly whitespaceAsSuffix: boolean;
  /** −1 where the model has none. */
  readonly ids: { readonly bos: number; readonly eos: number; readonly pad: number };
  readonly addDummyPrefix: boolean;
  readonly removeExtraWhitespaces: boolean;
  readonly escapeWhitespaces: boolean;
  /** A double array and the texts that it leads to; empty where nothing is normalised. */
  readonly charsMap: Uint8Array;
}

/** A field of a protocol buffer: a number, or the bytes of a text or a message. */
type Field = { readonly number: number } & ({ readonly value: number } | { readonly bytes: Uint8Array });

const damaged = (): LitescopeError => new LitescopeError('INVALID_VOCABULARY', words.noSentencePiece);

/** @throws LitescopeError INVALID_VOCABULARY where the bytes are no protocol buffer */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw damaged();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw damaged();
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (at + length > bytes.length) throw damaged();
        yield { number, bytes: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      case 5:
        if (at + 4 > bytes.length) throw damaged();
        yield { number, value: view.getFloat32(at, true) };
        at += 4;
        break;
      default: throw damaged();
    }
  }
}

/** Numbers of a message by their field; negative ones are written as 64 bits. */
function numbersOf(bytes: Uint8Array): (number: number, otherwise: number) => number {
  const numbers = new Map<number, number>();
  for (const field of fieldsOf(bytes)) if ('value' in field) numbers.set(field.number, field.value >= 2 ** 63 ? -1 : field.value);
  return (number, otherwise) => numbers.get(number) ?? otherwise;
}

function pieceOf(bytes: Uint8Array, decoder: { decode(bytes: Uint8Array): string }): Piece {
  let [text, score, type] = ['', 0, pieceTypes.normal as number];
  for (const field of fieldsOf(bytes)) {
    if ('bytes' in field) text = field.number === 1 ? decoder.decode(field.bytes) : text;
    else if (field.number === 2) score = field.value;
    else if (field.number === 3) type = field.value;
  }
  return { text, score, type };
}

/**
 * Reads a `.model` file (`sentencepiece_model.proto`: pieces, trainer_spec, normalizer_spec).
 *
 * @throws LitescopeError INVALID_VOCABULARY for other bytes, and for algorithms other than unigram and byte pairs
 */
export function readSentencePiece(bytes: Uint8Array): SentencePieceModel {
  const pieces: Piece[] = [];
  const decoder = new TextDecoder();
  const nothing: Uint8Array = new Uint8Array(0);
  let [trainer, normalizer] = [nothing, nothing];
  for (const field of fieldsOf(bytes)) {
    if (!('bytes' in field)) continue;
    if (field.number === 1) pieces.push(pieceOf(field.bytes, decoder));
    else if (field.number === 2) trainer = field.bytes;
    else if (field.number === 3) normalizer = field.bytes;
  }
  if (pieces.length === 0 || !pieces.some(({ type }) => type === pieceTypes.unknown)) throw damaged();
  const [ofTrainer, ofNormalizer] = [numbersOf(trainer), numbersOf(normalizer)];
  const algorithm = ofTrainer(3, 1);
  if (algorithm !== 1 && algorithm !== 2) throw new LitescopeError('INVALID_VOCABULARY', words.otherAlgorithm);
  let charsMap = nothing;
  for (const field of fieldsOf(normalizer)) if (field.number === 2 && 'bytes' in field) charsMap = field.bytes;
  return {
    pieces, algorithm, charsMap,
    byteFallback: ofTrainer(35, 0) === 1,
    whitespaceAsSuffix: ofTrainer(24, 0) === 1,
    ids: { bos: ofTrainer(41, 1), eos: ofTrainer(42, 2), pad: ofTrainer(43, -1) },
    addDummyPrefix: ofNormalizer(3, 1) === 1,
    removeExtraWhitespaces: ofNormalizer(4, 1) === 1,
    escapeWhitespaces: ofNormalizer(5, 1) === 1,
  };
}
