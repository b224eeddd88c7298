/** Deeper than any list of names and settings, far above what would exhaust the stack. */
const deepest = 32;

/** Python's words for what JSON writes in small letters. */
const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([['True', true], ['true', true], ['False', false], ['false', false], ['None', null], ['null', null]]);
const escapes: ReadonlyMap<string, string> = new Map([['n', '\n'], ['t', '\t'], ['r', '\r']]);

/**
 * What Python's `str` makes of dictionaries, lists, tuples, strings, numbers and constants, read again; JSON is a part of
 * it. Keys become strings, dictionaries Maps (`__proto__` is a name like any other).
 *
 * @throws SyntaxError for any other text, and for one that is nested more than 32 levels deep
 */
export function parsePythonLiteral(text: string): unknown {
  return new LiteralReader(text).whole();
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value(0);
    if (this.#next() !== undefined) throw this.#error();
    return value;
  }

  /** The next character that is no space. */
  #next(): string | undefined {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text[this.#at];
  }

  #error(): SyntaxError {
    return new SyntaxError(`${this.#at}`);
  }

  #value(depth: number): unknown {
    if (depth > deepest) throw this.#error();
    switch (this.#next()) {
      case '{': return this.#dictionary(depth);
      case '[': return this.#list(']', depth);
      case '(': return this.#list(')', depth);
      case '"':
      case '\'': return this.#string();
      default: return this.#word();
    }
  }

  #dictionary(depth: number): ReadonlyMap<string, unknown> {
    const entries = new Map<string, unknown>();
    this.#members('}', () => {
      const key = this.#value(depth + 1);
      if (typeof key !== 'string' && typeof key !== 'number') throw this.#error();
      if (this.#next() !== ':') throw this.#error();
      this.#at++;
      entries.set(String(key), this.#value(depth + 1));
    });
    return entries;
  }

  #list(end: string, depth: number): readonly unknown[] {
    const values: unknown[] = [];
    this.#members(end, () => { values.push(this.#value(depth + 1)); });
    return values;
  }

  /** What stands between brackets, with commas in between and perhaps behind the last. */
  #members(end: string, member: () => void): void {
    this.#at++;
    while (this.#next() !== end) {
      member();
      const next = this.#next();
      if (next === ',') this.#at++;
      else if (next !== end) throw this.#error();
    }
    this.#at++;
  }

  #string(): string {
    const quote = this.#text[this.#at++];
    let value = '';
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw this.#error();
      if (character === quote) return value;
      value += character === '\\' ? this.#escaped() : character;
    }
  }

  #escaped(): string {
    const character = this.#text[this.#at++] ?? '';
    const digits = { x: 2, u: 4, U: 8 }[character];
    if (digits === undefined) return escapes.get(character) ?? character;
    const code = this.#text.slice(this.#at, this.#at + digits);
    this.#at += digits;
    if (!new RegExp(`^[0-9a-f]{${digits}}$`, 'i').test(code) || Number.parseInt(code, 16) > 0x10ffff) throw this.#error();
    return String.fromCodePoint(Number.parseInt(code, 16));
  }

  #word(): unknown {
    const [word = ''] = /^[-+.\w]*/.exec(this.#text.slice(this.#at, this.#at + 64)) ?? [];
    const value = words.has(word) ? words.get(word) : /^[-+]?[\d.]/.test(word) ? Number(word) : NaN;
    if (word === '' || Number.isNaN(value)) throw this.#error();
    this.#at += word.length;
    return value;
  }
}
