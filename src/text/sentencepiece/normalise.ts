import type { SentencePieceModel } from './model';

/** What stands for a space inside of pieces. */
export const space = '▁';

/** Replacements of characters, found by the longest run of bytes (a double array as darts-clone packs it, then texts that end in 0). */
class CharsMap {
  readonly #units: DataView;
  readonly #texts: Uint8Array;
  readonly #decoder = new TextDecoder();

  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = bytes.length < 4 ? 0 : Math.min(view.getUint32(0, true), bytes.length - 4);
    this.#units = new DataView(bytes.buffer, bytes.byteOffset + Math.min(4, bytes.length), length - (length % 4));
    this.#texts = bytes.subarray(4 + length);
  }

  /** The longest run of bytes from here that is replaced; null where none is. */
  longest(bytes: Uint8Array, from: number): { readonly length: number; readonly text: string } | null {
    let place = 0;
    let unit = this.#unit(place);
    let found: { length: number; value: number } | null = null;
    place ^= offsetOf(unit);
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      place ^= byte;
      unit = this.#unit(place);
      // The highest bit marks a value, which no byte is.
      if ((unit & 0x8000_00ff) !== byte) break;
      place ^= offsetOf(unit);
      if ((unit & 0x100) !== 0) found = { length: at - from + 1, value: this.#unit(place) & 0x7fff_ffff };
    }
    if (found === null) return null;
    const end = this.#texts.indexOf(0, found.value);
    return { length: found.length, text: this.#decoder.decode(this.#texts.subarray(found.value, end < 0 ? undefined : end)) };
  }

  #unit(place: number): number {
    return place >= 0 && place * 4 + 4 <= this.#units.byteLength ? this.#units.getUint32(place * 4, true) : 0;
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/**
 * Brings sentences into the form that a model was trained on (sentencepiece, `Normalizer::Normalize`): characters are replaced
 * by its map, runs of spaces become one, spaces become ▁, and the first word has one before it. What a user defined stays.
 */
export function normaliserOf({ charsMap, addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces, whitespaceAsSuffix }: SentencePieceModel, kept: readonly string[]): (sentence: string) => string {
  const map = charsMap.length === 0 ? null : new CharsMap(charsMap);
  const encoder = new TextEncoder();
  const longestFirst = [...kept].sort((one, other) => other.length - one.length);
  const replaced = (sentence: string): string => {
    if (map === null) return sentence;
    let result = '';
    for (let at = 0; at < sentence.length;) {
      const own = longestFirst.find((text) => sentence.startsWith(text, at));
      if (own !== undefined) {
        result += own;
        at += own.length;
        continue;
      }
      // Replacements are of a few characters: of more, the map would hold whole words.
      const ahead = encoder.encode(sentence.slice(at, at + 16));
      const found = map.longest(ahead, 0);
      const taken = found === null ? String.fromCodePoint(sentence.codePointAt(at) ?? 0) : new TextDecoder().decode(ahead.subarray(0, found.length));
      result += found === null ? taken : found.text;
      at += Math.max(1, taken.length);
    }
    return result;
  };
  return (sentence) => {
    let text = replaced(sentence);
    if (removeExtraWhitespaces) text = text.replace(/ +/g, ' ').replace(/^ | $/g, '');
    if (text === '') return '';
    if (addDummyPrefix) text = whitespaceAsSuffix ? `${text} ` : ` ${text}`;
    return escapeWhitespaces ? text.replaceAll(' ', space) : text;
  };
}
