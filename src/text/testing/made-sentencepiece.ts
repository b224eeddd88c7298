/** SentencePiece models for tests, written as `sentencepiece_model.proto` has them. */
import { pieceTypes } from '../sentencepiece/model';

export interface MadePiece {
  readonly text: string;
  readonly score?: number;
  readonly type?: keyof typeof pieceTypes;
}

export interface MadeModel {
  readonly pieces: readonly MadePiece[];
  /** 1 unigram, 2 byte pairs. */
  readonly algorithm?: number;
  readonly byteFallback?: boolean;
  readonly ids?: { readonly bos?: number; readonly eos?: number };
  readonly replacements?: Readonly<Record<string, string>>;
  readonly addDummyPrefix?: boolean;
  readonly removeExtraWhitespaces?: boolean;
}

const encoder = new TextEncoder();

function varint(value: number): number[] {
  // Negative numbers are 64 bits long.
  if (value < 0) return [...Array<number>(9).fill(0xff), 1];
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

const numberField = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytesField = (field: number, bytes: ArrayLike<number>): number[] => [...varint(field * 8 + 2), ...varint(bytes.length), ...Array.from(bytes)];
const floatField = (field: number, value: number): number[] => [...varint(field * 8 + 5), ...new Uint8Array(Float32Array.of(value).buffer)];

interface Node {
  readonly children: Map<number, Node>;
  value: number | null;
}

/** A map of replacements as darts-clone packs it: units of 32 bits, each child at its parent's offset ^ its byte, then the texts. */
export function charsMap(replacements: Readonly<Record<string, string>>): Uint8Array {
  const root: Node = { children: new Map(), value: null };
  const texts: number[] = [];
  for (const [from, to] of Object.entries(replacements)) {
    let node = root;
    for (const byte of encoder.encode(from)) {
      const next = node.children.get(byte) ?? { children: new Map(), value: null };
      node.children.set(byte, next);
      node = next;
    }
    node.value = texts.length;
    texts.push(...encoder.encode(to), 0);
  }
  const units = new Map<number, number>([[0, 0]]);
  const place = (node: Node, at: number, label: number): void => {
    const bytes = [...(node.value === null ? [] : [0]), ...node.children.keys()];
    // Blocks of 256 do not meet, whatever the bytes; the offset is that of the block, seen from the unit itself.
    let base = 256;
    while (bytes.some((byte) => units.has(base ^ byte))) base += 256;
    units.set(at, ((at ^ base) << 10) | (node.value === null ? 0 : 0x100) | label);
    for (const byte of bytes) units.set(base ^ byte, 0);
    if (node.value !== null) units.set(base, node.value | 0x8000_0000);
    for (const [byte, child] of node.children) place(child, base ^ byte, byte);
  };
  place(root, 0, 0);
  const size = Math.max(...units.keys()) + 256;
  const array = Uint32Array.from({ length: size - (size % 256) + 256 }, (_, index) => (units.get(index) ?? 0) >>> 0);
  return Uint8Array.from([...new Uint8Array(Uint32Array.of(array.byteLength).buffer), ...new Uint8Array(array.buffer), ...texts]);
}

export function sentencePieceModel({ pieces, algorithm = 1, byteFallback = false, ids = {}, replacements, addDummyPrefix = true, removeExtraWhitespaces = true }: MadeModel): Uint8Array {
  const written = pieces.flatMap(({ text, score = 0, type = 'normal' }) => bytesField(1, [...bytesField(1, encoder.encode(text)), ...floatField(2, score), ...numberField(3, pieceTypes[type])]));
  const trainer = [...numberField(3, algorithm), ...numberField(4, pieces.length), ...numberField(35, Number(byteFallback)), ...numberField(40, 0), ...numberField(41, ids.bos ?? 1), ...numberField(42, ids.eos ?? 2), ...numberField(43, -1)];
  const normalizer = [...bytesField(1, encoder.encode('made')), ...(replacements === undefined ? [] : bytesField(2, charsMap(replacements))), ...numberField(3, Number(addDummyPrefix)), ...numberField(4, Number(removeExtraWhitespaces)), ...numberField(5, 1)];
  return Uint8Array.from([...written, ...bytesField(2, trainer), ...bytesField(3, normalizer)]);
}
