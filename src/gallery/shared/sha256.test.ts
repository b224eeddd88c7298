import { describe, expect, it } from 'vitest';
import { sha256Hex } from './sha256';

// FIPS 180-2, appendix B.1 and B.2, and the empty message.
const vectors = [
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
] as const;

describe('sha256Hex', () => {
  it.each(vectors)('digests %j with Web Crypto and without', async (message, expected) => {
    const bytes = Uint8Array.from(message, (character) => character.charCodeAt(0)).buffer;
    expect(await sha256Hex(bytes)).toBe(expected);
    // As on a page that is not a secure context.
    const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      expect(await sha256Hex(bytes)).toBe(expected);
    } finally {
      if (own !== undefined) Object.defineProperty(globalThis, 'crypto', own);
    }
  });
});
