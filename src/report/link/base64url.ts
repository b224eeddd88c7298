const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...alphabet].map((character, value) => [character, value]));

/** RFC 4648, section 5, without padding: letters that every address and chat leaves as they are. */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const characters = Math.min(3, bytes.length - at) + 1;
    for (let index = 0; index < characters; index += 1) text += alphabet[(word >> (18 - 6 * index)) & 63];
  }
  return text;
}

/** Null for what `toBase64url` does not give: other characters, an impossible length, bits that are left over. */
export function fromBase64url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (const character of text) {
    const value = values.get(character);
    if (value === undefined) return null;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = held >> bits;
    length += 1;
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}
